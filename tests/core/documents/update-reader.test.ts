import { describe, expect, it } from 'vitest';
import * as encoding from 'lib0/encoding';
import { decodeUpdate, Doc, encodeStateAsUpdate, Item, type GC, type Skip } from 'yjs';
import { BOUNDS, readUpdate } from '@rukun/core/documents';
import { randomUpdates } from '../../fuzz/random-documents.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const HUGE = 2 ** 53 - 1;

const bytes = (...numbers: (number | string | Uint8Array)[]) =>
  encoding.encode((out) => {
    for (const each of numbers) {
      if (typeof each === 'number') encoding.writeVarUint(out, each);
      else if (typeof each === 'string') encoding.writeVarString(out, each);
      else encoding.writeUint8Array(out, each);
    }
  });

/** One struct with content of a kind, at `answers/303`, client 1, clock 0. */
const one = (kind: number, ...content: (number | string | Uint8Array)[]) =>
  bytes(1, 1, 1, 0, kind | 32, 1, 'answers', '303', ...content, 0);

const nested = (depth: number) => {
  const value = new Uint8Array(depth * 2 + 1);
  for (let level = 0; level < depth; level++) value.set([117, 1], level * 2);
  value[depth * 2] = 126;
  return value;
};

const code = (update: Uint8Array) => {
  const read = readUpdate(update);
  return read.ok ? 'read' : read.failure.code;
};

describe('what Yjs writes', () => {
  it(`[GT1] reads the same structs and deletions as Yjs, from seed ${SEED}`, () => {
    for (let seed = SEED; seed < SEED + 40; seed++) {
      for (const update of randomUpdates(seededRandom(seed))) {
        const read = readUpdate(update);
        if (!read.ok) throw new Error(`seed ${seed}: ${read.failure.code}`);
        const yjs = decodeUpdate(update);
        const structs = read.value.blocks.flatMap((block) => block.structs);
        expect(
          structs.map(({ kind, client, clock, length, origin, root, key }) => [
            kind,
            client,
            clock,
            length,
            origin && { ...origin },
            root,
            key,
          ]),
          `seed ${seed}`,
        ).toEqual(yjs.structs.map(seenByYjs));
        const ranges = [...yjs.ds.clients].flatMap(([client, list]) =>
          list.map(({ clock, len }) => ({ client, clock, end: clock + len })),
        );
        expect(read.value.deletes).toEqual(ranges);
      }
    }
  });
});

function seenByYjs(struct: Item | GC | Skip): unknown[] {
  const { client, clock } = struct.id;
  if (!(struct instanceof Item)) return ['skip', client, clock, struct.length, null, null, null];
  const kind = struct.content.constructor.name === 'ContentDeleted' ? 'deleted' : 'values';
  const origin = struct.origin && { client: struct.origin.client, clock: struct.origin.clock };
  return [kind, client, clock, struct.length, origin, struct.parent, struct.parentSub];
}

