import { beforeEach, describe, expect, it } from 'vitest';
import { applyUpdate, Doc, type Transaction } from 'yjs';
import { expandUpdate } from '@rukun/core/documents';
import { fail, ok, type Failure } from '@rukun/core/foundation';
import {
  decodeExchangeRequest,
  encodeExchangeAnswer,
  LIMITS,
  type DocumentName,
  type ExchangeItem,
  type Receipt,
} from '@rukun/core/protocol';
import { exchangeAll, judge, Scratch, type ExchangeTransport, type Write } from '@rukun/core/sync';
import { exchangeParts } from '../../support/exchange-parts.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';

const ANI: DocumentName = 'household/ani';
const AREA = '7102030004000100';
const MINUTE = 60_000;

/** A relay with one document and the real judgement, for one device. */
class JudgingRelay implements ExchangeTransport {
  readonly receipts: Receipt[][] = [];
  readonly stored: ExchangeItem[] = [];
  readonly owners = new Map<number, string>();
  mayWrite: (writes: readonly Write[]) => Failure | null = () => null;
  #log: Uint8Array[] = [];
  #scratch = Scratch.open([]);

  get doc(): Doc {
    return this.#scratch.doc;
  }

  /** What somebody else wrote. */
  add(update: Uint8Array): void {
    this.#log.push(update);
    applyUpdate(this.doc, update);
  }

