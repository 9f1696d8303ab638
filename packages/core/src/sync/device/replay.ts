import { applyUpdate, ContentAny, createID, decodeUpdate, Doc, getItem, getState, Item, type ID } from 'yjs';
import type { ErasedPlaces } from '../../documents/erased.ts';
import { isRemoval, lastAnswers } from '../../documents/removal.ts';
import { parseStructKey } from '../../documents/structs.ts';
import { OTHER_PREFIX, otherRoot, type InstantMs, type Random } from '../../foundation/index.ts';
import { MovedStructs, type MovedRun } from './moved-structs.ts';
import {
  clientBeside,
  encodeItems,
  freshClient,
  isRefused,
  mapItem,
  placeOf,
  type Place,
} from './replay-structs.ts';

/** One transaction as it was written. */
interface Written {
  readonly update: Uint8Array;
  readonly at: InstantMs;
  /** A document it was applied to, where `known` and the other rows do not say what it means. */
  readonly view?: Doc;
  /** `<root>/<key>` of what to leave out; empty: all of it. Absent: nothing. */
  readonly refused?: readonly string[];
}

export interface Replayed {
  readonly rows: readonly { readonly update: Uint8Array; readonly at: InstantMs }[];
  readonly moved: readonly MovedRun[];
  /** What was left out, the last value of each path; entries that only settle others are not listed. */
  readonly refused: readonly {
    readonly path: string;
    readonly value: unknown;
    readonly standing: unknown;
    readonly at: InstantMs;
  }[];
}

const REPLAY = Symbol('replay');

/**
 * Writes `unsent` anew upon `known`, under fresh client ids (one for each there was: two tabs are two authors) and transaction
 * by transaction, leaving out what was refused. Every item keeps the origin it had, so that the relay sees what its author had
 * in view; where the origin was left out, the origin of that one takes its place. `moved`: what earlier rebuilds wrote anew, for
 * edits that come late. `erased`: what is closed in `known`; what is about that is left out.
 */
export function replay(
  known: readonly Uint8Array[],
  unsent: readonly Written[],
  random: Random,
  moved: readonly MovedRun[] = [],
  erased: ErasedPlaces | null = null,
): Replayed {
  const whole = new Doc({ gc: false });
  for (const update of [...known, ...unsent.map((row) => row.update)]) applyUpdate(whole, update);
  const base = new Doc({ gc: false });
  for (const update of known) applyUpdate(base, update);
  return new Replay(whole, base, random, new MovedStructs(moved), erased).all(unsent);
}

/** What was left out of a row. */
interface LeftOut {
  readonly place: Place;
  readonly origin: ID | null;
  readonly last: ID;
}

class Replay {
  readonly #whole: Doc;
  readonly #base: Doc;
  readonly #random: Random;
  /** Client id there was → the one it is written under now, and that one's next clock. */
  readonly #clients = new Map<number, { readonly client: number; clock: number }>();
  readonly #moved: MovedStructs;
  readonly #erased: ErasedPlaces | null;
  /** Remarks on what was erased: no key of them is written. */
  readonly #closedRemarks = new Set<string>();
  /** What was left out of the row at hand. */
  #leftOfRow: LeftOut[] = [];
  /** Struct that was left out → what it had settled, and what it had replaced. */
  readonly #leftOut = new Map<string, { readonly settled: readonly string[]; readonly origin: ID | null }>();
  /** The client id there was of each one now. */
  readonly #former = new Map<number, number>();
  readonly #left = new Map<string, { value: unknown; at: InstantMs }>();
  /** Clocks of each client id that `known` reaches to: structs below are no news. */
  readonly #known: ReadonlyMap<number, number>;

  constructor(whole: Doc, base: Doc, random: Random, moved: MovedStructs, erased: ErasedPlaces | null) {
    this.#erased = erased;
    this.#moved = moved;
    this.#whole = whole;
    this.#base = base;
    this.#random = random;
    this.#known = new Map([...base.store.clients.keys()].map((each) => [each, getState(base.store, each)]));
  }

