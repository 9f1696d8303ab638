declare const checked: unique symbol;

/** A day of the calendar, `YYYY-MM-DD`, known to exist. Compares as a string. */
export type LocalDate = string & { readonly [checked]: 'day' };

/** A date as on paper: `YYYY-MM-DD` where day and month may be `98`, unknown. Every LocalDate is one. */
export type PartialDate = string & { readonly [checked]: 'day' | 'partial' };

/** A month, `YYYY-MM`, where the month may be `98`, unknown. */
export type YearMonth = string & { readonly [checked]: 'month' };

/** The code for an unknown day or month on the paper form. */
export const UNKNOWN_PART = 98;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const DATE_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_SHAPE = /^(\d{4})-(\d{2})$/;

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The number of days of a month (1-12) of a year; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function split(text: string): [number, number, number] | null {
  const found = DATE_SHAPE.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : null;
}

function joined(year: number, month: number, day: number): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Whether the text is an existing day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  const parts = split(text);
  if (!parts) return false;
  const [year, month, day] = parts;
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month);
}

/** The text as a LocalDate, or null if it is no existing day written `YYYY-MM-DD`. */
export function parseLocalDate(text: string): LocalDate | null {
  return isLocalDate(text) ? text : null;
}

/** A LocalDate written in code. Throws RangeError for anything else: use parseLocalDate for input. */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === null) throw new RangeError(`not a day: ${text}`);
  return date;
}

/** Whether the text is a PartialDate. 29 February needs a leap year; with an unknown month a day may be up to 31. */
export function isPartialDate(text: string): text is PartialDate {
  const parts = split(text);
  if (!parts) return false;
  const [year, month, day] = parts;
  const monthUnknown = month === UNKNOWN_PART;
  const longest = monthUnknown ? 31 : daysInMonth(year, month);
  return year >= 1 && longest > 0 && (day === UNKNOWN_PART || (day >= 1 && day <= longest));
}

/** The text as a PartialDate, or null. */
export function parsePartialDate(text: string): PartialDate | null {
  return isPartialDate(text) ? text : null;
}

/** Whether the text is a YearMonth. */
export function isYearMonth(text: string): text is YearMonth {
  const month = Number(MONTH_SHAPE.exec(text)?.[2]);
  return (month >= 1 && month <= 12) || month === UNKNOWN_PART;
}

/** The text as a YearMonth, or null. */
export function parseYearMonth(text: string): YearMonth | null {
  return isYearMonth(text) ? text : null;
}

/** A YearMonth written in code. Throws RangeError for anything else: use parseYearMonth for input. */
export function yearMonth(text: string): YearMonth {
  const month = parseYearMonth(text);
  if (month === null) throw new RangeError(`not a month: ${text}`);
  return month;
}

/** The numbers of a partial date; null for an unknown part. */
export function dateParts(date: PartialDate): { year: number; month: number | null; day: number | null } {
  const [year, month, day] = split(date) ?? [0, 0, 0];
  return {
    year,
    month: month === UNKNOWN_PART ? null : month,
    day: day === UNKNOWN_PART ? null : day,
  };
}

/** Negative, zero or positive as `a` is before, on or after `b`. */
export function compareDates(a: LocalDate, b: LocalDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The earliest day a partial date can mean. */
export function earliestDay(date: PartialDate): LocalDate {
  const { year, month, day } = dateParts(date);
  if (month !== null) return localDate(joined(year, month, day ?? 1));
  return localDate(joined(year, 1, day ?? 1));
}

/** The latest day a partial date can mean. */
export function latestDay(date: PartialDate): LocalDate {
  const { year, month, day } = dateParts(date);
  const last = month ?? 12;
  return localDate(joined(year, last, day ?? daysInMonth(year, last)));
}

/** Whole years from one day to another; a birthday on 29 February counts from 1 March in other years. Negative before. */
export function completedYears(from: LocalDate, to: LocalDate): number {
  const [fromYear, fromMonth, fromDay] = split(from) ?? [0, 0, 0];
  const [toYear, toMonth, toDay] = split(to) ?? [0, 0, 0];
  const beforeBirthday = toMonth < fromMonth || (toMonth === fromMonth && toDay < fromDay);
  return toYear - fromYear - (beforeBirthday ? 1 : 0);
}

/** The completed years a partial date allows: `min` equals `max` when the date is known. */
export function completedYearsRange(from: PartialDate, to: LocalDate): { min: number; max: number } {
  return { min: completedYears(latestDay(from), to), max: completedYears(earliestDay(from), to) };
}

/** The month a day lies in. */
export function monthOf(date: LocalDate): YearMonth {
  return yearMonth(date.slice(0, 7));
}

/** A month so many months later (negative: earlier). Throws RangeError for an unknown month, or before the year 0. */
export function addMonths(month: YearMonth, count: number): YearMonth {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5));
  if (number === UNKNOWN_PART) throw new RangeError('an unknown month has no neighbour');
  const index = year * 12 + (number - 1) + count;
  return yearMonth(`${padded(Math.floor(index / 12), 4)}-${padded((index % 12) + 1, 2)}`);
}

/** The first and last month a YearMonth can mean: itself, or its whole year when the month is unknown. */
export function monthRange(month: YearMonth): { first: YearMonth; last: YearMonth } {
  if (Number(month.slice(5)) !== UNKNOWN_PART) return { first: month, last: month };
  const year = month.slice(0, 4);
  return { first: yearMonth(`${year}-01`), last: yearMonth(`${year}-12`) };
}

/** A day so many days later (negative: earlier). Throws RangeError before the year 1. Meant for days to some years. */
export function addDays(date: LocalDate, count: number): LocalDate {
  let [year, month, day] = split(date) ?? [0, 1, 1];
  day += count;
  while (day < 1) {
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
    day += daysInMonth(year, month);
  }
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return localDate(joined(year, month, day));
}

/** A date typed as eight digits, day month year: `17081945` is 1945-08-17, `98081945` has an unknown day. Else null. */
export function partialDateFromDigits(digits: string): PartialDate | null {
  const found = /^(\d{2})(\d{2})(\d{4})$/.exec(digits);
  return found ? parsePartialDate(`${found[3]}-${found[2]}-${found[1]}`) : null;
}

/** A month typed as six digits, month year: `082022` is 2022-08, `982022` has an unknown month. Else null. */
export function yearMonthFromDigits(digits: string): YearMonth | null {
  const found = /^(\d{2})(\d{4})$/.exec(digits);
  return found ? parseYearMonth(`${found[2]}-${found[1]}`) : null;
}
