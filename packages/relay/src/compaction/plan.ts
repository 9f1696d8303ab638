import { LONGEST_LOG } from '../storage/storage.ts';
import type { LogSize } from '../storage/records.ts';

/** The latest rows stay as they came: devices that are nearly up to date are sent only what they lack. */
const LATEST = 16;
/** A merged row takes part again where it has at most so many times the bytes of what is merged after it. */
const RATIO = 1.5;
/** One of so many bytes is left alone, so that no merge takes long … */
const FULL_BYTES = 64 * 1024;
/** … until there are so many; then two neighbours become one, of which neither is so many times the other. */
const MOST_MERGED = 32;
const UNLIKE = 3;
/** Of a log that has grown long the oldest part first: so many rows and bytes at once, so that no merge takes long. */
const MOST_ROWS = 256;
const MOST_BYTES = 4 * FULL_BYTES;

/**
 * Which rows to merge: all but the latest, and of the rows merged earlier those that are not much larger than what is
 * merged after them. So a byte is written again about as often as the logarithm of what it is merged with. Null if the log
 * is short enough.
 */
export function planMerge(log: readonly LogSize[]): readonly LogSize[] | null {
  if (log.length <= LONGEST_LOG) return null;
  const merged = log.filter(isMerged);
  const pair = merged.length > MOST_MERGED ? smallestPair(merged) : null;
  if (pair) return pair;
  const end = Math.min(log.length - LATEST, endOfPart(log, merged.length));
  let start = end;
  let bytes = 0;
  for (let index = end - 1; index >= 0; index--) {
    const row = log[index];
    if (!row || (isMerged(row) && row.bytes > Math.min(bytes * RATIO, FULL_BYTES))) break;
    bytes += row.bytes;
    start = index;
  }
  return log.slice(start, end);
}

/** Where the rows end that are merged at once, of those from `start` on; two at least. */
function endOfPart(log: readonly LogSize[], start: number): number {
  let end = start;
  for (let bytes = 0; end < log.length && end - start < MOST_ROWS; end++) {
    bytes += log[end]?.bytes ?? 0;
    if (bytes > MOST_BYTES && end - start >= 2) break;
  }
  return end;
}

function isMerged({ first, seq }: LogSize): boolean {
  return first < seq;
}

/** Merged rows are the oldest of a log, so that they follow each other. */
function smallestPair(merged: readonly LogSize[]): readonly LogSize[] | null {
  let found: readonly LogSize[] | null = null;
  let least = Infinity;
  for (const [index, row] of merged.entries()) {
    const next = merged[index + 1];
    if (!next || row.bytes > next.bytes * UNLIKE || next.bytes > row.bytes * UNLIKE) continue;
    if (row.bytes + next.bytes >= least) continue;
    least = row.bytes + next.bytes;
    found = [row, next];
  }
  return found;
}
