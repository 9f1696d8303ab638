import { getItem, getState, Item, type Doc } from 'yjs';
import { otherRoot, type InstantMs } from '../foundation/index.ts';
import { structKey, structValue } from '../documents/structs.ts';
import { isValue, RESTORED, ROOTS, rootMap, type Value } from './schema.ts';

/** One of two or more answers to the same question that nobody had seen when writing the others (P2). */
export interface StandingAnswer {
  /** Names the struct, `<client>-<clock>`. */
  readonly key: string;
  readonly value: Value;
  /** Person id; '' where it is not known on this device. */
  readonly by: string;
  readonly at: InstantMs;
  /** The one the document shows as the answer until somebody chooses. */
  readonly isCurrent: boolean;
}

/**
 * The answers that stand side by side for one key, the current one first; empty when there is no disagreement. The same
 * value given by somebody else as well is none.
 * `root` is `answers` or `member/<id>`.
 */
export function standingAnswers(doc: Doc, root: string, key: string): StandingAnswer[] {
  const name = otherRoot(root, key);
  if (!doc.share.has(name)) return [];
  const current = rootMap(doc, root)._map.get(key);
  const seen = ancestry(doc, current);
  const now: unknown = rootMap(doc, root).get(key) ?? null;
  const others: StandingAnswer[] = [];
  let author: StandingAnswer | undefined;
  for (const [id, raw] of rootMap(doc, name).entries()) {
    // One that was put back says no more than the value until the relay has filled it in.
    const given = raw === RESTORED ? { value: structValue(doc, root, key, id), by: '', at: 0 } : raw;
    const entry = parseEntry(id, given);
    if (!entry) continue;
    if (current && id === structKey(current)) author = { ...entry, isCurrent: true };
    else if (!seen.has(id) && entry.value !== now) others.push(entry);
  }
  if (others.length === 0) return [];
  others.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  const shown: StandingAnswer = author ?? {
    key: current ? structKey(current) : '',
    value: isValue(now) ? now : null,
    by: '',
    at: 0,
    isCurrent: true,
  };
  return [shown, ...others];
}

/** Every place with standing answers, as `[root, key]`. */
export function placesWithStandingAnswers(doc: Doc): [root: string, key: string][] {
  const places: [string, string][] = [];
  for (const [name, type] of doc.share) {
    if (!name.startsWith(ROOTS.other) || type._map.size === 0) continue;
    const path = name.slice(ROOTS.other.length);
    const slash = path.lastIndexOf('/');
    const root = path.slice(0, slash);
    const key = path.slice(slash + 1);
    if (standingAnswers(doc, root, key).length > 0) places.push([root, key]);
  }
  return places;
}

/**
 * Marks the answers in view as settled; call it in the transaction that writes the answer. What arrives later from
 * somebody who had not seen this write stands beside it again.
 */
export function settleOthers(doc: Doc, root: string, key: string): void {
  const name = otherRoot(root, key);
  if (!doc.share.has(name)) return;
  const map = rootMap(doc, name);
  for (const [id, entry] of map.entries()) if (entry !== null) map.set(id, null);
}

/** What one entry says. */
function parseEntry(key: string, given: unknown): StandingAnswer | null {
  if (typeof given !== 'object' || given === null) return null;
  const { value, by, at } = given as { value?: unknown; by?: unknown; at?: unknown };
  if (typeof by !== 'string' || typeof at !== 'number' || !isValue(value)) return null;
  return { key, value, by, at, isCurrent: false };
}

/** Ids of everything the writer of `item` had before it under the same key. */
function ancestry(doc: Doc, item: Item | undefined): Set<string> {
  const ids = new Set<string>();
  if (!item) return ids;
  for (let clock = item.id.clock; clock < item.lastId.clock; clock++) ids.add(`${item.id.client}-${clock}`);
  let origin = item.origin;
  while (origin && origin.clock < getState(doc.store, origin.client)) {
    const found: unknown = getItem(doc.store, origin);
    if (!(found instanceof Item)) break;
    for (let clock = found.id.clock; clock <= origin.clock; clock++) ids.add(`${origin.client}-${clock}`);
    origin = found.origin;
  }
  return ids;
}
