import { LONGEST_LOG } from '../storage/storage.ts';
import type { LogSize } from '../storage/records.ts';

/** The latest rows stay as they came: devices that are nearly up to date are sent only what they lack. */
const LATEST = 16;
/**
 * Which rows to merge: all but the latest, and of the rows merged earlier those that are no larger than what is merged
 * after them. So each merged row is larger than the next, their number grows with the logarithm of the document, and so
 * does how often a byte is written again. Null if the log is short enough.
 */
export function planMerge(log: readonly LogSize[]): readonly LogSize[] | null {
  if (log.length <= LONGEST_LOG) return null;
  const end = log.length - LATEST;
  let start = end;
  let bytes = 0;
  for (let index = end - 1; index >= 0; index--) {
    const row = log[index];
    if (!row || (row.first < row.seq && row.bytes > bytes)) break;
    bytes += row.bytes;
    start = index;
  }
  return log.slice(start, end);
}
