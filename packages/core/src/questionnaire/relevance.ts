import type { CompiledForm, CompiledQuestion } from './compiled-form.ts';
import type { Answer, Answers, FormAnswers } from './definition.ts';
import type { EnumerationSettings } from './settings.ts';

/** What is asked of one entity and what it answers, by slot. Dormant answers are left out of `values`. */
export interface EntityState {
  readonly id: string | null;
  /** Effective answers: of this entity's own questions, and for a member the family's as well. */
  readonly values: (Answer | undefined)[];
  /** Which of this entity's own questions are asked. */
  readonly relevant: boolean[];
}

/** The states of the family and of each member, in order. */
export interface HouseholdState {
  readonly family: EntityState;
  readonly members: readonly EntityState[];
}

/** Whether a stored value counts as blank: absent, null, or only spaces. */
export function isBlank(answer: Answer | null | undefined): answer is null | undefined | '' {
  return answer === null || answer === undefined || (typeof answer === 'string' && answer.trim() === '');
}

function fill(
  state: EntityState,
  questions: readonly CompiledQuestion[],
  answers: Answers,
  settings: EnumerationSettings,
): EntityState {
  const read = (slot: number) => state.values[slot];
  for (const { slot, question, ask } of questions) {
    const ofAll = question.askedOfAllWith !== undefined && settings[question.askedOfAllWith];
    if (ask !== null && !ofAll && ask(read) !== true) continue;
    state.relevant[slot] = true;
    if (question.level === 'building') continue;
    const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : null;
    if (!isBlank(answer)) state.values[slot] = answer;
  }
  return state;
}

/**
 * Which questions are asked of whom. A question whose condition names a question that is itself not asked, or blank, is
 * not asked, so a dormant answer never wakes others.
 */
export function householdState(
  form: CompiledForm,
  answers: FormAnswers,
  settings: EnumerationSettings,
): HouseholdState {
  const size = form.questions.length;
  const own = form.questions.filter(({ question }) => question.level !== 'member');
  const each = form.questions.filter(({ question }) => question.level === 'member');
  const nothing = () => Array.from<boolean>({ length: size }).fill(false);
  const blank = Array.from<Answer | undefined>({ length: size });
  const family = fill({ id: null, values: blank, relevant: nothing() }, own, answers.family, settings);
  const members = answers.members.map((member) =>
    fill({ id: member.id, values: [...family.values], relevant: nothing() }, each, member.answers, settings),
  );
  return { family, members };
}
