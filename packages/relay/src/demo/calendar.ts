const DAY_MS = 86_400_000;

/** A day as the number of days since 1970-01-01, so that days can be added and compared. */
export type DayNumber = number;

/** Reads YYYY-MM-DD; throws a RangeError for anything that is not a day of the calendar. */
export function parseDay(iso: string): DayNumber {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  const day = ms / DAY_MS;
  if (!Number.isInteger(day) || formatDay(day) !== iso)
    throw new RangeError(`not a day (YYYY-MM-DD): ${iso}`);
  return day;
}

/** Writes YYYY-MM-DD. */
export function formatDay(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Writes DDMMYY as in NIK and KK numbers; `addToDay` is 40 for women in a NIK. */
export function compactDay(day: DayNumber, addToDay = 0): string {
  const [year = '', month = '', date = ''] = formatDay(day).split('-');
  return String(Number(date) + addToDay).padStart(2, '0') + month + year.slice(2);
}
