import type { Doc, Transaction } from 'yjs';
import { headsOf, isLineUpon } from '../../documents/heads.ts';
import { answersBesideRemoval, isAnswerOfMember, isRemoval, REMOVED_KEY } from '../../documents/removal.ts';
import { lastValue, parseStructKey, structKey } from '../../documents/structs.ts';
import { OTHER_PREFIX, otherRoot } from '../../foundation/index.ts';
import type { Authorship, JudgeContext } from './judgement.ts';
import { isOtherRoot, type NewItem } from './writes.ts';

/**
 * What the relay writes about one answer: it stands beside others, or (null) no longer does. That is written as false, so
 * that the key is never empty: a device may not know of the entry yet, and what it writes there may come to stand before it.
 */
export interface StandingEntry {
  readonly root: string;
  readonly id: string;
  readonly entry: ({ readonly value: unknown } & Authorship) | null;
}

/** A key of a root map. */
interface Place {
  readonly root: string;
  readonly key: string;
}

/**
 * Finds the answers that nobody had seen when writing the others (P2), for every key that `items` touched, also by a mark
 * beside it. Call it while the transaction is being closed.
 *
 * More than one head of a key ({@link headsOf}): each gets an entry with author and time, also of the same value, since
 * whoever replaces the one may not have seen the other. Answers of a member stand beside a removal in the same way
 * ({@link answersBesideRemoval}), with null for a value: still a member.
 */
export function findStandingAnswers(
  transaction: Transaction,
  items: readonly NewItem[],
  context: JudgeContext,
): StandingEntry[] {
  const entries: StandingEntry[] = [];
  for (const place of placesToLookAt(transaction, items, context))
    entries.push(...entriesFor(transaction, place, context));
  return entries;
}

/** Writes the entries under the relay's own client id and returns that update, or null if there are none. */
export function writeStandingAnswers(
  doc: Doc,
  entries: readonly StandingEntry[],
  relayClient: number,
): Uint8Array | null {
  if (entries.length === 0) return null;
  const updates: Uint8Array[] = [];
  const capture = (update: Uint8Array) => updates.push(update);
  doc.clientID = relayClient;
  doc.on('update', capture);
  doc.transact(() => {
    for (const { root, id, entry } of entries) doc.getMap(root).set(id, entry ?? false);
  }, 'relay');
  doc.off('update', capture);
  return updates[0] ?? null;
}

/** The keys where something may have come to stand side by side, or to be settled. */
function placesToLookAt(
  { doc, beforeState }: Transaction,
  items: readonly NewItem[],
  context: JudgeContext,
): Iterable<Place> {
  const touched = new Map<string, Place & { count: number }>();
  const touch = (root: string, key: string, count: number): void => {
    const other = otherRoot(root, key);
    const place = touched.get(other);
    if (place) place.count += count;
    else if (context.isAnswer(root, key)) touched.set(other, { root, key, count });
  };
  for (const { root, key } of items) {
    if (isOtherRoot(root)) {
      const slash = root.lastIndexOf('/');
      if (slash > OTHER_PREFIX.length)
        touch(root.slice(OTHER_PREFIX.length, slash), root.slice(slash + 1), 0);
    } else {
      touch(root, key, 1);
      if (isAnswerOfMember(root, key)) touch(root, REMOVED_KEY, 0);
    }
  }
  return [...touched].flatMap(([other, place]) => {
    const { root, key, count } = place;
    const current = doc.share.get(root)?._map.get(key);
    if (!current) return [];
    const mayDiffer =
      isRemoval(root, key) || doc.share.has(other) || !isLineUpon(current, beforeState, count);
    return mayDiffer ? [place] : [];
  });
}

function entriesFor({ doc, beforeState }: Transaction, place: Place, context: JudgeContext): StandingEntry[] {
  const root = otherRoot(place.root, place.key);
  const standing = valuesSideBySide(doc, place);
  const map = doc.share.get(root)?._map;
  const entries: StandingEntry[] = [];
  for (const [id, item] of map ?? []) {
    const value = item.deleted ? null : (lastValue(item) ?? null);
    if (value !== null && value !== false && !standing.has(id)) entries.push({ root, id, entry: null });
  }
  for (const [id, value] of standing) {
    const item = map?.get(id);
    if (item && !item.deleted && isEntry(lastValue(item))) continue;
    const [client, clock] = parseStructKey(id);
    const isNew = clock >= (beforeState.get(client) ?? 0);
    const author = isNew ? context.authorOfNew(client, clock) : context.authorOf(client, clock);
    entries.push({ root, id, entry: { value, by: author.by, at: author.at } });
  }
  return entries;
}

/** The values that stand side by side, by the struct each was written in; none where there is only one. */
function valuesSideBySide(doc: Doc, { root, key }: Place): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const item of headsOf(doc, root, key)) {
    const value = lastValue(item);
    if (value !== undefined) values.set(structKey(item), value);
  }
  if (isRemoval(root, key))
    for (const { client, clock } of answersBesideRemoval(doc, root)) values.set(`${client}-${clock}`, null);
  return values.size > 1 ? values : new Map();
}

function isEntry(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
