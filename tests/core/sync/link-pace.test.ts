import { expect, test } from 'vitest';
import { LIMITS } from '@rukun/core/protocol';
import { LinkPace, waitBeforeRetryMs } from '@rukun/core/sync';
import { seededRandom } from '../../support/seeded-random.ts';

const QUICK = 500;
const MIDDLING = 3_000;
const SLOW = 8_000;

test('[EX36] a device takes less after what was slow or lost and more while full requests are quick, within bounds', () => {
  const pace = new LinkPace();
  const first = pace.bytes;
  pace.succeeded(SLOW, true);
  expect(pace.bytes).toBe(first / 2);
  pace.failed();
  expect(pace.bytes).toBe(first / 4);
  pace.succeeded(QUICK, false);
  pace.succeeded(MIDDLING, true);
  expect(pace.bytes).toBe(first / 4);
  pace.succeeded(QUICK, true);
  expect(pace.bytes).toBe(first / 2);
  for (let round = 0; round < 20; round++) pace.succeeded(QUICK, true);
  expect(pace.bytes).toBe(LIMITS.exchangeAimBytes);
  for (let round = 0; round < 20; round++) pace.failed();
  expect(pace.bytes).toBe(8 * 1024);
});

test('[EX37] the wait doubles from 1 s to 2 min, half of it at random, and is never shorter than the wish', () => {
  const random = seededRandom(7);
  const least: number[] = [];
  for (let attempt = 1; attempt <= 12; attempt++) {
    const waits = Array.from({ length: 200 }, () => waitBeforeRetryMs(attempt, random));
    const most = Math.min(120_000, 1000 * 2 ** attempt);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
    expect(new Set(waits).size).toBeGreaterThan(100);
    least.push(Math.min(...waits));
  }
  expect(least[0]).toBeLessThan(1200);
  expect(waitBeforeRetryMs(1, random, 45_000)).toBe(45_000);
  expect(waitBeforeRetryMs(10, random, 1)).toBeGreaterThanOrEqual(60_000);
});
