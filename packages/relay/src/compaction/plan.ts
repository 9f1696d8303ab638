import { LONGEST_LOG } from '../storage/storage.ts';
import type { LogSize } from '../storage/records.ts';

/** The latest rows stay as they came: devices that are nearly up to date are sent only what they lack. */
const LATEST = 16;
/** A merged row takes part again once it is less than this times what is merged now. */
const RATIO = 4;

/**
 * Which rows to merge: all but the latest, and of the rows merged earlier those that are not much larger. So merged rows
 * shrink at least fourfold from each to the next, their number grows with the logarithm of the document, and so does
 * what is written again for each byte of it. Null if the log is short enough.
 */
export function planMerge(log: readonly LogSize[]): readonly LogSize[] | null {
  if (log.length <= LONGEST_LOG) return null;
  const end = log.length - LATEST;
  let start = end;
  let bytes = 0;
  for (let index = end - 1; index >= 0; index--) {
    const row = log[index];
    if (!row || (row.first < row.seq && row.bytes > bytes * RATIO)) break;
    bytes += row.bytes;
    start = index;
  }
  return log.slice(start, end);
}