describe('what is not read, and costs nothing', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'malformed'],
    ['[GT2] 10^7 structs claimed in seven bytes', bytes(1, 10_000_000, 1, 0), 'malformed'],
    ['[GT2] 2^53 - 1 structs claimed', bytes(1, HUGE, 1, 0), 'malformed'],
    ['[GT2] 2^53 - 1 client ids claimed', bytes(HUGE), 'too-large'],
    ['[GT2] 2^40 values claimed', one(8, 2 ** 40), 'malformed'],
    ['[GT2] 2^31 - 1 values claimed', one(8, 2 ** 31 - 1), 'malformed'],
    ['[GT2] 2^53 - 1 delete ranges claimed', bytes(0, 1, 1, HUGE), 'malformed'],
    ['[GT2] a text longer than the bytes', one(8, 1, Uint8Array.of(119), 2 ** 40), 'malformed'],
    ['[GT2] an array longer than the bytes', one(8, 1, Uint8Array.of(117), 2 ** 40), 'malformed'],
    ['[GT3] clock 2^53 - 1', bytes(1, 1, 1, HUGE, 33, 1, 'answers', '303', 1, 0), 'malformed'],
    ['[GT3] client id 2^53 - 1', bytes(1, 1, HUGE, 0, 33, 1, 'answers', '303', 1, 0), 'malformed'],
    ['[GT3] client id 2^32', bytes(1, 1, 2 ** 32, 0, 33, 1, 'answers', '303', 1, 0), 'malformed'],
    ['[GT3] deleted content of length 2^52', one(1, 2 ** 52), 'malformed'],
    ['[GT3] deleted content of length zero', one(1, 0), 'malformed'],
    ['[GT3] a GC of length zero', bytes(1, 1, 1, 0, 0, 0, 0), 'malformed'],
    ['[GT3] a skip of length zero', bytes(1, 1, 1, 0, 10, 0, 0), 'malformed'],
    ['[GT3] clocks that run over 2^31 together', bytes(1, 2, 1, 2 ** 31 - 2, 10, 1, 10, 1, 0), 'malformed'],
    ['[GT3] a delete range beyond 2^31', bytes(0, 1, 1, 1, 2 ** 31 - 1, 2), 'malformed'],
    ['[GT3] an empty delete range', bytes(0, 1, 1, 1, 0, 0), 'malformed'],
    ['[GT3] a number that never ends', new Uint8Array(100).fill(128), 'malformed'],
    ['[GT4] a client id twice', bytes(2, 1, 1, 0, 10, 1, 1, 1, 1, 10, 1, 0), 'malformed'],
    ['[GT4] a delete set with a client id twice', bytes(0, 2, 1, 1, 0, 1, 1, 1, 1, 1), 'malformed'],
    ['[GT4] a block without structs', bytes(1, 0, 1, 0, 0), 'malformed'],
    ['[GT4] bytes left over', bytes(0, 0, 0), 'malformed'],
    ['[GT4] a skip with flags', bytes(1, 1, 1, 0, 128 | 10, 1, 0), 'malformed'],
    ['[GT4] a kind of content nobody knows', one(11, 1), 'malformed'],
    ['[GT4] text that is not UTF-8', one(8, 1, Uint8Array.of(119, 1, 255)), 'malformed'],
    ['[GT5] a GC struct', bytes(1, 1, 1, 0, 0, 1_000_000, 0), 'bad-content'],
    ['[GT5] JSON content', one(2, 1, '1'), 'bad-content'],
    ['[GT5] binary content', one(3, Uint8Array.of(1, 0)), 'bad-content'],
    ['[GT5] text content', one(4, 'x'), 'bad-content'],
    ['[GT5] an embed', one(5, '{}'), 'bad-content'],
    ['[GT5] a format', one(6, 'bold', 'true'), 'bad-content'],
    ['[GT5] a nested type', one(7, 1), 'bad-content'],
    ['[GT5] a subdocument', one(9, 'guid', Uint8Array.of(118, 0)), 'bad-content'],
    ['[GT5] an item of a list', bytes(1, 1, 1, 0, 8, 1, 'list', 1, Uint8Array.of(126), 0), 'bad-content'],
    [
      '[GT5] an item inside another',
      bytes(1, 1, 1, 0, 8 | 32, 0, 1, 0, 'k', 1, Uint8Array.of(126), 0),
      'bad-content',
    ],
    [
      '[GT5] an item with a right neighbour',
      bytes(1, 1, 1, 0, 8 | 64, 1, 0, 1, Uint8Array.of(126), 0),
      'bad-content',
    ],
    ['[GT6] values nested 5,000 deep', one(8, 1, nested(5000)), 'bad-content'],
    ['[GT6] values nested one deeper than allowed', one(8, 1, nested(BOUNDS.depth + 1)), 'bad-content'],
    ['[GT6] a key __proto__ in a value', one(8, 1, bytes(118, 1, '__proto__', 126)), 'malformed'],
  ])('%s', (_, update, expected) => {
    expect(code(update)).toBe(expected);
  });

  it('[GT6] values nested as deep as allowed are read', () => {
    expect(code(one(8, 1, nested(BOUNDS.depth)))).toBe('read');
  });

  it('[GT2] more structs, values and ranges than one update may hold, each kind of them', () => {
    const doc = new Doc();
    doc.transact(() => {
      for (let key = 0; key <= BOUNDS.pieces; key++) doc.getMap('answers').set(`k${key}`, 1);
    });
    const update = encodeStateAsUpdate(doc);
    expect(code(update)).toBe('too-large');
    expect(readUpdate(update, BOUNDS.pieces * 2).ok).toBe(true);
    const nulls = new Uint8Array(BOUNDS.pieces + 1).fill(126);
    expect(code(one(8, nulls.length, nulls))).toBe('too-large');
    const ranges = Array.from({ length: BOUNDS.pieces + 1 }, (_, index) => [index * 2, 1]).flat();
    expect(code(bytes(0, 1, 1, BOUNDS.pieces + 1, ...ranges))).toBe('too-large');
  });

  it('[GT2] more client ids than one update may hold', () => {
    const clients = BOUNDS.clients + 1;
    const blocks = Array.from({ length: clients }, (_, client) => [1, client, 0, 10, 1]).flat();
    expect(code(bytes(clients, ...blocks, 0))).toBe('too-large');
  });
});
