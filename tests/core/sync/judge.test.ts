import { describe, expect, it } from 'vitest';
import { decodeUpdate, Doc, encodeStateAsUpdate, mergeUpdates, Map as YMap } from 'yjs';
import * as encoding from 'lib0/encoding';
import { judge, Scratch, type JudgeContext } from '@rukun/core/sync';

const RELAY_CLIENT = 7;

function context(overrides: Partial<JudgeContext> = {}): JudgeContext {
  return {
    device: 'phone',
    owner: () => null,
    relayClient: RELAY_CLIENT,
    mayWrite: () => null,
    isAnswer: (root) => root === 'answers',
    authorOf: () => ({ by: 'earlier', at: 1 }),
    authorOfNew: () => ({ by: 'author', at: 2 }),
    ...overrides,
  };
}

function author(client: number): { doc: Doc; updates: Uint8Array[] } {
  const doc = new Doc({ gc: false });
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  return { doc, updates };
}

function at(updates: readonly Uint8Array[], index: number): Uint8Array {
  const update = updates[index];
  if (!update) throw new Error('no such update');
  return update;
}

/** A V1 update by hand: one struct block and one delete range. */
function forged(write: (out: encoding.Encoder) => void): Uint8Array {
  return encoding.encode(write);
}

describe('what the commit path accepts', () => {
  it('[GT78] plain values in root maps, once; the same again is stored already', () => {
    const { doc, updates } = author(100);
    doc.getMap('answers').set('303', '2');
    const scratch = Scratch.open([]);
    expect(judge(scratch, at(updates, 0), context())).toEqual({
      verdict: 'accepted',
      advances: true,
      claims: [100],
      writes: [{ root: 'answers', key: '303', value: '2', client: 100, clock: 0 }],
      fresh: at(updates, 0),
      firstClocks: new Map([[100, 0]]),
      relayUpdate: null,
    });
    expect(judge(scratch, at(updates, 0), context({ owner: () => 'phone' }))).toMatchObject({
      advances: false,
    });
    expect(scratch.doc.getMap('answers').get('303')).toBe('2');
  });

  it('[GT78] a whole document sent again by a device that already sent part of it', () => {
    const { doc, updates } = author(100);
    doc.getMap('answers').set('303', '2');
    const scratch = Scratch.open([at(updates, 0)]);
    doc.getMap('answers').set('303', '4');
    const judged = judge(scratch, encodeStateAsUpdate(doc), context({ owner: () => 'phone' }));
    expect(judged).toMatchObject({ verdict: 'accepted', advances: true, claims: [], relayUpdate: null });
  });
});

