import type { OpenHousehold, Session } from '../../app/app.ts';
import { LOCAL, type Household, type Place, type Value } from '@rukun/core/household';
import type { FormActions } from '../../components/question/question-view.ts';

/** The key of a member under which the reason of a removal stands; null: belongs to the family. */
export const REMOVED = 'removed';

/**
 * The actions of an open household, on the copy of it that is open when they are used: a rebuild after a refusal makes another
 * take its place. Moving on is the screen's.
 */
export function formActions(
  open: OpenHousehold,
  session: Session,
  next: (place: Place) => void,
): FormActions {
  return {
    isPast: false,
    write: (place, value) => open.household.answer(place, value),
    next,
    at: (place) => open.at(place),
    addRemark: (path, text, rule) => {
      open.household.addRemark(path, text, rule);
    },
    resolveRemark: (id, resolved) => open.household.resolveRemark(id, resolved),
    nameOf: (person) => session.nameOf(person),
  };
}

/** Adds a member with the number that follows; one step for undo. Returns the id. */
export function addMember(household: Household): string {
  return inOneStep(household, () => {
    const id = household.addMember();
    renumber(household);
    return id;
  });
}

/** Takes a member out and closes the gap in the numbers. */
export function removeMember(household: Household, id: string, reason: string): void {
  inOneStep(household, () => {
    household.removeMember(id, reason);
    renumber(household);
  });
}

/** Brings a removed member back. */
export function restoreMember(household: Household, id: string): void {
  inOneStep(household, () => {
    household.restoreMember(id);
    renumber(household);
  });
}

/** Chooses between a removal (its reason) and a member who stays (null), which nobody had seen when saying the other. */
export function chooseMembership(household: Household, id: string, removed: Value): void {
  inOneStep(household, () => {
    household.answer({ member: id, question: REMOVED }, removed);
    renumber(household);
  });
}

/** Moves a member to stand after another one (null: to the front). */
export function moveMember(household: Household, id: string, afterId: string | null): void {
  inOneStep(household, () => {
    household.moveMember(id, afterId);
    renumber(household);
  });
}

/** Gives the present members the numbers 1 to n (401) in their order. Writes only what differs. */
export function renumber(household: Household): void {
  const present = household.snapshot().members.filter((member) => member.removed === null);
  present.forEach((member, index) => {
    if (member.answers['401'] !== index + 1)
      household.answer({ member: member.id, question: '401' }, index + 1);
  });
}

function inOneStep<T>(household: Household, change: () => T): T {
  return household.doc.transact(change, LOCAL);
}
