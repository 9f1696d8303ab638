import { describe, expect, test } from 'vitest';
import { parseDay } from '../../../packages/relay/src/demo/calendar.ts';
import { makeDemo } from '../../../packages/relay/src/demo/demo.ts';
import { NAME_GROUPS } from '../../../packages/relay/src/demo/names.ts';
import { createNumberIssuer } from '../../../packages/relay/src/demo/numbers.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SEED = Number(process.env['DEMO_SEED'] ?? 20260417);
const TODAY = '2026-11-22';

/** The day in DDMMYY, the century chosen so that it is not after today. */
function dayIn(digits: string): number {
  const iso = (century: string): string =>
    `${century}${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`;
  const late = iso('20');
  return parseDay(late <= TODAY ? late : iso('19'));
}

describe('the issuer of numbers', () => {
  test('adds 40 to the day of birth of women, and only there', () => {
    const issuer = createNumberIssuer('71.02.19');
    const born = parseDay('1980-03-07');
    expect(issuer.nik(born, 'male')).toBe('7102190703809001');
    expect(issuer.nik(born, 'female')).toBe('7102194703809001');
    expect(issuer.nik(born, 'female')).toBe('7102194703809002');
    expect(issuer.kk(parseDay('2019-12-31'))).toBe('7102193112199001');
  });

  test('never gives a number twice, not even as NIK and as KK', () => {
    const issuer = createNumberIssuer('71.02.19');
    const day = parseDay('2010-01-01');
    expect(issuer.kk(day)).not.toBe(issuer.nik(day, 'male'));
  });

  test('takes only the code of a kecamatan', () => {
    expect(() => createNumberIssuer('71.02')).toThrow(RangeError);
  });
});

describe(`the numbers of a large demo, seed ${SEED}`, async () => {
  const { families } = await makeDemo(seededRandom(SEED), { familyCount: 3000, today: TODAY });

  test('are unique and have 16 digits', () => {
    const numbers = families.flatMap((family) => [family.kk, family.headNik]);
    expect(numbers.every((number) => /^710219\d{10}$/.test(number))).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(families.map((family) => family.prelistNumber)).toEqual(families.map((_, index) => index + 1));
  });

  test('fit the sex that the first name tells', () => {
    const women = new Set(NAME_GROUPS.flatMap((group) => group.female));
    let female = 0;
    for (const { headName, headNik } of families) {
      const isWoman = women.has(headName.split(' ')[0] ?? '');
      expect(Number(headNik.slice(6, 8)) > 40).toBe(isWoman);
      female += isWoman ? 1 : 0;
    }
    expect(female).toBeGreaterThan(300);
    expect(female).toBeLessThan(700);
  });

  test('carry days that exist: heads of 19 to 86, cards of the last 16 years and after the head grew up', () => {
    const today = parseDay(TODAY);
    for (const { kk, headNik } of families) {
      const day = Number(headNik.slice(6, 8));
      const born = dayIn(String(day > 40 ? day - 40 : day).padStart(2, '0') + headNik.slice(8, 12));
      const recorded = dayIn(kk.slice(6, 12));
      expect((today - born) / 365.25).toBeGreaterThan(19);
      expect((today - born) / 365.25).toBeLessThan(86);
      expect((today - recorded) / 365.25).toBeLessThan(16);
      expect(recorded).toBeGreaterThan(born + 18 * 365.25);
    }
  });
});

test('no first name is on the lists of both sexes', () => {
  const men = new Set(NAME_GROUPS.flatMap((group) => group.male));
  expect(NAME_GROUPS.flatMap((group) => group.female).filter((name) => men.has(name))).toEqual([]);
});
