import { expect, test } from 'vitest';
import { run } from './run.ts';

/** Runs of one test: a failure is found within a few seconds of its test's beginning. */
const PER_TEST = 100;

/** Declares tests that make `count` runs, the first of them with the seed `from`. A failure names its seed. */
export function simulatedRuns(from: number, count: number): void {
  for (let first = from; first < from + count; first += PER_TEST) {
    const end = Math.min(first + PER_TEST, from + count);
    test(`[SM1] [SM2] [SM3] [SM4] [SM5] [SM6] [SM7] seeds ${first} to ${end - 1} keep every promise`, async () => {
      let answers = 0;
      for (let seed = first; seed < end; seed++) answers += await answersOf(seed);
      expect(answers, 'something is answered in every run').toBeGreaterThan(5 * (end - first));
    }, 300_000);
  }
}

/** One run; its answers. Throws with the seed in its message. */
export async function answersOf(seed: number): Promise<number> {
  try {
    return (await run(seed)).answers;
  } catch (error) {
    const reason = error instanceof Error ? error.stack : String(error);
    throw new Error(`simulated run with seed ${seed}: ${reason}`, { cause: error });
  }
}
