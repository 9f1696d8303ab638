import { describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import { ok } from '@rukun/core/foundation';
import {
  decodeExchangeRequest,
  encodeExchangeAnswer,
  LIMITS,
  type DocumentName,
  type ExchangeItem,
  type Receipt,
} from '@rukun/core/protocol';
import { exchangeAll, type ExchangeTransport } from '@rukun/core/sync';
import { exchangeParts } from '../../support/exchange-parts.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';

type Answer = (item: ExchangeItem) => Receipt;

/** A relay that answers every item as it is told, and remembers what it was sent. */
class ScriptedRelay implements ExchangeTransport {
  readonly requests: ExchangeItem[][] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  exchange: ExchangeTransport['exchange'] = (body) => {
    const request = decodeExchangeRequest(body);
    if (!request.ok) return Promise.resolve(request);
    const items = [...request.value.items];
    this.requests.push(items);
    if (this.requests.length > 50) throw new Error('it never ends');
    const receipts = items.map((item) => this.#answer(item));
    const answer = {
      epoch: 'e',
      more: false,
      isRecovering: false,
      receipts,
      changes: [],
      erasures: { upTo: 0, documents: [] },
      feeds: [],
    };
    return Promise.resolve(ok(encodeExchangeAnswer(answer)));
  };
}

const stored: Answer = ({ document, upTo }) => ({ document, upTo, status: 'stored' });

/** Writes each value as an edit of its own. */
async function write(
  store: MemoryDocumentStore,
  document: DocumentName,
  values: readonly string[],
): Promise<void> {
  const doc = new Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [index, value] of values.entries()) doc.getMap('answers').set(`q${index}`, value);
  for (const update of updates) await store.appendLocal(document, update, 1);
}

describe('one document that cannot go up', () => {
  it('[EX20] because an edit is over the limit is refused on the device, and the others are sent', async () => {
    const store = new MemoryDocumentStore();
    await write(store, 'household/large', ['x'.repeat(LIMITS.updateBytes + 1)]);
    await write(store, 'household/small', ['1']);
    const relay = new ScriptedRelay(stored);
    const report = await exchangeAll(store, relay, exchangeParts());
    expect(report).toMatchObject({
      ok: true,
      value: { stored: 1, refused: [{ document: 'household/large', code: 'too-large' }] },
    });
    expect(await store.outbox(1)).toEqual([]);
  });

  it('[EX21] at once goes up in parts, each within the limit', async () => {
    const store = new MemoryDocumentStore();
    await write(
      store,
      'household/long',
      Array.from({ length: 7 }, (_, index) => String(index).repeat(100 * 1024)),
    );
    const relay = new ScriptedRelay(stored);
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({
      ok: true,
      value: { refused: [] },
    });
    const items = relay.requests.flat();
    expect(items.length).toBeGreaterThan(1);
    expect(items.every(({ update }) => update.byteLength <= LIMITS.updateBytes)).toBe(true);
    expect(items.at(-1)?.upTo).toBe(7);
    expect(await store.outbox(1)).toEqual([]);
  });

  it('[EX22] because of a fault of the relay does not stand before the others, whatever its size', async () => {
    const store = new MemoryDocumentStore();
    await write(
      store,
      'household/faulty',
      Array.from({ length: 5 }, () => 'y'.repeat(60 * 1024)),
    );
    await write(store, 'household/behind', ['1']);
    const relay = new ScriptedRelay((item) =>
      item.document === 'household/faulty'
        ? { document: item.document, upTo: item.upTo, status: 'refused', code: 'internal', paths: [] }
        : stored(item),
    );
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({
      ok: true,
      value: { stored: 1 },
    });
    expect((await store.outbox(1)).map(({ document }) => document)).toEqual(['household/faulty']);
  });
});

describe('a gap', () => {
  it('[EX9] is closed in the same run: the whole local log goes up', async () => {
    const store = new MemoryDocumentStore();
    await write(store, 'household/gap', ['1', '2']);
    await store.acknowledge('household/gap', 1);
    const relay = new ScriptedRelay(({ document, upTo, update, marks }) =>
      marks[0]?.clock === 0 && update.byteLength > 0
        ? { document, upTo, status: 'stored' }
        : { document, upTo, status: 'resync' },
    );
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({
      ok: true,
      value: { stored: 1 },
    });
    expect(await store.outbox(1)).toEqual([]);
  });

  it('[EX10] that stays is not asked about for ever', async () => {
    const store = new MemoryDocumentStore();
    await write(store, 'household/gap', ['1', '2']);
    await write(store, 'household/good', ['1']);
    const relay = new ScriptedRelay((item) =>
      item.document === 'household/gap'
        ? { document: item.document, upTo: item.upTo, status: 'resync' }
        : stored(item),
    );
    expect(await exchangeAll(store, relay, exchangeParts())).toMatchObject({
      ok: true,
      value: { stored: 1 },
    });
    // As it was, the whole log, and once for the whole document that a rebuild starts from.
    expect(relay.requests.length).toBeLessThanOrEqual(4);
    const left = await store.contents('household/gap');
    expect(left?.refusal).toMatchObject({ code: 'resync', hasWhole: false });
    expect(left?.rows.map(({ isLocal }) => isLocal)).toEqual([true, true]);
    expect(left?.storedUpTo).toBe(0);
  });
});
