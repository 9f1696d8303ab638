import {
  addMonths,
  completedYearsRange,
  earliestDay,
  latestDay,
  monthOf,
  monthRange,
  parseLocalDate,
  parsePartialDate,
  parseYearMonth,
  type LocalDate,
  type PartialDate,
  type YearMonth,
} from '../../foundation/dates.ts';
import type { Answer } from '../definition.ts';
import type { EnumerationSettings } from '../settings.ts';
import type { Check } from '../subject.ts';

/** The age written for everybody of that age and older. */
export const OLDEST_WRITTEN_AGE = 98;

function dayOf(answer: Answer | undefined): LocalDate | null {
  return typeof answer === 'string' ? parseLocalDate(answer) : null;
}

function partialOf(answer: Answer | undefined): PartialDate | null {
  return typeof answer === 'string' ? parsePartialDate(answer) : null;
}

/** 201-win. */
export const insideFieldwork: Check<'inside-fieldwork'> = ({ value, household }) => {
  const day = dayOf(value);
  const { from, to } = household.settings.fieldwork;
  return day === null ? undefined : day >= from && day <= to;
};

/** 203-201: broken only if no reading of the dates puts this one on or after the other. */
export const notBefore: Check<'not-before'> = ({ value, entity }, call) => {
  const mine = partialOf(value);
  const other = partialOf(entity.answer(call.question));
  return mine === null || other === null ? undefined : latestDay(mine) >= earliestDay(other);
};

/** 406-fut: broken only if no reading of the dates puts this one on or before the other. */
export const notAfter: Check<'not-after'> = ({ value, entity }, call) => {
  const mine = partialOf(value);
  const other = partialOf(entity.answer(call.question));
  return mine === null || other === null ? undefined : earliestDay(mine) <= latestDay(other);
};

/** 407-406: any age the known parts of the birth date allow. A birth after the enumeration is 406-fut's business. */
export const ageFitsBirth: Check<'age-fits-birth'> = ({ value, entity }, call) => {
  const birth = partialOf(entity.answer(call.birth));
  const at = dayOf(entity.answer(call.at));
  if (typeof value !== 'number' || birth === null || at === null || earliestDay(birth) > at) return undefined;
  const { min, max } = completedYearsRange(birth, at);
  return value === OLDEST_WRITTEN_AGE ? max >= value : value >= min && value <= max;
};

/** The months a 501 period may name. Null when neither the settings nor the enumeration date tell. */
export function periodWindow(
  settings: EnumerationSettings,
  enumerated: LocalDate | null,
): { readonly from: YearMonth; readonly to: YearMonth } | null {
  const fixed = settings.periodWindow;
  if (enumerated === null) return fixed;
  const month = monthOf(enumerated);
  if (fixed !== null && month >= fixed.from && month <= fixed.to) return fixed;
  return { from: addMonths(month, -12), to: month };
}

/** 501a-per to 501g-per. An unknown month holds when some month of its year would. */
export const periodInsideYear: Check<'period-inside-year'> = ({ value, entity, household }, call) => {
  const month = typeof value === 'string' ? parseYearMonth(value) : null;
  const window = periodWindow(household.settings, dayOf(entity.answer(call.at)));
  if (month === null || window === null) return undefined;
  const { first, last } = monthRange(month);
  return last >= window.from && first <= window.to;
};
