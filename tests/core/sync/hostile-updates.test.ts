import { describe, expect, it } from 'vitest';
import * as encoding from 'lib0/encoding';
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import { expandUpdate } from '@rukun/core/documents';
import { LIMITS } from '@rukun/core/protocol';
import { judge, Scratch, type JudgeContext, type Judgement } from '@rukun/core/sync';
import vectors from '../../vectors/hostile-updates.json' with { type: 'json' };

/** Table e of the research on sync engines: what somebody hostile can send, row by row. */

const VICTIM = 100;
const HOSTILE = 200;

const context: JudgeContext = {
  device: 'hostile',
  owner: (client) => (client === VICTIM ? 'victim' : null),
  relayClient: 7,
  mayWrite: () => null,
  isAnswer: (root) => root === 'answers',
  authorOf: () => ({ by: 'earlier', at: 1 }),
  authorOfNew: () => ({ by: 'author', at: 2 }),
};

function bytes(...numbers: readonly (number | string | Uint8Array)[]): Uint8Array {
  return encoding.encode((out) => {
    for (const each of numbers)
      if (typeof each === 'number') encoding.writeVarUint(out, each);
      else if (typeof each === 'string') encoding.writeVarString(out, each);
      else encoding.writeUint8Array(out, each);
  });
}

function writer(client: number): { doc: Doc; updates: Uint8Array[] } {
  const doc = new Doc({ gc: false });
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push(update);
  });
  return { doc, updates };
}

function stored(): { scratch: Scratch; victim: ReturnType<typeof writer> } {
  const victim = writer(VICTIM);
  victim.doc.getMap('answers').set('303', '2');
  return { scratch: Scratch.open(victim.updates), victim };
}

const codeOf = (judgement: Judgement) =>
  judgement.verdict === 'refused' ? judgement.failure.code : 'accepted';

/**
 * The code it is refused with, before Yjs saw it: the copy is byte for byte what it was, and nothing waits in it. Otherwise
 * what is wrong.
 */
function refusal(scratch: Scratch, update: Uint8Array): string {
  const before = Buffer.from(scratch.encode());
  const judgement = judge(scratch, update, context);
  if (judgement.verdict === 'refused' && judgement.isSpoiled) return 'spoiled';
  if (scratch.doc.store.pendingStructs || scratch.doc.store.pendingDs) return 'waits';
  return before.equals(scratch.encode()) ? codeOf(judgement) : `changed, ${codeOf(judgement)}`;
}

/** What is seen after the victim wrote on: 4. */
function seenNext({ scratch, victim }: ReturnType<typeof stored>): unknown {
  victim.doc.getMap('answers').set('303', '4');
  const next = victim.updates.at(-1) ?? new Uint8Array();
  const judgement = judge(scratch, next, { ...context, device: 'victim' });
  return judgement.verdict === 'accepted' ? scratch.doc.getMap('answers').get('303') : codeOf(judgement);
}

describe('what would silence another', () => {
  it('[GT50] a GC struct under the client id of the victim', () => {
    const scene = stored();
    expect(refusal(scene.scratch, bytes(1, 1, VICTIM, 1, 0, 1_000_000, 0))).toBe('bad-content');
    expect(seenNext(scene)).toBe('4');
  });

  it('[GT50] deleted content of a huge length under it, or an honest value', () => {
    const scene = stored();
    expect(refusal(scene.scratch, bytes(1, 1, VICTIM, 1, 33, 1, 'answers', '303', 2 ** 20, 0))).toBe(
      'foreign-client',
    );
    const forger = writer(HOSTILE);
    applyUpdate(forger.doc, encodeStateAsUpdate(scene.victim.doc), 'remote');
    forger.doc.clientID = VICTIM;
    forger.doc.getMap('answers').set('303', 'forged');
    expect(refusal(scene.scratch, forger.updates[0] ?? new Uint8Array())).toBe('foreign-client');
    expect(seenNext(scene)).toBe('4');
  });

  it('[GT51] a delete set over clocks that are still to come', () => {
    const scene = stored();
    expect(refusal(scene.scratch, bytes(0, 1, VICTIM, 1, 1, 1_000_000))).toBe('unknown-clock');
    expect(refusal(scene.scratch, bytes(0, 1, VICTIM, 1, 0, 2))).toBe('unknown-clock');
    expect(seenNext(scene)).toBe('4');
  });
});

