import { expect, it } from 'vitest';
import { FormatFuzz } from './fuzz-formats.ts';
import { GateFuzz } from './fuzz-gate.ts';
import { fuzz, Tally } from './fuzz-run.ts';

/** A short run of what `node scripts/fuzz-gate.ts` does for hours. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

it(`[GT30] the reader and the expander take hostile bytes as Yjs does or not at all, seed ${SEED}`, () => {
  const tally = new Tally();
  fuzz(new FormatFuzz(SEED), SEED, 0, 40_000, tally);
  for (const what of ['v1 accepted', 'v2 accepted', 'v1 malformed', 'v2 malformed', 'v1 bad-content'])
    expect(tally.counts.get(what) ?? 0, what).toBeGreaterThan(100);
}, 60_000);

it(`[GT31] what the gate accepts changes only what it names, as its author, seed ${SEED}`, () => {
  const tally = new Tally();
  fuzz(new GateFuzz(SEED), SEED, 0, 20_000, tally);
  for (const code of [
    'accepted',
    'bad-content',
    'malformed',
    'resync',
    'foreign-client',
    'unknown-clock',
    'forbidden',
  ])
    expect(tally.counts.get(`gate ${code}`) ?? 0, code).toBeGreaterThan(10);
}, 60_000);
