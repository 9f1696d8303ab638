import { mergeUpdates } from 'yjs';

/** Updates merged in one go. */
const AT_ONCE = 16;

/**
 * One update that brings what several bring, V1. A few at a time, since what Yjs does for them grows with the square of their
 * number; otherwise as `mergeUpdates`.
 */
export function mergeMany(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length <= AT_ONCE) return mergeUpdates([...updates]);
  const merged: Uint8Array[] = [];
  for (let from = 0; from < updates.length; from += AT_ONCE)
    merged.push(mergeUpdates(updates.slice(from, from + AT_ONCE)));
  return mergeMany(merged);
}
