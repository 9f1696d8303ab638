import type { ClockRange } from '../storage/records.ts';

/** Structs by client id and clock. */
export class ClockSet {
  /** Per client id: ranges in order, none touching the next. */
  readonly #ranges = new Map<number, ClockRange[]>();

  /** Takes a range in; the parts of it that were not in yet, in order. */
  add(range: ClockRange): ClockRange[] {
    const { client } = range;
    const ranges = this.#ranges.get(client) ?? [];
    const start = firstReaching(ranges, range.from);
    const fresh: ClockRange[] = [];
    let { from, to } = range;
    let next = range.from;
    let end = start;
    for (; end < ranges.length; end++) {
      const known = ranges[end];
      if (!known || known.from > range.to) break;
      if (known.from > next) fresh.push({ client, from: next, to: known.from });
      next = Math.max(next, known.to);
      from = Math.min(from, known.from);
      to = Math.max(to, known.to);
    }
    if (next < range.to) fresh.push({ client, from: next, to: range.to });
    ranges.splice(start, end - start, { client, from, to });
    this.#ranges.set(client, ranges);
    return fresh;
  }

  /** What is in it, by client id and clock. */
  ranges(): ClockRange[] {
    return [...this.#ranges].sort(([a], [b]) => a - b).flatMap(([, ranges]) => ranges);
  }
}

/** The place of the first range that ends at or after a clock. */
function firstReaching(ranges: readonly ClockRange[], clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.to ?? 0) < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
