import type { Random } from '@rukun/core/foundation';

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random.next() * (high - low + 1));
}

/** One of the list; an empty list is a bug. */
export function oneOf<T>(random: Random, list: readonly T[]): T {
  const item = list[between(random, 0, list.length - 1)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

/** One of the list, each as often as its `share` says. */
export function oneByShare<T extends { readonly share: number }>(random: Random, list: readonly T[]): T {
  let left = random.next() * list.reduce((sum, item) => sum + item.share, 0);
  for (const item of list) {
    left -= item.share;
    if (left < 0) return item;
  }
  return oneOf(random, list.slice(-1));
}
