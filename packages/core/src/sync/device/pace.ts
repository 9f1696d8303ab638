import type { Random } from '../../foundation/index.ts';

/** Bounds of the waiting time between attempts, ms. */
const FIRST_MS = 1_000;
const MOST_MS = 120_000;

/**
 * How long to wait before attempt number `attempt` (from 1) after a failure: doubles from one second to two minutes, the
 * whole of it spread at random so that a fleet does not return in one wave. A wish of the relay is the least.
 */
export function waitBeforeRetryMs(attempt: number, random: Random, wishMs = 0): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.max(wishMs, Math.round(most * (0.5 + random.next() / 2)));
}
