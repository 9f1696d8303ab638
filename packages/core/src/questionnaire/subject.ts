import type { CallOf, CheckName } from './check-call.ts';
import type { Answer, FormAnswers, Question } from './definition.ts';
import type { EnumerationSettings } from './settings.ts';

/** Facts from outside the form, where the caller has them. */
export interface Surroundings {
  /** Whether a NIK is recorded in another family. */
  readonly nikUsedElsewhere?: (nik: string) => boolean;
  /** Whether a point lies in the area; null when no boundary is loaded. Degrees WGS84. */
  readonly insideArea?: (point: { readonly latitude: number; readonly longitude: number }) => boolean | null;
}

/** The asked and answered questions of the family, or of one member with the family's behind them. */
export interface EntityView {
  readonly id: string | null;
  /** The answer; undefined when blank or not asked. */
  answer(question: string): Answer | undefined;
  /** Whether a question is asked of this entity and blank. */
  lacks(question: string): boolean;
}

/** What is known of the household as a whole. The derived facts are worked out once, when first asked for. */
export interface HouseholdView {
  readonly answers: FormAnswers;
  readonly settings: EnumerationSettings;
  readonly surroundings: Surroundings;
  readonly family: EntityView;
  readonly members: readonly EntityView[];
  /** Members with 404 code 1 or 5. */
  present(): readonly EntityView[];
  /** How many members give each answer to a question. */
  tally(question: string): ReadonlyMap<Answer, number>;
  /** The only member with 409 code 1; null when there is none or more than one. */
  head(): EntityView | null;
  /** Whether a required answer of the blocks, owed by the officer, is blank. */
  missing(blocks: readonly string[]): boolean;
}

/** What a check judges: one question of one entity. */
export interface Subject {
  readonly question: Question;
  readonly entity: EntityView;
  readonly household: HouseholdView;
  /** The answer of the question itself. */
  readonly value: Answer | undefined;
}

/** True: the rule holds; false: it is broken; undefined: the answers there are do not tell. */
export type Check<Name extends CheckName> = (subject: Subject, call: CallOf<Name>) => boolean | undefined;
