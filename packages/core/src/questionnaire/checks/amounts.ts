import { splitSum } from '../sum-code.ts';
import type { Check } from '../subject.ts';

/** 205-note, 601-205. */
export const answered: Check<'answered'> = ({ entity }, call) => entity.answer(call.question) !== undefined;

/** 205-complete. */
export const nothingMissing: Check<'nothing-missing'> = ({ household }, call) =>
  !household.missing(call.blocks);

/** 302-pc. */
export const ratio: Check<'ratio'> = ({ value, entity }, call) => {
  const by = entity.answer(call.by);
  if (typeof value !== 'number' || typeof by !== 'number' || by <= 0) return undefined;
  return value / by >= call.min && value / by <= call.max;
};

/** 431a-jkn. */
export const atMostOneOf: Check<'at-most-one-of'> = ({ value, question }, call) => {
  const codes = value === undefined ? null : splitSum(question, value);
  return codes === null ? undefined : codes.filter((code) => call.codes.includes(code)).length <= 1;
};