describe('what would grow without end', () => {
  it('[GT52] 10,000 clock gaps, each under a client id of its own: none of them waits', () => {
    const scene = stored();
    const before = scene.scratch.encode();
    for (let client = 1000; client < 11_000; client++) {
      const gap = bytes(1, 1, client, 1, 33, 1, 'answers', '303', 1, 0);
      expect(codeOf(judge(scene.scratch, gap, context))).toBe('resync');
    }
    expect(scene.scratch.encode()).toEqual(before);
    expect(scene.scratch.doc.store.pendingStructs).toBeNull();
    expect(scene.scratch.doc.store.clients.size).toBe(1);
    expect(seenNext(scene)).toBe('4');
  });

  it('[GT52] the same in one update', () => {
    const gaps = Array.from({ length: 10_000 }, (_, index) => [1, 1000 + index, 1, 10, 1]).flat();
    expect(refusal(stored().scratch, bytes(10_000, ...gaps, 0))).toBe('too-large');
  });

  it('[GT53] more roots than a document may have, in one update or in several', () => {
    const scene = stored();
    const many = writer(HOSTILE);
    many.doc.transact(() => {
      for (let root = 0; root < LIMITS.roots; root++) many.doc.getMap(`r${root}`).set('k', 1);
    });
    expect(refusal(scene.scratch, many.updates[0] ?? new Uint8Array())).toBe('bad-content');
    const some = writer(HOSTILE + 1);
    some.doc.transact(() => {
      for (let root = 0; root < LIMITS.roots - 1; root++) some.doc.getMap(`r${root}`).set('k', 1);
    });
    expect(codeOf(judge(scene.scratch, some.updates[0] ?? new Uint8Array(), context))).toBe('accepted');
    const one = writer(HOSTILE + 2);
    one.doc.getMap('one more').set('k', 1);
    expect(refusal(scene.scratch, one.updates[0] ?? new Uint8Array())).toBe('bad-content');
  });
});

describe('what would keep Yjs busy', () => {
  const items = (count: number, clock: (index: number) => number | null) =>
    encoding.encode((out) => {
      for (const number of [1, count, HOSTILE, 0]) encoding.writeVarUint(out, number);
      for (let index = 0; index < count; index++) {
        const origin = clock(index);
        encoding.writeUint8(out, origin === null ? 40 : 136);
        if (origin === null) {
          encoding.writeVarUint(out, 1);
          encoding.writeVarString(out, 'answers');
          encoding.writeVarString(out, '303');
        } else for (const number of [VICTIM, origin]) encoding.writeVarUint(out, number);
        encoding.writeVarUint(out, 1);
        encoding.writeAny(out, 1);
      }
      encoding.writeVarUint(out, 0);
    });

  it('[GT54] one key written thousands of times in one update', () => {
    const author = writer(HOSTILE);
    for (let edit = 0; edit < 5000; edit++) author.doc.getMap('answers').set('303', edit % 10);
    expect(refusal(stored().scratch, mergeUpdates(author.updates))).toBe('too-large');
    expect(codeOf(judge(stored().scratch, mergeUpdates(author.updates.slice(0, 1500)), context))).toBe(
      'accepted',
    );
  });

  it('[GT54] thousands of values that were all written as the first of one key', () => {
    expect(
      refusal(
        stored().scratch,
        items(2000, () => null),
      ),
    ).toBe('too-large');
  });

  it('[GT54] thousands of values that each name an old one as the current one', () => {
    const long = writer(VICTIM);
    for (let edit = 0; edit < 3000; edit++) long.doc.getMap('answers').set(`30${edit % 2}`, edit % 10);
    const scratch = Scratch.open([mergeUpdates(long.updates)]);
    expect(
      refusal(
        scratch,
        items(1000, (index) => index * 2),
      ),
    ).toBe('too-large');
    expect(
      refusal(
        scratch,
        items(3000, () => 0),
      ),
    ).toBe('too-large');
  });

  it('[GT55] structs that wait for each other', () => {
    // The first byte, 136, says: values, with an origin.
    const wait = (client: number, other: number) => [1, client, 0, Uint8Array.of(136), other, 0, 1, 126];
    const circle = bytes(2, ...wait(HOSTILE, HOSTILE + 1), ...wait(HOSTILE + 1, HOSTILE), 0);
    expect(refusal(stored().scratch, circle)).toBe('resync');
    expect(refusal(stored().scratch, bytes(1, ...wait(HOSTILE, HOSTILE), 0))).toBe('malformed');
    expect(refusal(stored().scratch, bytes(1, ...wait(HOSTILE, 300), 0))).toBe('resync');
  });
});

describe('bytes that were kept', () => {
  it.each(vectors)('[GT56] $name', ({ format, hex, code }) => {
    const input = Uint8Array.from(Buffer.from(hex, 'hex'));
    const expanded = expandUpdate(input, LIMITS.updateBytes);
    const outcome = expanded.ok ? 'expanded' : expanded.failure.code;
    expect(format === 'v2' ? outcome : refusal(stored().scratch, input)).toBe(code);
  });
});
