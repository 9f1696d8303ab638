import { ContentAny, getItem, Item, type Doc, type ID } from 'yjs';
import { otherRoot } from '../foundation/index.ts';
import { structKey } from './structs.ts';

/** What somebody wrote in the place of a struct beside a key: null, its author had it in view; true, that is taken back. */
export interface Mark {
  readonly client: number;
  readonly clock: number;
  readonly value: null | true;
}

/**
 * The values of a key that no author of another value had in view, the current one first: more than one means that they
 * stand side by side (docs/decisions/0001-heads-of-a-key.md). It follows from the structs alone, so that every copy that holds
 * the same structs, with what was replaced (`gc: false`), says the same. Empty for a key that was never written.
 */
export function headsOf(doc: Doc, root: string, key: string): Item[] {
  const current = doc.share.get(root)?._map.get(key);
  if (!current) return [];
  if (isLine(current)) return [current];
  const chain = chainOf(current);
  const origins = new Set<string>();
  for (const { origin } of chain) if (origin) origins.add(`${origin.client}-${origin.clock}`);
  const name = otherRoot(root, key);
  return chain.filter((item) => {
    // What the document shows counts in any case: a rebuild may have changed the order of what was settled.
    if (item === current) return true;
    const id = structKey(item);
    if (origins.has(id)) return false;
    const marks = marksOn(doc, name, id);
    const backs = marks.filter(({ value }) => value === true);
    const nulls = marks.filter(({ value }) => value === null);
    return nulls.every((mark) => backs.some((back) => takesBack(doc, chain, nulls, back, mark)));
  });
}

/** Whether each value under a key was written with the one before it in view, so that the current one alone counts. */
export function isLine(current: Item): boolean {
  for (let item = current; ; item = item.left) {
    if (item.left === null) return item.origin === null;
    if (!isSame(item.origin, item.left.lastId)) return false;
  }
}

/** The same of the `count` items a transaction brought, upon the one that was current before: `known` are clocks before it. */
export function isLineUpon(current: Item, known: ReadonlyMap<number, number>, count: number): boolean {
  let left = count;
  for (let item: Item | null = current; item; item = item.left) {
    if (item.id.clock < (known.get(item.id.client) ?? 0)) break;
    if (item.left === null ? item.origin !== null : !isSame(item.origin, item.left.lastId)) return false;
    left--;
  }
  return left === 0;
}

/** Everything under a key, from the current item leftwards. */
export function chainOf(current: Item): Item[] {
  const chain: Item[] = [];
  for (let item: Item | null = current; item; item = item.left) chain.push(item);
  return chain;
}

/** What was ever written beside a key for one struct, also what was replaced or deleted since; in no particular order. */
export function marksOn(doc: Doc, otherName: string, id: string): Mark[] {
  const current = doc.share.get(otherName)?._map.get(id);
  if (!current) return [];
  const marks: Mark[] = [];
  for (const { id: first, content } of chainOf(current)) {
    const values: readonly unknown[] = content instanceof ContentAny ? content.arr : [];
    for (const [index, value] of values.entries())
      if (value === null || value === true)
        marks.push({ client: first.client, clock: first.clock + index, value });
  }
  return marks;
}

/**
 * Whether `back` was written to take `mark` back: by the same client id, or, where a rebuild has given its author another one
 * in between, by an edit that goes back to the choice the mark belongs to.
 */
function takesBack(
  doc: Doc,
  chain: readonly Item[],
  nulls: readonly Mark[],
  back: Mark,
  mark: Mark,
): boolean {
  if (mark.client === back.client) return mark.clock < back.clock;
  if (nulls.some(({ client, clock }) => client === back.client && clock < back.clock)) return false;
  return mark.client === chooserBefore(doc, chain, nulls, back);
}

function chooserBefore(
  doc: Doc,
  chain: readonly Item[],
  nulls: readonly Mark[],
  { client, clock }: Mark,
): number | null {
  let edit: Item | null = null;
  for (const item of chain)
    if (item.id.client === client && item.id.clock < clock && item.id.clock >= (edit?.id.clock ?? 0))
      edit = item;
  while (edit?.origin) {
    const { origin }: Item = edit;
    if (nulls.some((mark) => mark.client === origin.client)) return origin.client;
    const before: unknown = getItem(doc.store, origin);
    edit = before instanceof Item ? before : null;
  }
  return null;
}

function isSame(a: ID | null, b: ID): boolean {
  return a !== null && a.client === b.client && a.clock === b.clock;
}
