import { expect, test } from 'vitest';
import {
  MOST_TRIES,
  NO_TRIES,
  triesLeft,
  waitMsOf,
  weaknessOf,
} from '../../../packages/pwa/src/app/pin-rules.ts';

test.each([
  ['000000', 'easy'],
  ['777777', 'easy'],
  ['123456', 'easy'],
  ['345678', 'easy'],
  ['890123', 'easy'],
  ['654321', 'easy'],
  ['121212', 'easy'],
  ['274274', 'easy'],
  ['000101', 'easy'],
  ['12345', 'form'],
  ['1234567', 'form'],
  ['12345a', 'form'],
  ['274915', null],
  ['135792', null],
  ['112233', null],
])('the PIN %s of the officer 0101 is %s', (pin, weakness) => {
  expect(weaknessOf(pin, ['0101'])).toBe(weakness);
});

test('a person without a code has none to avoid', () => {
  expect(weaknessOf('000101', [''])).toBeNull();
});

test.each([
  [0, 0],
  [4, 0],
  [5, 30_000],
  [6, 60_000],
  [7, 300_000],
  [8, 900_000],
  [9, 900_000],
])('after %i wrong PINs the next one waits %i ms', (wrong, waitMs) => {
  const tries = { wrong, lastAt: 1_000 };
  expect(waitMsOf(tries, 1_000)).toBe(waitMs);
  expect(waitMsOf(tries, 1_000 + waitMs)).toBe(0);
});

test('a clock that was set back makes the wait begin anew, never shorter', () => {
  expect(waitMsOf({ wrong: 6, lastAt: 1_000_000 }, 0)).toBe(60_000);
});

test('the tries that are left are counted down to none', () => {
  expect(triesLeft(NO_TRIES)).toBe(MOST_TRIES);
  expect(triesLeft({ wrong: MOST_TRIES, lastAt: 0 })).toBe(0);
});
