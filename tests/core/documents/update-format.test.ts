import { describe, expect, it } from 'vitest';
import * as encoding from 'lib0/encoding';
import { convertUpdateFormatV2ToV1, Doc, encodeStateAsUpdate, encodeStateAsUpdateV2 } from 'yjs';
import { compactUpdate, expandUpdate } from '@rukun/core/documents';
import { randomUpdates } from '../../fuzz/random-documents.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const MOST = 512 * 1024;
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);

const COLUMNS = [
  'keyClocks',
  'clients',
  'leftClocks',
  'rightClocks',
  'infos',
  'texts',
  'parentInfos',
  'typeRefs',
  'lengths',
] as const;

/** A V2 update by hand: the columns that are named, the rest empty. */
function forged(columns: Partial<Record<(typeof COLUMNS)[number], number[]>>, rest: number[]): Uint8Array {
  return encoding.encode((out) => {
    encoding.writeVarUint(out, 0);
    for (const name of COLUMNS)
      encoding.writeVarUint8Array(out, Uint8Array.from(columns[name] ?? (name === 'texts' ? [0] : [])));
    encoding.writeUint8Array(out, Uint8Array.from(rest));
  });
}

const varUint = (value: number) => [...encoding.encode((out) => encoding.writeVarUint(out, value))];
const code = (update: Uint8Array, most = MOST) => {
  const expanded = expandUpdate(update, most);
  return expanded.ok ? 'expanded' : expanded.failure.code;
};

describe('what Yjs writes', () => {
  it(`[GT20] expands to the very bytes Yjs makes of it, from seed ${SEED}`, () => {
    for (let seed = SEED; seed < SEED + 60; seed++) {
      for (const update of randomUpdates(seededRandom(seed))) {
        const compact = compactUpdate(update);
        const expanded = expandUpdate(compact, MOST);
        if (!expanded.ok) throw new Error(`seed ${seed}: ${expanded.failure.code}`);
        expect(Buffer.from(expanded.value).equals(convertUpdateFormatV2ToV1(compact)), `seed ${seed}`).toBe(
          true,
        );
      }
    }
  });

  it('[GT20] expands an empty update and one that only deletes', () => {
    const doc = new Doc();
    expect(expandUpdate(encodeStateAsUpdateV2(doc), MOST)).toEqual({ ok: true, value: Uint8Array.of(0, 0) });
    const deletes = Uint8Array.of(0, 1, 9, 1, 3, 4);
    expect(expandUpdate(compactUpdate(deletes), MOST)).toEqual({ ok: true, value: deletes });
  });
});

describe('what only somebody hostile writes', () => {
  it('[GT21] a run of a billion structs in a few bytes is refused before it costs anything', () => {
    // One block of 2^40 structs under client 1, each ContentDeleted of length 1 with an origin: two bytes a column.
    const many = varUint(2 ** 40);
    const bomb = forged(
      { clients: [64, ...many], leftClocks: [1, ...many], infos: [129], lengths: [65, ...many] },
      [1, ...many, 0, 0],
    );
    expect(bomb.byteLength).toBeLessThan(60);
    expect(code(bomb)).toBe('too-large');
    const gc = forged({ clients: [1], infos: [0], lengths: [65, ...many] }, [1, ...many, 0, 0]);
    expect(gc.byteLength).toBeLessThan(40);
    expect(code(gc)).toBe('bad-content');
  });

  it('[GT21] a value count nobody sent values for is malformed', () => {
    const claim = forged(
      {
        clients: [1],
        infos: [8 | 32],
        texts: [4, ...Buffer.from('rkey'), 1, 3],
        parentInfos: [1],
        lengths: varUint(2 ** 20),
      },
      [1, 1, 0],
    );
    expect(code(claim)).not.toBe('expanded');
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'malformed'],
    ['another feature flag', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 'malformed'],
    ['a column beyond the end', Uint8Array.of(0, 0, 200, 1), 'malformed'],
    ['a block without structs', forged({}, [1, 0, 0, 0]), 'malformed'],
    ['a client column that has run out', forged({ infos: [129], lengths: [1] }, [1, 1, 0, 0]), 'malformed'],
    ['a column nobody reads', forged({ lengths: [1] }, [0, 0]), 'malformed'],
    ['bytes left over', forged({}, [0, 0, 0]), 'malformed'],
    ['more client ids than one update may have', forged({}, [...varUint(2 ** 30)]), 'too-large'],
    ['a skip of length zero', forged({ clients: [1], infos: [10] }, [1, 1, 0, 0, 0]), 'malformed'],
    ['a delete set that is not in order', forged({}, [0, 2, 1, 1, 0, 0, 2, 1, 0, 0]), 'malformed'],
    ['a clock beyond 2^31', forged({}, [0, 1, 1, 1, ...varUint(2 ** 31), 0]), 'malformed'],
  ])('[GT23] %s', (_, update, expected) => {
    expect(code(update)).toBe(expected);
  });

  it('[GT22] lists, text and nested types are bad content', () => {
    const doc = new Doc();
    doc.getText('t').insert(0, 'x');
    expect(code(encodeStateAsUpdateV2(doc))).toBe('bad-content');
    const list = new Doc();
    list.getArray('t').push([1]);
    expect(code(encodeStateAsUpdateV2(list))).toBe('bad-content');
  });

  it('[GT20] never writes more than it was allowed to', () => {
    const doc = new Doc();
    for (let key = 0; key < 100; key++) doc.getMap('answers').set(`k${key}`, 'x'.repeat(50));
    const v1 = encodeStateAsUpdate(doc);
    const compact = compactUpdate(v1);
    expect(code(compact, v1.byteLength)).toBe('expanded');
    expect(code(compact, v1.byteLength - 1)).toBe('too-large');
    expect(code(compact, 0)).toBe('too-large');
  });
});
