import type { Item } from 'yjs';
import { BOUNDS } from '../../documents/bounds.ts';
import type { ClientBlock, UpdateStruct } from '../../documents/update-reader.ts';
import { fail, ok, type Result } from '../../foundation/index.ts';
import type { Scratch } from './scratch.ts';
import type { Place } from './writes.ts';

/** A new struct, and where it stands. */
export interface PlacedStruct {
  readonly struct: UpdateStruct;
  readonly place: Place;
}

/** A key, and what the update brings there. */
interface BusyPlace extends Place {
  structs: number;
  /** Structs that follow another than the one placed before them. */
  branches: number;
  /** Items in the document that Yjs may have to look past for those. */
  beside: number;
  last: UpdateStruct | null;
}

/** A client id's structs, how far they are placed, the place of each, and how many values run up to here. */
interface Line {
  readonly block: ClientBlock;
  readonly places: BusyPlace[];
  next: number;
  run: number;
}

/** What a step along the values beside each other costs, in values copied. */
const STEP = 10;
/** What one more answer beside another may cost. */
const BESIDE = 500;

/**
 * Puts new structs in an order in which each follows what it builds on, and says where each stands. `resync` where
 * something is missing, `malformed` where structs build on themselves, `bad-content` where one follows what stands in no
 * root map, `too-large` where Yjs would need longer than {@link BOUNDS} allows. Yjs does not see the update.
 */
export function placeStructs(scratch: Scratch, blocks: readonly ClientBlock[]): Result<PlacedStruct[]> {
  return new Causes(scratch, blocks).run();
}

class Causes {
  readonly #scratch: Scratch;
  readonly #lines = new Map<number, Line>();
  readonly #waiting = new Map<number, { readonly line: Line; readonly clock: number }[]>();
  readonly #roots = new Map<string, Map<string, BusyPlace>>();
  readonly #placed: PlacedStruct[] = [];
  #copies = 0;

  constructor(scratch: Scratch, blocks: readonly ClientBlock[]) {
    this.#scratch = scratch;
    for (const block of blocks) this.#lines.set(block.client, { block, places: [], next: 0, run: 0 });
  }

  run(): Result<PlacedStruct[]> {
    const ready = [...this.#lines.values()].reverse();
    for (let line = ready.pop(); line; line = ready.pop()) {
      const failure = this.#advance(line);
      if (failure) return failure;
      this.#wake(line, ready);
    }
    const isComplete = [...this.#lines.values()].every(({ block, next }) => next === block.structs.length);
    if (!isComplete) return fail('resync');
    return this.#work() > BOUNDS.work ? fail('too-large') : ok(this.#placed);
  }

  /** Places structs of one client id until one builds on what is not there yet. */
  #advance(line: Line): Result<never> | null {
    const { structs } = line.block;
    for (let struct = structs[line.next]; struct; struct = structs[++line.next]) {
      const { origin } = struct;
      if (origin && origin.client === struct.client && origin.clock >= struct.clock) return fail('malformed');
      if (origin && origin.clock >= this.#clockOf(origin.client)) {
        this.#waitFor(origin.client, origin.clock, line);
        return null;
      }
      const place = this.#placeOf(struct);
      if (place === null) return fail('bad-content');
      this.#note(line, struct, place);
      line.places.push(place);
      this.#placed.push({ struct, place });
    }
    return null;
  }

  #waitFor(client: number, clock: number, line: Line): void {
    const list = this.#waiting.get(client);
    if (list) list.push({ line, clock });
    else this.#waiting.set(client, [{ line, clock }]);
  }

  #wake({ block }: Line, ready: Line[]): void {
    const list = this.#waiting.get(block.client);
    if (!list) return;
    const reached = this.#clockOf(block.client);
    const still = list.filter(({ clock }) => clock >= reached);
    for (const { line, clock } of list) if (clock < reached) ready.push(line);
    this.#waiting.set(block.client, still);
  }

  /** How far a client id's structs are known or placed. */
  #clockOf(client: number): number {
    const line = this.#lines.get(client);
    if (!line) return this.#scratch.clockOf(client);
    return line.block.structs[line.next]?.clock ?? line.block.end;
  }

  #placeOf({ origin, root, key }: UpdateStruct): BusyPlace | null {
    if (origin === null) return root === null || key === null ? null : this.#busy(root, key);
    const line = this.#lines.get(origin.client);
    if (line && origin.clock >= line.block.clock) return placeAt(line, origin.clock);
    const found = this.#scratch.find(origin);
    return found && this.#busy(found.root, found.key);
  }

  #busy(root: string, key: string): BusyPlace {
    let keys = this.#roots.get(root);
    if (!keys) this.#roots.set(root, (keys = new Map<string, BusyPlace>()));
    let place = keys.get(key);
    if (!place) keys.set(key, (place = { root, key, structs: 0, branches: 0, beside: 0, last: null }));
    return place;
  }

  #note(line: Line, struct: UpdateStruct, place: BusyPlace): void {
    const before = line.block.structs[line.next - 1];
    const goesOn = before !== undefined && line.places.at(-1) === place && follows(struct, before);
    line.run = struct.length + (goesOn ? line.run : 0);
    this.#copies += line.run;
    if (place.last === null || !follows(struct, place.last)) {
      place.branches++;
      place.beside += this.#beside(struct, place);
    }
    place.structs++;
    place.last = struct;
  }

  /** At most what Yjs has to do: join the runs, and look past everything beside a struct that is not the next one. */
  #work(): number {
    let work = this.#copies;
    for (const keys of this.#roots.values())
      for (const { branches, structs, beside } of keys.values())
        work += STEP * (branches * structs + beside) + BESIDE * Math.max(0, branches - 1);
    return work;
  }

  /** How many items stand to the right of what a struct names as its origin, before this update. */
  #beside({ origin }: UpdateStruct, { root, key }: Place): number {
    const most = BOUNDS.work / STEP;
    let count = 0;
    if (origin === null) {
      for (let item = this.#scratch.current(root, key); item && count < most; item = item.left) count++;
      return count;
    }
    if (origin.clock >= this.#scratch.clockOf(origin.client)) return 0;
    let item: Item | null = this.#scratch.find(origin)?.item.right ?? null;
    for (; item && count < most; item = item.right) count++;
    return count;
  }
}

/** Whether its author saw the last value of the other as the current one. */
function follows({ origin }: UpdateStruct, { client, clock, length }: UpdateStruct): boolean {
  return origin !== null && origin.client === client && origin.clock === clock + length - 1;
}

/** The place of the struct of a line that holds a clock. */
function placeAt({ block, places }: Line, clock: number): BusyPlace | null {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((block.structs[middle]?.clock ?? Infinity) <= clock) low = middle;
    else high = middle - 1;
  }
  return places[low] ?? null;
}
