import type { Doc, Transaction } from 'yjs';
import { headsOf, isLine } from '../documents/heads.ts';
import {
  answersBesideRemoval,
  isAnswerOfMember,
  isRemoval,
  lastAnswers,
  REMOVED_KEY,
  removalsOf,
} from '../documents/removal.ts';
import { lastValue, structKey } from '../documents/structs.ts';
import { otherRoot, type InstantMs } from '../foundation/index.ts';
import { isAnswerKey, isValue, RESTORED, ROOTS, rootMap, type Value } from './schema.ts';

/** One of two or more answers to the same question that nobody had seen when writing the others (P2). */
export interface StandingAnswer {
  /** Names the struct, `<client>-<clock>`. */
  readonly key: string;
  readonly value: Value;
  /** Person id; '' where it is not known on this device. */
  readonly by: string;
  /** 0 where it is not known on this device. */
  readonly at: InstantMs;
  /** The one the document shows as the answer until somebody chooses. */
  readonly isCurrent: boolean;
}

/** Names an entry beside a key. */
export interface OtherEntry {
  readonly root: string;
  readonly id: string;
}

const SETTLED = Symbol('settled');

/**
 * The answers that stand side by side for one key, the current one first; empty when there is no disagreement. The same
 * value given by somebody else as well is none. It follows from what this copy holds; the relay adds who and when, so that
 * before it has spoken only what `person` wrote on this copy has an author.
 * `root` is `answers` or `member/<id>`.
 */
export function standingAnswers(doc: Doc, root: string, key: string, person = ''): StandingAnswer[] {
  const [current, ...rest] = idsSideBySide(doc, root, key);
  if (!current || rest.length === 0) return [];
  const answerOf = ({ id, value, client }: SideBySide, isCurrent: boolean): StandingAnswer => {
    const { by, at } = readEntry(doc, otherRoot(root, key), id);
    return { key: id, value, by: by || (client === doc.clientID ? person : ''), at, isCurrent };
  };
  const others = rest.filter(({ value }) => value !== current.value).map((each) => answerOf(each, false));
  others.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
  return others.length > 0 ? [answerOf(current, true), ...others] : [];
}

/** Every place with standing answers, as `[root, key]`. */
export function placesWithStandingAnswers(doc: Doc): [root: string, key: string][] {
  const places: [string, string][] = [];
  for (const [root, type] of doc.share) {
    if (root !== ROOTS.answers && !root.startsWith(ROOTS.member)) continue;
    for (const [key, current] of type._map) {
      if (!isAnswerKey(root, key) || (isLine(current) && !isRemoval(root, key))) continue;
      if (standingAnswers(doc, root, key).length > 0) places.push([root, key]);
    }
  }
  return places;
}

/**
 * Writes one value, with what its author has in view and no origin can say: an answer of a member that is taken out, and the
 * answers of a member that is being taken out. Call it in a transaction.
 */
export function writeValue(doc: Doc, root: string, key: string, value: Value): void {
  const map = rootMap(doc, root);
  const beside = otherRoot(root, REMOVED_KEY);
  const isOfRemoved = isAnswerOfMember(root, key) && removalsOf(doc, root).length > 0;
  map.set(key, value);
  const item = map._map.get(key);
  if (isOfRemoved && item) rootMap(doc, beside).set(structKey(item), null);
  if (isRemoval(root, key) && value !== null)
    for (const { client, clock } of lastAnswers(doc, root))
      rootMap(doc, beside).set(`${client}-${clock}`, null);
}

/**
 * Writes one value and settles what stood beside it, since its author had that in view. What arrives later from somebody who
 * had not seen this write stands beside it again.
 */
export function chooseValue(
  transaction: Transaction,
  place: { readonly root: string; readonly key: string },
  value: Value,
): void {
  const { doc, meta } = transaction;
  const { root, key } = place;
  const [, ...others] = idsSideBySide(doc, root, key);
  writeValue(doc, root, key, value);
  const entries = others.map(({ id }): OtherEntry => ({ root: otherRoot(root, key), id }));
  for (const entry of entries) settle(doc, entry);
  meta.set(SETTLED, [...settledIn(transaction), ...entries]);
}

/** What {@link chooseValue} settled in a transaction. */
export function settledIn({ meta }: Transaction): readonly OtherEntry[] {
  return (meta.get(SETTLED) as readonly OtherEntry[] | undefined) ?? [];
}

/** Says that an answer was in view. */
export function settle(doc: Doc, { root, id }: OtherEntry): void {
  rootMap(doc, root).set(id, null);
}

/** Takes {@link settle} back: the answer stands beside the current one again. The relay fills in who and when. */
export function putBack(doc: Doc, { root, id }: OtherEntry): void {
  rootMap(doc, root).set(id, RESTORED);
}

interface SideBySide {
  readonly id: string;
  readonly value: Value;
  readonly client: number;
}

/** The values this copy holds for a key that no author of another had in view, the current one first. */
function idsSideBySide(doc: Doc, root: string, key: string): SideBySide[] {
  const found: SideBySide[] = [];
  for (const item of headsOf(doc, root, key)) {
    const value = lastValue(item);
    if (isValue(value)) found.push({ id: structKey(item), value, client: item.id.client });
  }
  if (isRemoval(root, key))
    for (const { client, clock } of answersBesideRemoval(doc, root))
      found.push({ id: `${client}-${clock}`, value: null, client });
  return found;
}

/** Who wrote an answer and when, as far as the relay has said it. */
function readEntry(doc: Doc, name: string, id: string): { by: string; at: InstantMs } {
  const given: unknown = doc.share.has(name) ? rootMap(doc, name).get(id) : null;
  const { by, at } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  return { by: typeof by === 'string' ? by : '', at: typeof at === 'number' ? at : 0 };
}