  exchange: ExchangeTransport['exchange'] = (body) => {
    const request = decodeExchangeRequest(body);
    if (!request.ok) return Promise.resolve(request);
    const { items, wanted } = request.value;
    const receipts = items.map((item) => this.#answer(item));
    this.receipts.push(receipts);
    const isAsked = wanted.length > 0 || receipts.some(({ status }) => status === 'refused');
    const changes = isAsked ? [{ document: ANI, area: AREA, update: this.#scratch.encode() }] : [];
    const answer = {
      epoch: 'e',
      more: false,
      isRecovering: false,
      receipts,
      changes,
      erasures: { upTo: 0, documents: [] },
      feeds: [],
    };
    return Promise.resolve(ok(encodeExchangeAnswer(answer)));
  };

  #answer(item: ExchangeItem): Receipt {
    const { document, upTo } = item;
    const update = expandUpdate(item.update, LIMITS.updateBytes);
    if (!update.ok) throw new Error('an item that is not compact');
    const judged = judge(this.#scratch, update.value, {
      device: 'phone',
      owner: (client) => this.owners.get(client) ?? null,
      relayClient: 1,
      mayWrite: this.mayWrite,
      isAnswer: () => false,
      authorOf: () => ({ by: '', at: 0 }),
      authorOfNew: () => ({ by: 'ani', at: 0 }),
    });
    if (judged.verdict === 'accepted') {
      for (const client of judged.claims) this.owners.set(client, 'phone');
      this.#log.push(judged.fresh);
      this.stored.push(item);
      return { document, upTo, status: 'stored' };
    }
    if (judged.isSpoiled) this.#scratch = Scratch.open(this.#log);
    const { code, paths = [] } = judged.failure;
    if (code === 'resync') return { document, upTo, status: 'resync' };
    return { document, upTo, status: 'refused', code, paths };
  }
}

let store: MemoryDocumentStore;
let relay: JudgingRelay;
beforeEach(() => {
  store = new MemoryDocumentStore();
  relay = new JudgingRelay();
});

/** One edit under a client id, stored on the device. */
async function edit(doc: Doc, client: number, at: number, write: (doc: Doc) => void): Promise<void> {
  const updates: Uint8Array[] = [];
  const capture = (update: Uint8Array, _: unknown, __: Doc, { local }: Transaction) =>
    local && updates.push(update);
  doc.clientID = client;
  doc.on('update', capture);
  doc.transact(() => {
    write(doc);
  });
  doc.off('update', capture);
  for (const update of updates) await store.appendLocal(ANI, update, at);
}

const answer = (key: string, value: unknown) => (doc: Doc) => {
  doc.getMap('answers').set(key, value);
};

const refusing =
  (path: string) =>
  (writes: readonly Write[]): Failure | null =>
    writes.some(({ root, key }) => `${root}/${key}` === path) ? { code: 'forbidden', paths: [path] } : null;

describe('a client id that belongs to somebody else', () => {
  it('[RB6] says nothing against what was written: all of it is written anew, and nothing is listed', async () => {
    const doc = new Doc({ gc: false });
    await edit(doc, 5, MINUTE, answer('303', '1'));
    await edit(doc, 5, MINUTE, answer('304', '2'));
    relay.owners.set(5, 'another phone');
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({
      ok: true,
      value: { stored: 1 },
    });
    expect(relay.doc.getMap('answers').toJSON()).toEqual({ '303': '1', '304': '2' });
    expect(await store.refusedEdits(ANI)).toEqual([]);
    expect(await store.outbox(1)).toEqual([]);
  });

  it('[RB7] is left: what is written anew keeps its time, under unused client ids, one for each there was', async () => {
    const doc = new Doc({ gc: false });
    await edit(doc, 5, 3 * MINUTE, answer('303', '1'));
    await edit(doc, 6, 9 * MINUTE, answer('304', '2'));
    relay.owners.set(5, 'another phone');
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({ ok: true });
    const marks = relay.stored.flatMap((item) => item.marks);
    expect(marks.map(({ at }) => at).sort((a, b) => a - b)).toEqual([3 * MINUTE, 9 * MINUTE]);
    const clients = [...relay.doc.store.clients.keys()];
    expect(clients).toHaveLength(2);
    expect(clients).not.toContain(5);
    expect(clients).not.toContain(6);
  });
});

describe('an edit that is refused', () => {
  it('[RB8] is listed with path, value, what stands there, reason and time, until its author has read it', async () => {
    const doc = new Doc({ gc: false });
    const other = new Doc({ gc: false });
    other.on('update', (update: Uint8Array) => {
      relay.add(update);
    });
    answer('304', 'there')(other);
    await edit(doc, 5, 3 * MINUTE, answer('303', '1'));
    await edit(doc, 5, 4 * MINUTE, answer('304', '9'));
    relay.mayWrite = refusing('answers/304');
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({ ok: true });
    expect(relay.doc.getMap('answers').toJSON()).toEqual({ '303': '1', '304': 'there' });
    expect(await store.refusedEdits(ANI)).toEqual([
      {
        document: ANI,
        path: 'answers/304',
        value: '9',
        standing: 'there',
        code: 'forbidden',
        at: 4 * MINUTE,
      },
    ]);
    await store.forgetRefused(ANI);
    expect(await store.refusedEdits(ANI)).toEqual([]);
  });

  it.each(['remark', 'event', 'fix'])('[RB9] in one key of a %s takes all of it along', async (kind) => {
    const doc = new Doc({ gc: false });
    await edit(doc, 5, MINUTE, (each) => {
      each.getMap(`${kind}/k1`).set('by', 'sari');
      each.getMap(`${kind}/k1`).set('text', 'x');
      each.getMap('answers').set('303', '1');
    });
    relay.mayWrite = refusing(`${kind}/k1/by`);
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({ ok: true });
    expect([...relay.doc.share.keys()]).toEqual(['answers']);
    expect((await store.refusedEdits(ANI)).map(({ path }) => path)).toEqual([
      `${kind}/k1/by`,
      `${kind}/k1/text`,
    ]);
  });

  it('[EX35] is found among others: each has a receipt, and they count up to the first that is not stored', async () => {
    const doc = new Doc({ gc: false });
    for (const [key, value] of [
      ['301a', '1'],
      ['303', 'x'.repeat(LIMITS.valueLength + 1)],
      ['304', '2'],
    ] as const)
      await edit(doc, 5, MINUTE, answer(key, value));
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({ ok: true });
    const [merged, split] = relay.receipts.map((each) => each.map(({ upTo, status }) => [upTo, status]));
    expect(merged).toEqual([[3, 'refused']]);
    expect(split).toEqual([
      [1, 'stored'],
      [2, 'refused'],
      [3, 'resync'],
    ]);
    expect(relay.doc.getMap('answers').toJSON()).toEqual({ '301a': '1', '304': '2' });
    expect((await store.refusedEdits(ANI)).map(({ path }) => path)).toEqual(['answers/303']);
    expect(await store.outbox(1)).toEqual([]);
  });
});

it('[EX35] what is stored after a gap says nothing of the gap: it is sent again', async () => {
  const doc = new Doc({ gc: false });
  await edit(doc, 5, MINUTE, answer('303', '1'));
  await edit(doc, 6, MINUTE, answer('304', '2'));
  await edit(doc, 7, MINUTE, answer('305', '3'));
  const rounds: Receipt['status'][][] = [
    ['refused'],
    ['stored', 'resync', 'stored'],
    [],
    ['stored', 'stored'],
  ];
  const sent: string[][] = [];
  const scripted: ExchangeTransport = {
    exchange: (body) => {
      const request = decodeExchangeRequest(body);
      if (!request.ok) return Promise.resolve(request);
      const { items } = request.value;
      const statuses = rounds[sent.length] ?? [];
      sent.push(items.map(({ update }) => keysIn(update)));
      const receipts = items.map(({ document, upTo }, index): Receipt => {
        const status = statuses[index] ?? 'stored';
        if (status !== 'refused') return { document, upTo, status };
        return { document, upTo, status, code: 'bad-content', paths: ['answers/304'] };
      });
      const changes =
        request.value.wanted.length > 0 ? [{ document: ANI, area: AREA, update: Uint8Array.of(0, 0) }] : [];
      const answered = {
        epoch: 'e',
        more: false,
        isRecovering: false,
        receipts,
        changes,
        erasures: { upTo: 0, documents: [] },
        feeds: [],
      };
      return Promise.resolve(ok(encodeExchangeAnswer(answered)));
    },
  };
  expect(await exchangeAll(store, scripted, exchangeParts())).toMatchObject({ ok: true });
  expect(sent.slice(0, 3)).toEqual([['303 304 305'], ['303', '304', '305'], []]);
  expect(sent.slice(3).flat().join(' ')).toContain('304');
  expect(await store.outbox(1)).toEqual([]);
});

/** The answers a compact update writes. */
function keysIn(update: Uint8Array): string {
  const plain = expandUpdate(update, LIMITS.updateBytes);
  const doc = new Doc();
  if (plain.ok) applyUpdate(doc, plain.value);
  return [...doc.getMap('answers').keys()].sort().join(' ');
}

it('[RB10] a document that is refused again and again is rebuilt 20 times and then left as it is', async () => {
  const doc = new Doc({ gc: false });
  await edit(doc, 5, MINUTE, answer('303', '1'));
  let items = 0;
  const hostile: ExchangeTransport = {
    exchange: (body) => {
      const request = decodeExchangeRequest(body);
      if (!request.ok) return Promise.resolve(fail('malformed'));
      items += request.value.items.length;
      const receipts = request.value.items.map(({ document, upTo }): Receipt => ({
        document,
        upTo,
        status: 'refused',
        code: 'foreign-client',
        paths: [],
      }));
      const changes = [{ document: ANI, area: AREA, update: Uint8Array.of(0, 0) }];
      const answered = {
        epoch: 'e',
        more: false,
        isRecovering: false,
        receipts,
        changes,
        erasures: { upTo: 0, documents: [] },
        feeds: [],
      };
      return Promise.resolve(ok(encodeExchangeAnswer(answered)));
    },
  };
  for (let run = 0; run < 20; run++)
    expect(await exchangeAll(store, hostile, exchangeParts())).toMatchObject({ ok: true });
  expect(items).toBe(21);
  expect(await store.contents(ANI)).toMatchObject({ rebuilds: 20, refusal: null });
  expect(await store.outbox(1)).toEqual([]);
  const left = new Doc();
  for (const update of await store.updates(ANI)) applyUpdate(left, update);
  expect(left.getMap('answers').get('303')).toBe('1');
});