describe('what it refuses, with a code, and nothing changed', () => {
  const { doc, updates } = author(100);
  doc.getMap('answers').set('301a', '1');
  doc.getMap('answers').set('303', '2');
  const stored = updates.slice();

  function refusal(update: Uint8Array, overrides: Partial<JudgeContext> = {}): unknown {
    const judged = judge(Scratch.open(stored), update, context({ owner: () => 'phone', ...overrides }));
    return judged.verdict === 'refused' ? judged.failure : 'accepted';
  }

  it('[GT79] bytes that are no update', () => {
    expect(refusal(new Uint8Array([255, 255, 255, 255, 255, 255]))).toEqual({ code: 'malformed' });
    expect(refusal(new Uint8Array())).toEqual({ code: 'malformed' });
  });

  it('[GT80] more than the limit', () => {
    expect(refusal(new Uint8Array(513 * 1024))).toEqual({ code: 'too-large' });
  });

  it("[GT81] structs under another device's client id, or the relay's", () => {
    const other = author(200);
    other.doc.getMap('answers').set('304', '1');
    expect(refusal(at(other.updates, 0), { owner: () => 'somebody-else' })).toEqual({
      code: 'foreign-client',
    });
    const relay = author(RELAY_CLIENT);
    relay.doc.getMap('answers').set('304', '1');
    expect(refusal(at(relay.updates, 0), { owner: () => null })).toEqual({ code: 'foreign-client' });
  });

  it('[GT81] structs under a client id that wrote here without an owner (prelist)', () => {
    doc.getMap('answers').set('305', '1');
    expect(refusal(at(updates, 2), { owner: () => null })).toEqual({ code: 'foreign-client' });
  });

  it('[GT82] what stands behind the last value of a run: all of it is looked at', () => {
    const { doc: other, updates: rows } = author(400);
    other.getMap('answers').set('303', { hidden: true });
    other.getMap('answers').set('303', '1');
    other.getMap('answers').set('303', '2');
    const run = encodeStateAsUpdate(other);
    expect(rows).toHaveLength(3);
    expect(refusal(run)).toEqual({ code: 'bad-content', paths: ['answers/303'] });
  });

  it('[GT83] a gap: the update before it is missing', () => {
    const { doc: later, updates: rows } = author(300);
    for (const value of ['1', '2', '3']) later.getMap('answers').set('304', value);
    expect(refusal(at(rows, 2))).toEqual({ code: 'resync' });
    expect(refusal(mergeUpdates([at(rows, 0), at(rows, 2)]))).toEqual({ code: 'resync' });
  });

  it('[GT50] a GC struct that would swallow what its owner writes later', () => {
    const gc = forged((out) => {
      encoding.writeVarUint(out, 1);
      encoding.writeVarUint(out, 1);
      encoding.writeVarUint(out, 400);
      encoding.writeVarUint(out, 0);
      encoding.writeUint8(out, 0);
      encoding.writeVarUint(out, 1_000_000);
      encoding.writeVarUint(out, 0);
    });
    expect(refusal(gc, { owner: () => null })).toEqual({ code: 'bad-content' });
  });

  it('[GT84] deletions of what is not there yet', () => {
    const deletes = forged((out) => {
      for (const number of [0, 1, 100, 1, 0, 50]) encoding.writeVarUint(out, number);
    });
    expect(refusal(deletes)).toEqual({ code: 'unknown-clock' });
  });

  it('[GT85] a key deleted instead of cleared, by name', () => {
    const scratch = Scratch.open(stored);
    const rows: Uint8Array[] = [];
    const mirror = Scratch.open(stored).doc;
    mirror.clientID = 500;
    mirror.on('update', (update: Uint8Array) => rows.push(update));
    mirror.getMap('answers').delete('303');
    expect(judge(scratch, at(rows, 0), context())).toEqual({
      verdict: 'refused',
      failure: { code: 'bad-content', paths: ['answers/303'] },
      isSpoiled: true,
    });
  });

  it('[GT86] nested types, lists, text and objects', () => {
    const nested = author(600);
    nested.doc.getMap('answers').set('x', new YMap());
    expect(refusal(at(nested.updates, 0), { owner: () => null })).toEqual({
      code: 'bad-content',
      paths: ['answers/x'],
    });
    const list = author(601);
    list.doc.getArray('members').push(['a']);
    expect(refusal(at(list.updates, 0), { owner: () => null })).toMatchObject({ code: 'bad-content' });
    const object = author(602);
    object.doc.getMap('answers').set('303', { forged: true });
    expect(refusal(at(object.updates, 0), { owner: () => null })).toMatchObject({ code: 'bad-content' });
  });

  it('[GT87] what the policy refuses, with its paths', () => {
    const failure = { code: 'forbidden', paths: ['answers/303'] } as const;
    const writer = author(700);
    writer.doc.getMap('answers').set('303', '9');
    expect(refusal(at(writer.updates, 0), { owner: () => null, mayWrite: () => failure })).toEqual(failure);
  });
});

