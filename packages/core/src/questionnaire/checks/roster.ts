import type { Check, EntityView, HouseholdView } from '../subject.ts';
import { OLDEST_WRITTEN_AGE } from './timing.ts';

const HEAD = '1';
const NOBODY_ANSWERED = ['3', '4', '5'];
const DIFFICULTIES = ['428a', '428b', '428c', '428d', '428e', '428f', '428g', '428h', '428i', '428j'];
const COMPONENT_QUESTIONS = ['407', '410', '412', ...DIFFICULTIES];

function ageOf(entity: EntityView): number | undefined {
  const age = entity.answer('407');
  return typeof age === 'number' ? age : undefined;
}

/** 112-count. Not judged with 205 code 3-5, where nobody was there to name the members. */
export const memberCount: Check<'member-count'> = ({ value, entity, household }) => {
  if (typeof value !== 'number') return undefined;
  const result = entity.answer('205');
  if (typeof result === 'string' && NOBODY_ANSWERED.includes(result)) return undefined;
  return value === household.present().length;
};

/** 401-seq. */
export const sequenceInFamily: Check<'sequence-in-family'> = ({ value, household }) => {
  if (typeof value !== 'number') return undefined;
  return household.tally('401').get(value) === 1 && value >= 1 && value <= household.members.length;
};

function resultIsComplete(household: HouseholdView): boolean {
  const result = household.family.answer('205');
  return result === undefined || result === '1';
}

/**
 * 409-head. More than one head is broken at each of them. No head is broken at the first present member, once everybody
 * present has an answer and 205 does not say the form is incomplete.
 */
export const oneHead: Check<'one-head'> = ({ value, entity, household }) => {
  const heads = household.tally('409').get(HEAD) ?? 0;
  if (heads > 0) return value !== HEAD || heads === 1;
  const present = household.present();
  if (present[0] !== entity || !resultIsComplete(household)) return undefined;
  return present.every((member) => member.answer('409') !== undefined) ? false : undefined;
};

/** 409-spouse: broken at each member who gives the code. Polygamous families need an override (note of 409). */
export const atMostOne: Check<'at-most-one'> = ({ value, question, household }, call) =>
  value === call.code ? household.tally(question.id).get(call.code) === 1 : undefined;

/** 409-sex. */
export const sexDiffersFromHead: Check<'sex-differs-from-head'> = ({ entity, household }) => {
  const mine = entity.answer('405');
  const heads = household.head()?.answer('405');
  return mine === undefined || heads === undefined ? undefined : mine !== heads;
};

/** 409-3-age, 409-6-age. Open when the older of the two has the age "98 or older". */
export const ageGapToHead: Check<'age-gap-to-head'> = ({ entity, household }, call) => {
  const head = household.head();
  const headAge = head ? ageOf(head) : undefined;
  const age = ageOf(entity);
  if (headAge === undefined || age === undefined) return undefined;
  const [older, younger] = call.side === 'younger' ? [headAge, age] : [age, headAge];
  return older >= OLDEST_WRITTEN_AGE ? undefined : older - younger >= call.years;
};

/** 429-3. */
export const livesAlone: Check<'lives-alone'> = ({ entity, household }) => {
  if (household.settings.caregiverCode3 === 'residual') return undefined;
  const count = entity.answer('112');
  return count === undefined ? undefined : count === 1;
};

function hasComponent(member: EntityView): boolean {
  const age = ageOf(member);
  if (age !== undefined && (age <= 6 || age >= 60)) return true;
  if (member.answer('410') === '1' || member.answer('412') === '2') return true;
  return DIFFICULTIES.some((question) => {
    const code = member.answer(question);
    return code === '1' || code === '2';
  });
}

/** 501b-comp: pregnant, aged 6 or less, pupil, aged 60 or more, or a difficulty of code 1-2. Open while answers are blank. */
export const programmeComponent: Check<'programme-component'> = ({ household }) => {
  const present = household.present();
  if (present.some(hasComponent)) return true;
  const open = present.some((member) => COMPONENT_QUESTIONS.some((question) => member.lacks(question)));
  return present.length === 0 || open ? undefined : false;
};
