import { expect, test } from 'vitest';
import { planMerge } from '../../../packages/relay/src/compaction/plan.ts';
import type { LogSize } from '../../../packages/relay/src/storage/records.ts';
import { LONGEST_LOG } from '../../../packages/relay/src/storage/storage.ts';

/** A log that grows row by row and is merged as planned each time it is too long. */
function grow(
  rows: number,
  bytes: number,
): { log: LogSize[]; written: number; largest: number; longest: number } {
  let log: LogSize[] = [];
  let written = 0;
  let largest = 0;
  let longest = 0;
  for (let seq = 1; seq <= rows; seq++) {
    log.push({ seq, first: seq, bytes: bytes + (seq % 7), device: 'd' });
    for (let plan = planMerge(log); plan; plan = planMerge(log)) {
      const [first, last] = [plan[0], plan.at(-1)];
      if (!first || !last || plan.length < 2) throw new Error('a plan that changes nothing');
      const sum = plan.reduce((all, row) => all + row.bytes, 0);
      const start = log.indexOf(first);
      expect(log.slice(start, start + plan.length)).toEqual(plan);
      log = log.toSpliced(start, plan.length, { seq: last.seq, first: first.first, bytes: sum, device: '' });
      written += sum;
      largest = Math.max(largest, sum);
    }
    longest = Math.max(longest, log.length);
  }
  return { log, written, largest, longest };
}

test.each([
  ['a household', 1000, 30],
  ['a much edited document', 50_000, 30],
  ['large updates', 2_000, 5_000],
  ['a very large document', 20_000, 2_000],
])(
  '[CP4] %s: rows stay bounded, no row is lost, bytes are written again few times, no merge is long',
  (_, rows, bytes) => {
    const { log, written, largest, longest } = grow(rows, bytes);
    const kept = log.reduce((sum, row) => sum + row.bytes, 0);
    expect(kept).toBeGreaterThanOrEqual(rows * bytes);
    expect(log.map(({ first }) => first)).toEqual([1, ...log.slice(0, -1).map(({ seq }) => seq + 1)]);
    expect(longest).toBeLessThanOrEqual(LONGEST_LOG);
    expect(written / kept).toBeLessThan(8);
    expect(largest).toBeLessThan(Math.max(3 * 64 * 1024, kept / 8, 64 * bytes));
  },
);

test('[CP4] of a long log of large rows no more is merged at once than of small ones', () => {
  const log = Array.from({ length: 500 }, (_, index) => ({
    seq: index + 1,
    first: index + 1,
    bytes: 100_000,
    device: 'd',
  }));
  expect(planMerge(log)?.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('[CP8] a short log is let be, and the latest rows of a long one', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      seq: index + 1,
      first: index + 1,
      bytes: 30,
      device: 'd',
    }));
  expect(planMerge(rows(LONGEST_LOG))).toBeNull();
  expect(planMerge(rows(LONGEST_LOG + 1))?.map(({ seq }) => seq)).toEqual(
    Array.from({ length: LONGEST_LOG + 1 - 16 }, (_, index) => index + 1),
  );
});
