import { OTHER_PREFIX, type Failure, type InstantMs, type Role } from '../foundation/index.ts';
import { next, ROOTS, type EventType, type State, type StatusEvent } from '../household/index.ts';
import type { DocumentKind } from '../protocol/index.ts';
import { isInScope, type Actor, type Target } from './actor.ts';
import type { HouseholdGroup } from './field-groups.ts';
import { groupOf, type KeyFacts } from './groups-of-keys.ts';
import { passageOf, type Passage } from './stages.ts';
import { READING, WRITING, type Reading, type Stage } from './table.ts';

/** One key an update would write. */
export interface Touch {
  readonly root: string;
  readonly key: string;
  readonly value: unknown;
  /** The struct it stands in. */
  readonly client: number;
  readonly clock: number;
}

/** What the document holds before an update, as far as rights depend on it. */
export interface DocumentFacts {
  /** When the update was received. */
  readonly at: InstantMs;
  /** The stage it is in. */
  stage(): Stage;
  /**
   * What is written was stored at the centre once, and lost by it since: whether it fitted its stage was decided then. The
   * relay says so while it recovers from a backup.
   */
  isReturning(touch: Touch): boolean;
  /** What a key holds; undefined if nothing. */
  value(root: string, key: string): unknown;
  /** The status events of a household. */
  events(): readonly StatusEvent[];
}

/** Whether the person may open the document: null if so. Not being told of its existence is the same as `forbidden`. */
export function mayRead(actor: Actor, target: Target): Failure | null {
  return readingOf(actor, target) === 'none' ? { code: 'forbidden' } : null;
}

/** Whether the document travels to the person's devices by itself. */
export function mayKeep(actor: Actor, target: Target): boolean {
  return readingOf(actor, target) === 'kept';
}

/**
 * The last commit the person could read of the document, where that is over but what they wrote still arrives: what was there by then, and what
 * they wrote themselves, is no news to them. Null: there is nothing left.
 */
export function readUntil(actor: Actor, target: Target, at: InstantMs): number | null {
  const former = actor.former.get(target.area);
  const isFormer = former && at < former.until && READING[target.kind][actor.role] === 'kept';
  return isFormer ? former.lastCommit : null;
}

/** Who decides about edits that are held back, in their part of the register. */
const DECIDING: ReadonlySet<Role> = new Set(['supervisor', 'coordinator', 'administrator']);

/**
 * Whether the person decides about an edit that is held back from a document: null if so. What belongs to no area that is known
 * is for the administrators.
 */
export function mayDecide(actor: Actor, target: Target): Failure | null {
  const isNowhere = target.area === '' && actor.role === 'administrator';
  const isTheirs = DECIDING.has(actor.role) && isInScope(actor, target);
  return isNowhere || isTheirs ? null : { code: 'forbidden' };
}

/**
 * Whether the person may be told who read a document: null if so. Administrators answer those who ask for it, supervisors see
 * who looks at the records of their officers.
 */
export function mayListReaders(actor: Actor, target: Target): Failure | null {
  const mayAsk = actor.role === 'administrator' || actor.role === 'supervisor';
  return mayAsk && isInScope(actor, target) ? null : { code: 'forbidden' };
}

/**
 * Whether the person may bring anything into the document, before it is looked at: null if so. `at`: now. `late`: the area was theirs
 * until too long ago, or they are something else now, and the update is for the supervisor to decide.
 */
export function mayReach(actor: Actor, target: Target, at: InstantMs): Failure | null {
  const writes = writesAny(actor.role, target.kind);
  if (writes && isInScope(actor, target)) return null;
  if (target.kind !== 'household' && target.kind !== 'area') return { code: 'forbidden' };
  const former = actor.former.get(target.area);
  if (!former) return { code: 'forbidden' };
  return writes && at < former.until ? null : { code: 'late' };
}

/**
 * Whether the person may write these keys: null if so. `forbidden` with the paths that are not this person's to write in any
 * stage (`late` where they were in the area as something else, before their role changed), else `locked` with those that are, but not now. The stage is that of the centre's copy before the update, and those the
 * update itself leads to.
 */
export function mayWrite(
  actor: Actor,
  target: Target,
  touches: readonly Touch[],
  facts: DocumentFacts,
): Failure | null {
  const barred = mayReach(actor, target, facts.at);
  if (barred) return barred;
  const failure = new Verdict(actor, target, touches, facts).failure();
  const former = actor.former.get(target.area);
  const wasTheirs = former !== undefined && facts.at >= former.until;
  return failure?.code === 'forbidden' && wasTheirs ? { code: 'late' } : failure;
}

/** Whether a role may write a group of fields of a household in a stage, whoever's it is: what a screen offers. */
export function offers(role: Role, group: HouseholdGroup, stage: Stage): boolean {
  return WRITING.household[group][role].includes(stage);
}

/** Whether a role is offered to write this event: it may, and the state would change. */
export function offersEvent(role: Role, event: EventType, state: State): boolean {
  return offers(role, event, state) && next(state, event) !== state;
}

function readingOf(actor: Actor, target: Target): Reading {
  return isInScope(actor, target) ? READING[target.kind][actor.role] : 'none';
}

function writesAny(role: Role, kind: DocumentKind): boolean {
  return Object.values(rightsOf(kind)).some((row) => row[role].length > 0);
}

function rightsOf(kind: DocumentKind): Readonly<Record<string, Record<Role, readonly Stage[]>>> {
  return WRITING[kind];
}

