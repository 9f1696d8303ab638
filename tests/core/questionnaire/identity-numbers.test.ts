import { localDate } from '@rukun/core/foundation';
import {
  birthDateOfNik,
  birthPartOfNik,
  hasKnownProvince,
  hasRecordingDate,
  isPlausiblePhone,
  normalisePhone,
} from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';

const at = localDate('2026-11-22');

describe('the NIK', () => {
  it('tells the day, month, year and sex of birth', () => {
    expect(birthPartOfNik('7102034301900002')).toEqual({ day: 3, month: 1, year: 90, female: true });
    expect(birthPartOfNik('7102030301900002')).toEqual({ day: 3, month: 1, year: 90, female: false });
  });

  it.each([
    '7102030001900002',
    '7102033201900002',
    '7102034001900002',
    '7102030213900002',
    '71020302019000',
    '',
  ])('%j has no birth part', (nik) => {
    expect(birthPartOfNik(nik)).toBeNull();
    expect(birthDateOfNik(nik, at)).toBeNull();
  });

  it.each([
    ['7102030301900002', '1990-01-03'],
    ['7102036302260001', '2026-02-23'],
    ['7102032311260001', '1926-11-23'],
    ['7102032902240001', '2024-02-29'],
    ['7102032902960001', '1996-02-29'],
    ['7102032902000001', '2000-02-29'],
  ])('%s says born %s, as of 2026-11-22', (nik, birth) => {
    expect(birthDateOfNik(nik, at)).toBe(birth);
  });
});

it.each([
  ['11', true],
  ['21', true],
  ['22', false],
  ['36', true],
  ['97', true],
  ['98', false],
  ['00', false],
])('a province %s is known: %j', (province, known) => {
  expect(hasKnownProvince(`${province}02030301900002`)).toBe(known);
});

it('a family-card number has a date of recording, without the 40 of women', () => {
  expect(hasRecordingDate('7102031503150004')).toBe(true);
  expect(hasRecordingDate('7102035503150004')).toBe(false);
});

it.each([
  ['+62 812-3456-7890', '081234567890', true],
  ['6281234567890', '081234567890', true],
  ['0812345678', '0812345678', true],
  ['(0431) 876543', '0431876543', true],
  ['081234567890123', '081234567890123', false],
  ['12345', '12345', false],
  ['0812abc7890', '0812abc7890', false],
])('the phone number %s reads %s, plausible: %j', (typed, normal, plausible) => {
  expect(normalisePhone(typed)).toBe(normal);
  expect(isPlausiblePhone(typed)).toBe(plausible);
});
