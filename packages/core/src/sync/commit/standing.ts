import type { Doc, Transaction } from 'yjs';
import { currentBefore, parseStructKey, structKey, structValue } from '../../documents/structs.ts';
import { otherRoot } from '../../foundation/index.ts';
import type { Authorship, JudgeContext } from './judgement.ts';
import { isOtherRoot, type NewItem } from './writes.ts';

/**
 * What the relay writes about one answer: it stands beside others, or (null) no longer does and the entry is deleted. A
 * device that settles an entry writes null instead, which says that its author had that answer in view.
 */
export interface StandingEntry {
  readonly root: string;
  readonly id: string;
  readonly entry: ({ readonly value: unknown } & Authorship) | null;
}

/**
 * Finds the answers that nobody had seen when writing the others (P2). Call it while the transaction is being closed,
 * before Yjs joins neighbouring items.
 *
 * For each key the *heads* are the values no author of another value had in view: the current item and the answers that
 * stand beside it unsettled. A new item covers the head it names as its origin, and what the same client id wrote before;
 * if it names none of them, it is a head of its own beside them. More than one head: each gets an entry with author and
 * time, also of the same value, since whoever replaces the one may not have seen the other.
 */
export function findStandingAnswers(
  transaction: Transaction,
  items: readonly NewItem[],
  context: JudgeContext,
): StandingEntry[] {
  return [...groupByKey(items, context)].flatMap((group) => entriesFor(transaction, group, context));
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
    for (const { root, id, entry } of entries) {
      if (entry) doc.getMap(root).set(id, entry);
      else doc.getMap(root).delete(id);
    }
  }, 'relay');
  doc.off('update', capture);
  return updates[0] ?? null;
}

function* groupByKey(items: readonly NewItem[], context: JudgeContext): Iterable<NewItem[]> {
  const groups = new Map<string, NewItem[]>();
  for (const item of items) {
    if (isOtherRoot(item.root) || !context.isAnswer(item.root, item.key)) continue;
    const path = `${item.root}\n${item.key}`;
    const group = groups.get(path);
    if (group) group.push(item);
    else groups.set(path, [item]);
  }
  yield* groups.values();
}

function entriesFor(
  transaction: Transaction,
  items: readonly NewItem[],
  context: JudgeContext,
): StandingEntry[] {
  const { doc, beforeState } = transaction;
  const first = items[0];
  const current = first && doc.getMap(first.root)._map.get(first.key);
  if (!first || !current) return [];
  const root = otherRoot(first.root, first.key);
  const valueOf = (id: string) => structValue(doc, first.root, first.key, id);
  const unsettled = unsettledIds(doc, root);
  const heads = new Set(unsettled);
  const before = currentBefore(current, beforeState);
  if (before && !isSettled(doc, root, structKey(before))) heads.add(structKey(before));
  for (const { client, clock } of items) heads.add(`${client}-${clock}`);
  for (const item of items) {
    for (const id of heads) {
      const isPutBack = doc.share.has(root) && doc.getMap(root).get(id) === true;
      if (isOrigin(item, id) || (!isPutBack && isEarlierOfSameClient(item, id))) heads.delete(id);
    }
  }
  const shown = structKey(current);
  const standing = [...heads].filter((id) => id !== shown && valueOf(id) !== undefined);
  const wanted = new Set(standing.length > 0 ? [shown, ...standing] : []);
  const entries: StandingEntry[] = [];
  for (const id of unsettled) if (!wanted.has(id)) entries.push({ root, id, entry: null });
  for (const id of wanted) {
    if (isFilledIn(doc, root, id)) continue;
    const [client, clock] = parseStructKey(id);
    const isNew = clock >= (beforeState.get(client) ?? 0);
    const author = isNew ? context.authorOfNew(client, clock) : context.authorOf(client, clock);
    entries.push({ root, id, entry: { value: valueOf(id), by: author.by, at: author.at } });
  }
  return entries;
}

/** Its author saw that value as the current one. */
function isOrigin({ origin }: NewItem, id: string): boolean {
  return origin !== null && `${origin.client}-${origin.clock}` === id;
}

/** Its author wrote that value. */
function isEarlierOfSameClient({ client, clock }: NewItem, id: string): boolean {
  const [earlierClient, earlierClock] = parseStructKey(id);
  return client === earlierClient && clock > earlierClock;
}

function unsettledIds(doc: Doc, root: string): Set<string> {
  const ids = new Set<string>();
  if (doc.share.has(root))
    for (const [id, entry] of doc.getMap(root).entries()) if (entry !== null) ids.add(id);
  return ids;
}

/** An entry of the relay's own; one that a device put back (`true`) still lacks author and time. */
function isFilledIn(doc: Doc, root: string, id: string): boolean {
  return doc.share.has(root) && typeof doc.getMap(root).get(id) === 'object' && !isSettled(doc, root, id);
}

function isSettled(doc: Doc, root: string, id: string): boolean {
  return doc.share.has(root) && doc.getMap(root).get(id) === null;
}
