import { compileForm, type CompiledForm, type CompiledQuestion } from './compiled-form.ts';
import type { Form, FormAnswers, Place } from './definition.ts';
import { householdView } from './household-view.ts';
import { blankMeaning, countsOf, isBuildingAnswered, type BlankPlace, type Counts } from './progress.ts';
import { householdState, type EntityState, type HouseholdState } from './relevance.ts';
import type { EnumerationSettings } from './settings.ts';
import type { Surroundings } from './subject.ts';
import { findingsOf, type Finding } from './validation.ts';

/** All that follows from the answers of a form. */
export interface Evaluation {
  /** The questions asked of the family (GEO included) and of each member. */
  readonly relevant: {
    readonly family: ReadonlySet<string>;
    readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  };
  /** In the order of the form. */
  readonly findings: readonly Finding[];
  /** Asked and unanswered, optional ones included, in the order of the form. */
  readonly blank: readonly BlankPlace[];
  readonly counts: Counts;
}

function relevantIds(form: CompiledForm, state: EntityState): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { slot, question } of form.questions) if (state.relevant[slot]) ids.add(question.id);
  return ids;
}

function blanksOf(
  form: CompiledForm,
  state: HouseholdState,
  answers: FormAnswers,
  settings: EnumerationSettings,
): BlankPlace[] {
  const blank: BlankPlace[] = [];
  const result = state.family.values[form.byId.get('205')?.slot ?? -1];
  const look = ({ question, slot }: CompiledQuestion, entity: EntityState) => {
    if (!entity.relevant[slot] || entity.values[slot] !== undefined) return;
    if (question.level === 'building' && isBuildingAnswered(question, answers)) return;
    const { required, blocks } = blankMeaning(question, result, settings);
    const place: Place = { member: entity.id, question: question.id };
    blank.push({ place, required, blocks, filledBy: question.filledBy });
  };
  for (const { block, questions } of form.blocks) {
    const entities = block.id === 'IV' ? state.members : [state.family];
    for (const entity of entities) for (const question of questions) look(question, entity);
  }
  return blank;
}

/**
 * Judges the answers of one form: what is asked, what is wrong, what is missing. Pure and total: any answers whatever give
 * an evaluation, never an exception. Dormant answers (to questions not asked) change nothing. Checks that need outside
 * facts stay silent when `surroundings` does not give them.
 */
export function evaluate(
  form: Form,
  answers: FormAnswers,
  settings: EnumerationSettings,
  surroundings: Surroundings = {},
): Evaluation {
  const compiled = compileForm(form);
  const state = householdState(compiled, answers, settings);
  const blank = blanksOf(compiled, state, answers, settings);
  const household = householdView(compiled, state, answers, settings, surroundings, blank);
  const findings = findingsOf(compiled, state, household);
  const family = relevantIds(compiled, state.family);
  const members = new Map<string, ReadonlySet<string>>();
  let asked = family.size;
  for (const member of state.members) {
    const ids = relevantIds(compiled, member);
    asked += ids.size;
    if (member.id !== null) members.set(member.id, ids);
  }
  return { relevant: { family, members }, findings, blank, counts: countsOf(asked, blank, findings) };
}

/** Whether the question of a place is asked. False for a member or question there is not. */
export function isRelevant(evaluation: Evaluation, place: Place): boolean {
  const ids =
    place.member === null ? evaluation.relevant.family : evaluation.relevant.members.get(place.member);
  return ids?.has(place.question) ?? false;
}
