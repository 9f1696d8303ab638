import {
  applyUpdate,
  convertUpdateFormatV2ToV1,
  decodeUpdate,
  Doc,
  encodeStateAsUpdateV2,
  type Item,
} from 'yjs';
import { compactUpdate, expandUpdate, readUpdate } from '@rukun/core/documents';
import { seededRandom } from '../support/seeded-random.ts';
import { hostileNumber, joined, mutate, mutateColumns, varUint } from './mutations.ts';
import { randomUpdates, type Chance } from './random-documents.ts';
import type { FuzzTarget, Tally } from './fuzz-run.ts';

const MOST_BYTES = 512 * 1024;
const INPUTS_OF_A_POOL = 4000;

interface Pool {
  readonly number: number;
  readonly v1: readonly Uint8Array[];
  readonly v2: readonly Uint8Array[];
}

/** The reader of V1 and the expander of V2 against hostile bytes; what they take is compared with what Yjs makes of it. */
export class FormatFuzz implements FuzzTarget {
  readonly name = 'formats';
  readonly #seed: number;
  #pool: Pool | null = null;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Input `index`; the same for the same seed. */
  input(index: number): { readonly bytes: Uint8Array; readonly format: 'v1' | 'v2' } {
    const pool = this.#poolOf(index);
    const chance = seededRandom(this.#seed * 7919 + index * 31 + 1);
    const format = chance.next() < 0.5 ? 'v1' : 'v2';
    const list = pool[format];
    const [bytes, other] = [chance.pick(list), chance.pick(list)];
    const kind = chance.next();
    if (kind < 0.05) return { bytes: noise(chance), format };
    if (kind < 0.1) return { bytes, format };
    return format === 'v2' && kind < 0.6
      ? { bytes: mutateColumns(chance, bytes, other), format }
      : { bytes: mutate(chance, bytes, other), format };
  }

  run(index: number, tally: Tally): void {
    const { bytes, format } = this.input(index);
    const outcome = tally.timed(() =>
      format === 'v1' ? readUpdate(bytes) : expandUpdate(bytes, MOST_BYTES),
    );
    if (!outcome.ok) {
      tally.count(`${format} ${outcome.failure.code}`);
      return;
    }
    tally.count(`${format} accepted`);
    if (format === 'v1') readAsYjsDoes(bytes);
    else expandedAsYjsDoes(bytes);
  }

  #poolOf(index: number): Pool {
    const number = Math.floor(index / INPUTS_OF_A_POOL);
    if (this.#pool?.number !== number) {
      const v1 = randomUpdates(seededRandom(this.#seed * 104_729 + number));
      this.#pool = { number, v1, v2: v1.flatMap((update) => [compactUpdate(update), asYjsKeepsIt(update)]) };
    }
    return this.#pool;
  }
}

/** V2 as a document encodes itself, which is not what a conversion writes. */
function asYjsKeepsIt(update: Uint8Array): Uint8Array {
  const doc = new Doc({ gc: false });
  applyUpdate(doc, update);
  return encodeStateAsUpdateV2(doc);
}

function noise(chance: Chance): Uint8Array {
  if (chance.next() < 0.5) return chance.bytes(chance.below(60));
  return joined(...Array.from({ length: chance.below(30) }, () => varUint(hostileNumber(chance))));
}

function readAsYjsDoes(bytes: Uint8Array): void {
  const read = readUpdate(bytes);
  if (!read.ok) throw new Error('read once, and not the second time');
  const yjs = decodeUpdate(bytes);
  const ours = read.value.blocks.flatMap(({ structs }) => structs);
  if (ours.length !== yjs.structs.length) throw new Error('Yjs reads another number of structs');
  for (const [index, struct] of ours.entries()) {
    const theirs = yjs.structs[index] as Item;
    const isSame =
      theirs.id.client === struct.client &&
      theirs.id.clock === struct.clock &&
      theirs.length === struct.length &&
      (theirs.origin?.clock ?? null) === (struct.origin?.clock ?? null) &&
      (theirs.origin?.client ?? null) === (struct.origin?.client ?? null) &&
      (theirs.parentSub ?? null) === struct.key &&
      ((theirs.parent as unknown) ?? null) === struct.root;
    if (!isSame) throw new Error(`Yjs reads struct ${index} otherwise`);
  }
  const ranges = [...yjs.ds.clients.values()].reduce((sum, list) => sum + list.length, 0);
  if (ranges !== read.value.deletes.length) throw new Error('Yjs reads another number of delete ranges');
}

function expandedAsYjsDoes(bytes: Uint8Array): void {
  const expanded = expandUpdate(bytes, MOST_BYTES);
  if (!expanded.ok) throw new Error('expanded once, and not the second time');
  if (!Buffer.from(expanded.value).equals(convertUpdateFormatV2ToV1(bytes)))
    throw new Error('Yjs expands it to other bytes');
  const read = readUpdate(expanded.value);
  if (!read.ok && read.failure.code !== 'too-large') throw new Error('what was expanded cannot be read');
}
