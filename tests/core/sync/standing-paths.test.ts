import { expect, it } from 'vitest';
import { FleetRun } from '../../support/fleet-run.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const STEPS = 50;
const RUNS = 300;

/** Runs one seed; returns how many questions were left with answers side by side. */
function runOf(seed: number): number {
  const run = new FleetRun(seededRandom(seed));
  const story: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { what, difference } = run.step();
    story.push(what);
    if (difference) throw new Error(`seed ${seed}: ${difference}\n${story.join('\n')}`);
  }
  const difference = run.settle();
  if (difference) throw new Error(`seed ${seed}, in the end: ${difference}\n${story.join('\n')}`);
  return run.disputes();
}

it.each([40_000, 40_300, 40_600, 40_900])(
  '[TA1] every copy shows, and the relay keeps, exactly the answers nobody had in view, in 300 runs from seed %i',
  (first) => {
    let disputes = 0;
    for (let seed = first; seed < first + RUNS; seed++) disputes += runOf(seed);
    expect(disputes).toBeGreaterThan(RUNS / 2);
  },
  60_000,
);
