import { parseArgs } from 'node:util';
import { answersOf } from '../tests/simulation/simulated-runs.ts';
import { FormatFuzz } from '../tests/fuzz/fuzz-formats.ts';
import { GateFuzz } from '../tests/fuzz/fuzz-gate.ts';
import { fuzz, Tally } from '../tests/fuzz/fuzz-run.ts';

/**
 * Looks for what nobody has thought of, for as long as there is time: `npm run fuzz -- --minutes 30`. Simulated runs of a whole
 * team and hostile updates take turns, each with a seed nobody has used; a seed that fails is printed and ends with exit
 * code 1. Pin it in tests/vectors/simulation-seeds.json and mend what it found.
 */
const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
});
const end = performance.now() + Number(options.minutes) * 60_000;
const first = options.seed === undefined ? Date.now() % 2 ** 31 : Number(options.seed);
const RUNS_PER_TURN = 20;
const INPUTS_PER_TURN = 5_000;
const failed: string[] = [];
let runs = 0;
let answers = 0;
let inputs = 0;

console.log(`from seed ${first}, ${options.minutes} minutes`);
for (let seed = first; performance.now() < end && failed.length < 20; seed += RUNS_PER_TURN) {
  for (let next = seed; next < seed + RUNS_PER_TURN; next++) {
    runs++;
    try {
      answers += await answersOf(next);
    } catch (error) {
      failed.push(`seed ${next}`);
      console.log(error instanceof Error ? error.message : error);
    }
  }
  for (const target of [new FormatFuzz(seed), new GateFuzz(seed)]) {
    try {
      fuzz(target, seed, 0, INPUTS_PER_TURN, new Tally());
      inputs += INPUTS_PER_TURN;
    } catch (error) {
      failed.push(`${target.name}, seed ${seed}`);
      console.log(error instanceof Error ? error.message : error);
    }
  }
}
console.log(
  `${runs} simulated runs with ${answers} answers, ${inputs} hostile inputs, ${failed.length} failed`,
);
for (const each of failed) console.log(each);
process.exit(failed.length > 0 ? 1 : 0);