  all(unsent: readonly Written[]): Replayed {
    const rows = unsent.flatMap((row) => this.#row(row) ?? []);
    const refused = [...this.#left].map(([path, { value, at }]) => {
      const slash = path.lastIndexOf('/');
      const standing: unknown = this.#base.share.has(path.slice(0, slash))
        ? (this.#base.getMap(path.slice(0, slash)).get(path.slice(slash + 1)) ?? null)
        : null;
      return { path, value, standing, at };
    });
    return { rows, refused, moved: this.#moved.runs() };
  }

  #row(row: Written): Replayed['rows'][number] | null {
    const { update, at } = row;
    const items: Item[] = [];
    this.#leftOfRow = [];
    const { structs } = decodeUpdate(update);
    this.#findClosedRemarks(structs);
    for (const struct of structs) {
      const item = struct instanceof Item ? this.#item(struct, row) : null;
      if (!item) continue;
      items.push(item);
      if (struct instanceof Item) items.push(...this.#inherited(struct, item));
    }
    for (const left of this.#leftOfRow) if (!left.place.root.startsWith(OTHER_PREFIX)) this.#leave(left);
    items.push(...this.#viewsOf(items));
    if (items.length === 0) return null;
    const written: Uint8Array[] = [];
    const capture = (bytes: Uint8Array) => written.push(bytes);
    this.#base.on('update', capture);
    applyUpdate(this.#base, encodeItems(items), REPLAY);
    this.#base.off('update', capture);
    const [first] = written;
    if (!first) throw new Error('a replayed row that wrote nothing');
    return { update: first, at };
  }

  /** The item as it is written anew; null where it is left out or no news. */
  #item(struct: Item, { at, view, refused }: Written): Item | null {
    const { client, clock } = struct.id;
    const offset = Math.max(0, (this.#known.get(client) ?? 0) - clock);
    if (offset >= struct.length || !(struct.content instanceof ContentAny)) return null;
    const values = struct.content.arr.slice(offset) as unknown[];
    const place = placeOf(struct, view ?? this.#whole);
    const origin = offset > 0 ? createID(client, clock + offset - 1) : this.#origin(struct.origin, place);
    const key = place && this.#keyNow(place);
    const isGone = place !== null && this.#isErased(struct, place, values.at(-1));
    if (!place || key === null || isGone || (refused && isRefused(place, refused))) {
      for (let index = offset; index < struct.length; index++)
        this.#moved.set(createID(client, clock + index), origin);
      if (place) this.#leftOfRow.push({ place, origin: struct.origin, last: struct.lastId });
      const isListed = place !== null && !place.root.startsWith(OTHER_PREFIX);
      if (isListed) this.#left.set(`${place.root}/${place.key}`, { value: values.at(-1) ?? null, at });
      return null;
    }
    const now = this.#clientOf(client);
    this.#former.set(now.client, client);
    const start = now.clock;
    for (let index = offset; index < struct.length; index++)
      this.#moved.set(createID(client, clock + index), createID(now.client, now.clock++));
    return mapItem(createID(now.client, start), origin, place.root, key, values);
  }

  #findClosedRemarks(structs: readonly unknown[]): void {
    if (!this.#erased) return;
    for (const struct of structs) {
      if (!(struct instanceof Item) || !(struct.content instanceof ContentAny)) continue;
      const place = placeOf(struct, this.#whole);
      const value: unknown = struct.content.arr.at(-1);
      if (place?.root.startsWith('remark/') && this.#erased.refuses({ ...place, value, origin: 'new' }))
        this.#closedRemarks.add(place.root);
    }
  }

  /** Whether a value may bring back what was erased: its author knew of it only if what was in view then is there now. */
  #isErased(struct: Item, { root, key }: Place, value: unknown): boolean {
    if (!this.#erased) return false;
    if (this.#closedRemarks.has(root)) return true;
    const moved = struct.origin ? this.#moved.find(struct.origin) : null;
    const seen = moved === undefined ? struct.origin : moved;
    const isNew = seen !== null && this.#former.has(seen.client);
    const isKnown = seen !== null && seen.clock < (this.#known.get(seen.client) ?? 0);
    const found: unknown = isKnown && !isNew ? getItem(this.#base.store, seen) : null;
    return this.#erased.refuses({
      root,
      key,
      value,
      origin: isNew ? 'new' : found instanceof Item ? found : null,
    });
  }

  #leave({ place, origin, last }: LeftOut): void {
    const beside = otherRoot(place.root, place.key);
    const settled = this.#leftOfRow
      .filter((left) => left.place.root === beside)
      .map((left) => left.place.key);
    this.#leftOut.set(`${last.client}-${last.clock}`, { settled, origin });
  }

  /** Who wrote upon something that was left out had in view what that had settled: it is settled with this one. */
  #inherited(struct: Item, { id, parent, parentSub }: Item): Item[] {
    const marks: Item[] = [];
    const now = [...this.#clients.values()].find(({ client }) => client === id.client);
    const key = placeOf(struct, this.#whole)?.key ?? parentSub;
    const beside = otherRoot(parent as unknown as string, key ?? '');
    if (!now) return marks;
    for (let { origin } = struct; origin;) {
      const left = this.#leftOut.get(`${origin.client}-${origin.clock}`);
      if (!left) break;
      for (const settled of left.settled) {
        const name = this.#keyNow({ root: beside, key: settled });
        if (name !== null) marks.push(this.#mark(now, beside, name));
      }
      origin = left.origin;
    }
    return marks;
  }

  #mark(now: { readonly client: number; clock: number }, beside: string, name: string): Item {
    const there = this.#base.share.has(beside) && this.#base.getMap(beside)._map.get(name);
    return mapItem(createID(now.client, now.clock++), there ? there.lastId : null, beside, name, [null]);
  }

  /**
   * A client id of which a part is stored has become two: who takes a member out had in view what is stored of the own answers
   * and of those it names, and says so of both.
   */
  #viewsOf(items: readonly Item[]): Item[] {
    const views: Item[] = [];
    for (const { id, parent, parentSub, content } of items) {
      const root = parent as unknown as string;
      const isTakenOut = content instanceof ContentAny && content.arr.at(-1) !== null;
      if (parentSub === null || !isRemoval(root, parentSub) || !isTakenOut) continue;
      const now = [...this.#clients.values()].find(({ client }) => client === id.client);
      if (!now) continue;
      const beside = otherRoot(root, parentSub);
      const named = items.filter((item) => (item.parent as unknown as string) === beside);
      const clients = [id.client, ...named.map((item) => parseStructKey(item.parentSub ?? '')[0])];
      const formers = new Set(clients.map((client) => this.#former.get(client)));
      for (const last of lastAnswers(this.#base, root)) {
        if (!formers.has(last.client)) continue;
        views.push(this.#mark(now, beside, `${last.client}-${last.clock}`));
      }
    }
    return views;
  }

  /**
   * Entries beside an answer are keyed by structs: those of ours have moved. One that was left out gives way to what its author
   * had replaced with it, which was in view as well; null where that is nothing.
   */
  #keyNow({ root, key }: Place): string | null {
    if (!root.startsWith(OTHER_PREFIX)) return key;
    const [client, clock] = parseStructKey(key);
    const moved = this.#moved.find(createID(client, clock));
    if (moved === undefined) return key;
    return moved && this.#isThere(moved) ? `${moved.client}-${moved.clock}` : null;
  }

  /** Whether a struct is in the document that is built, or being written into it: a later rebuild may have left it out. */
  #isThere({ client, clock }: ID): boolean {
    return this.#former.has(client) || clock < getState(this.#base.store, client);
  }

  #clientOf(former: number): { readonly client: number; clock: number } {
    const known = this.#clients.get(former);
    if (known) return known;
    const used = [...this.#whole.store.clients.keys(), ...this.#base.store.clients.keys()];
    for (const { client } of this.#clients.values()) used.push(client);
    const client =
      clientBeside(former, used, this.#random) ?? freshClient(this.#random, this.#whole, this.#base);
    const fresh = { client, clock: 0 };
    this.#clients.set(former, fresh);
    return fresh;
  }

  #origin(origin: ID | null, place: Place | null): ID | null {
    if (origin === null) return null;
    const moved = this.#moved.find(origin);
    if (moved === null || (moved && this.#isThere(moved))) return moved;
    if (this.#isThere(origin)) return origin;
    // Its origin was written anew in an earlier rebuild, by this device: what stands there of ours is what it saw.
    const current =
      place && this.#base.share.has(place.root) && this.#base.getMap(place.root)._map.get(place.key);
    return current ? current.lastId : null;
  }
}
