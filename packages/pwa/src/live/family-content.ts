import {
  hasAnswers,
  stateOf,
  isSeen,
  placesWithStandingAnswers,
  STATES,
  type HouseholdSnapshot,
  type State,
} from '@rukun/core/household';
import { evaluate, type EnumerationSettings, type Evaluation, type Form } from '@rukun/core/questionnaire';
import type { Doc } from 'yjs';
import { formAnswersOf } from './form-answers.ts';
import { judge } from './judgement.ts';

/** What the catalogue keeps of a household's content: what a line of the list needs, computed while it is open. */
export interface FamilyContent {
  readonly head: string;
  readonly address: string;
  readonly building: number | null;
  readonly family: number | null;
  readonly prelistNumber: number | null;
  readonly origin: 'prelist' | 'added';
  readonly state: State;
  readonly isSeen: boolean;
  readonly answered: number;
  /** What the officer still owes. */
  readonly blank: number;
  readonly errors: number;
  /** Those that no remark confirmed. */
  readonly warnings: number;
  readonly remarks: number;
  readonly standing: number;
  /** All of it was erased on lawful request: a shell that is counted. Absent: no. */
  readonly isErased?: boolean;
}

/** The state of a household. */
export function stateOfSnapshot(snapshot: HouseholdSnapshot): State {
  return stateOf(snapshot.events, hasAnswers(snapshot));
}

/** Judges the answers of a household. */
export function evaluateSnapshot(
  form: Form,
  snapshot: HouseholdSnapshot,
  settings: EnumerationSettings,
): Evaluation {
  return evaluate(form, formAnswersOf(snapshot), settings);
}

/** The catalogue's part of a household. */
export function familyContent(doc: Doc, snapshot: HouseholdSnapshot, evaluation: Evaluation): FamilyContent {
  const { answers } = snapshot;
  const isErased = snapshot.erased?.isWhole === true;
  const { owed, errors, warnings } = isErased
    ? { owed: [], errors: 0, warnings: 0 }
    : judge(evaluation, snapshot.remarks, 'officer');
  return {
    head: textOf(answers['108']) || (snapshot.prelistHead ?? ''),
    address: textOf(answers['107']),
    building: numberOf(answers['109']),
    family: numberOf(answers['110']),
    prelistNumber: snapshot.prelistNumber,
    origin: snapshot.origin,
    state: stateOfSnapshot(snapshot),
    isSeen: isSeen(snapshot.events),
    answered: evaluation.counts.answered,
    blank: owed.length,
    errors,
    warnings,
    remarks: snapshot.remarks.filter((remark) => !remark.resolved).length,
    standing: placesWithStandingAnswers(doc).length,
    ...(isErased ? { isErased } : {}),
  };
}

/** Reads what an earlier (or later) version of the app kept; null if it has to be computed again. */
export function parseFamilyContent(entry: unknown): FamilyContent | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { head, address, state, origin, answered } = entry as Partial<Record<keyof FamilyContent, unknown>>;
  const isKnown =
    typeof head === 'string' &&
    typeof address === 'string' &&
    STATES.some((known) => known === state) &&
    (origin === 'prelist' || origin === 'added') &&
    typeof answered === 'number';
  return isKnown ? (entry as FamilyContent) : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