describe('what is known already', () => {
  const { doc, updates } = author(100);
  for (const value of ['1', '2', '3', '4']) doc.getMap('answers').set('303', value);

  it('[GT10] is neither judged nor stored again: only what is new, also of a run', () => {
    const scratch = Scratch.open(updates.slice(0, 2));
    const judged = judge(scratch, encodeStateAsUpdate(doc), context({ owner: () => 'phone' }));
    if (judged.verdict === 'refused') throw new Error(judged.failure.code);
    expect(judged.writes.map(({ clock, value }) => [clock, value])).toEqual([
      [2, '3'],
      [3, '4'],
    ]);
    expect([...judged.firstClocks]).toEqual([[100, 2]]);
    expect(decodeUpdate(judged.fresh).structs.map(({ id }) => id.clock)).toEqual([2, 3]);
    const [replica, whole] = [Scratch.open([...updates.slice(0, 2), judged.fresh]), Scratch.open(updates)];
    expect(replica.encode()).toEqual(whole.encode());
  });

  it('[GT10] opens no root, whatever it claims to be', () => {
    const scratch = Scratch.open(updates);
    const lie = new Doc();
    lie.clientID = 100;
    for (let root = 0; root < 4; root++) lie.getMap(`root${root}`).set('k', 1);
    const judged = judge(scratch, encodeStateAsUpdate(lie), context({ owner: () => 'phone' }));
    expect(judged).toMatchObject({ verdict: 'accepted', advances: false });
    expect([...scratch.doc.share.keys()]).toEqual(['answers']);
  });
});

describe('a refusal', () => {
  it('[GT11] leaves the scratch copy as it was, unless it says otherwise', () => {
    const { doc, updates } = author(100);
    doc.getMap('answers').set('303', '2');
    const scratch = Scratch.open(updates);
    const before = scratch.encode();
    const writer = author(700);
    writer.doc.getMap('answers').set('303', '9');
    const failure = { code: 'forbidden', paths: ['answers/303'] } as const;
    const judged = judge(scratch, at(writer.updates, 0), context({ mayWrite: () => failure }));
    expect(judged).toEqual({ verdict: 'refused', failure, isSpoiled: false });
    expect(scratch.encode()).toEqual(before);
    expect(scratch.clockOf(700)).toBe(0);
  });
});

describe('names of keys and roots', () => {
  it.each<[string, string, string]>([
    [
      '[GT12] a key with a slash, which would make the path of what stands beside it ambiguous',
      'answers',
      'a/b',
    ],
    ['[GT12] an empty key', 'answers', ''],
    ['[GT12] an empty root', '', '303'],
    ['[GT12] a control character in a key', 'answers', 'a\nb'],
    ['[GT12] a control character in a root', 'member/a\nb', '303'],
    ['[GT12] a key over the limit', 'answers', 'k'.repeat(65)],
    ['[GT12] a root over the limit', 'r'.repeat(129), '303'],
  ])('%s', (_, root, key) => {
    const { doc, updates } = author(100);
    doc.getMap(root).set(key, 1);
    expect(judge(Scratch.open([]), at(updates, 0), context())).toMatchObject({
      verdict: 'refused',
      failure: { code: 'bad-content' },
      isSpoiled: false,
    });
  });
});

describe('what stands beside an answer', () => {
  const { doc, updates } = author(100);
  doc.getMap('answers').set('303', '2');

  function settle(id: string, value: unknown): unknown {
    const writer = author(200);
    writer.doc.getMap('other/answers/303').set(id, value);
    const judged = judge(Scratch.open(updates), at(writer.updates, 0), context());
    return judged.verdict === 'refused' ? judged.failure : 'accepted';
  }

  it('[GT13] is settled or put back by the name of a struct that is there, in the one form of that name', () => {
    expect(settle('100-0', null)).toBe('accepted');
    expect(settle('100-0', true)).toBe('accepted');
    for (const id of ['0100-0', '100-0.0', 'x', '100--0', '100-00', '-1-0', '100', '1e2-0'])
      for (const value of [null, true])
        expect(settle(id, value), id).toEqual({ code: 'bad-content', paths: [`other/answers/303/${id}`] });
    // Somebody else's that is still on its way here.
    for (const id of ['100-1', '9-9'])
      for (const value of [null, true]) expect(settle(id, value), id).toEqual({ code: 'resync' });
  });
});