/** Entities that name their author: what somebody said, did or measured (P4). */
const SIGNED = [ROOTS.remark, ROOTS.event, ROOTS.fix] as const;

const NONE: ReadonlySet<string> = new Set();

/** Fields of such an entity that others may write too. */
const UNSIGNED: ReadonlySet<string> = new Set(['resolved', 'dropped']);

/** The judgement of one update, key by key. */
class Verdict {
  readonly #actor: Actor;
  readonly #target: Target;
  readonly #touches: readonly Touch[];
  readonly #facts: DocumentFacts;
  readonly #keys: KeyFacts;
  readonly #passage: Passage;

  constructor(actor: Actor, target: Target, touches: readonly Touch[], facts: DocumentFacts) {
    this.#actor = actor;
    this.#target = target;
    this.#touches = touches;
    this.#facts = facts;
    this.#keys = {
      eventType: (root) => this.#willHold(root, 'type'),
      isOwn: (root) => actor.tag !== '' && isMadeBy(actor.tag, root.slice(root.indexOf('/') + 1)),
    };
    this.#passage = this.#readPassage();
  }

  failure(): Failure | null {
    const forbidden: string[] = [];
    const locked: string[] = [];
    for (const touch of this.#touches) {
      const stages = this.#stagesFor(touch);
      if (stages.length === 0) forbidden.push(pathOf(touch));
      else if (!this.#isNow(touch, stages) && !this.#facts.isReturning(touch)) locked.push(pathOf(touch));
    }
    if (forbidden.length > 0) return { code: 'forbidden', paths: forbidden };
    const malformed = this.#touches.filter(({ root }) => this.#passage.malformed.has(eventId(root)));
    if (malformed.length > 0) return { code: 'bad-content', paths: malformed.map(pathOf) };
    return locked.length > 0 ? { code: 'locked', paths: locked } : null;
  }

  /** The stages in which the person may write this; none if it is not theirs. */
  #stagesFor(touch: Touch): readonly Stage[] {
    const { root, value } = touch;
    // What stands beside an answer is the relay's; a device may only settle it (null) or put it back (true).
    if (root.startsWith(OTHER_PREFIX) && value !== null && value !== true) return [];
    if (!this.#isSigned(touch)) return [];
    if (this.#target.kind === 'board' && !this.#isOwnArea(root)) return [];
    const group = groupOf(this.#target.kind, touch, this.#keys);
    return group === null ? [] : (rightsOf(this.#target.kind)[group]?.[this.#actor.role] ?? []);
  }

  #isNow({ root }: Touch, stages: readonly Stage[]): boolean {
    const id = eventId(root);
    if (id !== '' && this.#target.kind === 'household') return !this.#passage.unfit.has(id);
    return this.#passage.stages.some((stage) => stages.includes(stage));
  }

  /** Nobody signs for another, and nobody changes what another has signed. */
  #isSigned({ root, key }: Touch): boolean {
    if (this.#target.kind !== 'household' || !SIGNED.some((prefix) => root.startsWith(prefix))) return true;
    if (UNSIGNED.has(key)) return true;
    const before = this.#facts.value(root, 'by');
    const isOwn = before === undefined || before === this.#actor.person;
    return isOwn && this.#willHold(root, 'by') === this.#actor.person;
  }

  /** A supervisor's part of the board are the areas of the own officers. */
  #isOwnArea(root: string): boolean {
    const area = /(?:^|\/)assignment\/(\d{16})(?:\/|$)/.exec(root)?.[1] ?? '';
    return this.#actor.role === 'supervisor' ? this.#actor.areas.has(area) : area !== '';
  }

  #willHold(root: string, key: string): unknown {
    const written = this.#touches.findLast((touch) => touch.root === root && touch.key === key);
    return written ? written.value : this.#facts.value(root, key);
  }

  #readPassage(): Passage {
    const ids = new Set(this.#touches.map(({ root }) => eventId(root)).filter((id) => id !== ''));
    const start = this.#facts.stage();
    if (this.#target.kind !== 'household' || ids.size === 0)
      return { stages: [start], unfit: NONE, malformed: NONE };
    const isReturning = (id: string) =>
      this.#touches.some((touch) => eventId(touch.root) === id && this.#facts.isReturning(touch));
    const written = [...ids].map((id): StatusEvent => {
      const field = (key: string) => this.#willHold(ROOTS.event + id, key);
      return {
        id,
        type: field('type') as EventType,
        by: '',
        at: 0,
        turn: field('turn') as number,
        reason: '',
      };
    });
    const role = this.#actor.role;
    const rights = rightsOf('household');
    return passageOf(start, this.#facts.events(), written, ({ id, type }, stage) => {
      const stages = rights[type]?.[role] ?? [];
      // What is nobody's event, or never this person's, is refused by name; it leads nowhere.
      return stages.includes(stage) || (stages.length > 0 && isReturning(id));
    });
  }
}

function pathOf({ root, key }: Touch): string {
  return `${root}/${key}`;
}

/** The id in the root of a status event, else ''. */
function eventId(root: string): string {
  return root.startsWith(ROOTS.event) ? root.slice(ROOTS.event.length) : '';
}

/** Ids made on a device are its tag and a counter. */
function isMadeBy(tag: string, id: string): boolean {
  return id.startsWith(tag) && /^\d+$/.test(id.slice(tag.length));
}
