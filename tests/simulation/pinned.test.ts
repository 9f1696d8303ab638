import { expect, test } from 'vitest';
import pinned from '../vectors/simulation-seeds.json' with { type: 'json' };
import { answersOf } from './simulated-runs.ts';

test.each(pinned)('seed $seed: $found', async ({ seed }) => {
  expect(await answersOf(seed)).toBeGreaterThan(0);
});
