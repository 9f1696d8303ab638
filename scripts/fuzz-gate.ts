import { parseArgs } from 'node:util';
import { FormatFuzz } from '../tests/fuzz/fuzz-formats.ts';
import { GateFuzz } from '../tests/fuzz/fuzz-gate.ts';
import { fuzz, Tally, type FuzzTarget } from '../tests/fuzz/fuzz-run.ts';

/**
 * Hostile updates against the reader, the V2 expander and the gate: `node scripts/fuzz-gate.ts --inputs 10000000 --seed 1`.
 * One input in ten goes to the gate. A failure names its seed and index; `--target gate --only <index>` runs it again.
 */
const { values: options } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', default: 'all' },
    only: { type: 'string' },
  },
});
const LONGEST_MS = 100;
const CHUNK = 50_000;
const seed = Number(options.seed);
const inputs = Number(options.inputs);
const start = performance.now();
let slow = 0;

function run(target: FuzzTarget, from: number, to: number): void {
  if (options.target !== 'all' && options.target !== target.name) return;
  const tally = new Tally();
  const begin = performance.now();
  let heap = 0;
  for (let at = from; at < to; at += CHUNK) {
    fuzz(target, seed, at, Math.min(to, at + CHUNK), tally);
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  console.log(`${target.name}: ${to - from} inputs in ${seconds} s`);
  console.table(Object.fromEntries(tally.counts));
  console.log(
    `slowest ${tally.slowestMs.toFixed(1)} ms (index ${tally.slowestIndex}); largest heap seen ${(heap / 2 ** 20).toFixed(0)} MB`,
  );
  if (tally.slowestMs > LONGEST_MS) slow++;
}

const targets: readonly [FuzzTarget, number][] = [
  [new FormatFuzz(seed), Math.ceil(inputs * 0.9)],
  [new GateFuzz(seed), Math.ceil(inputs * 0.1)],
];
for (const [target, count] of targets) {
  const only = options.only === undefined ? null : Number(options.only);
  run(target, only ?? 0, only === null ? count : only + 1);
}
const { maxRSS } = process.resourceUsage();
console.log(
  `seed ${seed}, ${((performance.now() - start) / 1000).toFixed(0)} s, most memory ${(maxRSS / 1024).toFixed(0)} MB`,
);
if (slow > 0) throw new Error(`an input took more than ${LONGEST_MS} ms`);
