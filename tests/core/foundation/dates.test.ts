import {
  addDays,
  addMonths,
  compareDates,
  completedYears,
  completedYearsRange,
  dateParts,
  earliestDay,
  isPartialDate,
  latestDay,
  localDate,
  monthOf,
  monthRange,
  parseLocalDate,
  parsePartialDate,
  parseYearMonth,
  partialDateFromDigits,
  yearMonth,
  yearMonthFromDigits,
  type PartialDate,
} from '@rukun/core/foundation';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function partial(text: string): PartialDate {
  if (!isPartialDate(text)) throw new RangeError(text);
  return text;
}

describe('reading dates', () => {
  it.each(['2024-02-29', '2000-02-29', '1900-02-28', '2026-12-31'])('%s is a day', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-01-98',
    '',
    'x',
  ])('%j is no day', (text) => {
    expect(parseLocalDate(text)).toBeNull();
    expect(() => localDate(text)).toThrow(RangeError);
  });

  it.each(['1945-08-17', '1945-08-98', '1945-98-98', '1945-98-31'])(
    '%s is a date with what is known',
    (text) => {
      expect(parsePartialDate(text)).toBe(text);
    },
  );

  it.each(['1945-02-30', '1945-98-32', '1945-08-97', '1945-97-01', '98-98-1945'])('%s is not', (text) => {
    expect(parsePartialDate(text)).toBeNull();
  });

  it.each([
    ['2022-08', '2022-08'],
    ['2022-98', '2022-98'],
    ['2022-13', null],
    ['2022-00', null],
    ['22-08', null],
  ])('the month %s reads as %j', (text, month) => {
    expect(parseYearMonth(text)).toBe(month);
  });

  it.each([
    ['17081945', '1945-08-17'],
    ['98081945', '1945-08-98'],
    ['98981945', '1945-98-98'],
    ['29022023', null],
    ['981945', null],
    ['1781945', null],
    ['170819455', null],
  ])('the digits %s read as %j', (digits, date) => {
    expect(partialDateFromDigits(digits)).toBe(date);
  });

  it.each([
    ['082022', '2022-08'],
    ['982022', '2022-98'],
    ['132022', null],
    ['82022', null],
  ])('the month digits %s read as %j', (digits, month) => {
    expect(yearMonthFromDigits(digits)).toBe(month);
  });

  it('tells the parts that are known', () => {
    expect(dateParts(partial('1945-98-17'))).toEqual({ year: 1945, month: null, day: 17 });
    expect(dateParts(partial('1945-08-98'))).toEqual({ year: 1945, month: 8, day: null });
  });
});

describe('reckoning with dates', () => {
  it.each([
    ['1986-11-22', '2026-11-22', 40],
    ['1986-11-23', '2026-11-22', 39],
    ['2004-02-29', '2023-02-28', 18],
    ['2004-02-29', '2023-03-01', 19],
    ['2026-11-22', '2026-11-22', 0],
  ])('from %s to %s are %i completed years', (from, to, years) => {
    expect(completedYears(localDate(from), localDate(to))).toBe(years);
  });

  it.each([
    ['1986-98-98', 39, 40],
    ['1986-11-98', 39, 40],
    ['1986-12-98', 39, 39],
    ['1986-10-98', 40, 40],
    ['1986-98-01', 39, 40],
  ])('%s leaves %i to %i years on 2026-11-22', (birth, min, max) => {
    expect(completedYearsRange(partial(birth), localDate('2026-11-22'))).toEqual({ min, max });
  });

  it('knows the first and last day a date can mean', () => {
    expect(earliestDay(partial('2024-98-98'))).toBe('2024-01-01');
    expect(latestDay(partial('2024-98-98'))).toBe('2024-12-31');
    expect(earliestDay(partial('2024-02-98'))).toBe('2024-02-01');
    expect(latestDay(partial('2024-02-98'))).toBe('2024-02-29');
  });

  it.each([
    ['2022-10', -12, '2021-10'],
    ['2022-01', -1, '2021-12'],
    ['2022-12', 1, '2023-01'],
    ['2022-05', 0, '2022-05'],
  ])('%s and %i months is %s', (month, count, expected) => {
    expect(addMonths(yearMonth(month), count)).toBe(expected);
  });

  it('has no neighbour for an unknown month', () => {
    expect(() => addMonths(yearMonth('2022-98'), 1)).toThrow(RangeError);
    expect(monthRange(yearMonth('2022-98'))).toEqual({ first: '2022-01', last: '2022-12' });
    expect(monthRange(yearMonth('2022-04'))).toEqual({ first: '2022-04', last: '2022-04' });
  });

  it('goes forth and back by days like the calendar', () => {
    const day = fc.date({
      min: new Date('1900-01-01T00:00Z'),
      max: new Date('2100-12-31T00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (start, count) => {
        const from = localDate(start.toISOString().slice(0, 10));
        const calendar = new Date(start.getTime() + count * 86_400_000).toISOString().slice(0, 10);
        const to = addDays(from, count);
        expect(to).toBe(calendar);
        expect(Math.sign(compareDates(to, from))).toBe(Math.sign(count));
        expect(calendar.startsWith(monthOf(to))).toBe(true);
      }),
      { seed: 45, numRuns: 300 },
    );
  });
});
