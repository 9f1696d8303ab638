import { describe, expect, it } from 'vitest';
import { encodeStateVectorFromUpdate, encodeStateAsUpdate, parseUpdateMeta } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { auditAll, bucketSums, fingerprintOf, openUpdates, type AuditReport } from '@rukun/core/sync';
import { answerUpdates, auditParts, damaged } from '../../support/audit-parts.ts';
import { AREA, AuditedRelay } from '../../support/audited-relay.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';

const ANI: DocumentName = 'household/ani';
const BUDI: DocumentName = 'household/budi';
const CITRA: DocumentName = 'household/citra';

const SAME: AuditReport = { compared: 3, differing: 0, healed: 0, missingAtRelay: 0 };

/** Three families at the relay and on a device that has answered one question in each. */
async function device(): Promise<{ relay: AuditedRelay; store: MemoryDocumentStore }> {
  const relay = new AuditedRelay();
  for (const name of [ANI, BUDI, CITRA])
    for (const update of answerUpdates([
      ['108', name],
      ['101', '1'],
      ['102', '2'],
    ]))
      relay.write(name, update);
  const store = new MemoryDocumentStore();
  await audit(store, relay);
  for (const name of [ANI, BUDI, CITRA]) await answer(store, name, '303', '1');
  expect(await audit(store, relay)).toEqual(SAME);
  return { relay, store };
}

async function audit(store: MemoryDocumentStore, relay: AuditedRelay): Promise<AuditReport> {
  const report = await auditAll(store, relay, auditParts());
  if (!report.ok) throw new Error(`the audit failed: ${report.failure.code}`);
  return report.value;
}

/** The person answers on top of all the device has. */
async function answer(
  store: MemoryDocumentStore,
  name: DocumentName,
  question: string,
  value: string,
): Promise<void> {
  for (const update of answerUpdates([[question, value]], await store.updates(name)))
    await store.appendLocal(name, update, 60_000);
}

async function held(store: MemoryDocumentStore, name: DocumentName): Promise<unknown> {
  return openUpdates(await store.updates(name))
    .getMap('answers')
    .toJSON();
}

async function expectSame(store: MemoryDocumentStore, relay: AuditedRelay): Promise<void> {
  for (const name of relay.documents.keys()) expect(await held(store, name)).toEqual(relay.answers(name));
  expect(await store.outbox(1)).toEqual([]);
}

/** The relay as a backup of it has it. */
function backup(relay: AuditedRelay): Map<DocumentName, Uint8Array> {
  return new Map([...relay.documents].map(([name, doc]) => [name, encodeStateAsUpdate(doc)]));
}

function restore(
  relay: AuditedRelay,
  kept: ReadonlyMap<DocumentName, Uint8Array>,
  epoch = relay.epoch,
): void {
  relay.documents.clear();
  for (const [name, update] of kept) relay.documents.set(name, openUpdates([update]));
  relay.epoch = epoch;
  relay.items.length = 0;
}

describe('[AU8] a device that holds what the relay holds', () => {
  it('asks once for its exchange and once for the audit, and changes nothing', async () => {
    const { relay, store } = await device();
    relay.requests = 0;
    relay.audits.length = 0;
    expect(await audit(store, relay)).toEqual(SAME);
    expect(relay.requests).toBe(2);
    expect(relay.audits).toHaveLength(1);
  });

  it('sends first what waits, and leaves out what was refused', async () => {
    const { relay, store } = await device();
    await answer(store, ANI, '304', '2');
    const later = await store.appendLocal(BUDI, answerUpdates([['305', 'x']])[0] ?? new Uint8Array(), 1);
    await store.refuse(BUDI, later, 'forbidden', []);
    expect(await audit(store, relay)).toEqual({ ...SAME, compared: 2 });
    expect(relay.audits.at(-1)?.skipped).toEqual([BUDI]);
    const prints = [ANI, CITRA].map(async (name): Promise<[DocumentName, Uint8Array]> => [
      name,
      fingerprintOf(name, openUpdates(await store.updates(name))),
    ]);
    expect(relay.audits.at(-1)?.sums).toEqual(bucketSums(new Map(await Promise.all(prints))));
    expect(relay.answers(ANI)).toMatchObject({ '304': '2' });
  });
});

describe('[AU9] what the device lost', () => {
  it('comes back: a whole family', async () => {
    const { relay, store } = await device();
    const broken = await damaged(store, (name) => name !== BUDI);
    expect(await audit(broken, relay)).toEqual({ compared: 2, differing: 1, healed: 1, missingAtRelay: 0 });
    await expectSame(broken, relay);
    expect(await audit(broken, relay)).toEqual(SAME);
  });

  it('comes back: an update in the middle, of others or its own', async () => {
    const { relay, store } = await device();
    await answer(store, ANI, '304', '1');
    await answer(store, ANI, '305', '2');
    await audit(store, relay);
    for (const lost of [0, 1, 2]) {
      const broken = await damaged(store, (name, index) => name !== ANI || index !== lost);
      expect(await held(broken, ANI), `row ${lost}`).not.toEqual(relay.answers(ANI));
      expect(await audit(broken, relay), `row ${lost}`).toEqual({ ...SAME, differing: 1, healed: 1 });
      await expectSame(broken, relay);
    }
  });

  it('is not taken for lost if it was only written a moment ago', async () => {
    const { relay, store } = await device();
    const [written] = answerUpdates(
      [['306', '1']],
      [encodeStateAsUpdate(relay.documents.get(ANI) ?? openUpdates([]))],
    );
    if (!written) throw new Error('one edit is needed');
    const plain = relay.audit;
    let isFirst = true;
    relay.audit = (body) => {
      if (isFirst) {
        relay.write(ANI, written);
        void store.appendRemote(ANI, written);
      }
      isFirst = false;
      return plain(body);
    };
    expect(await audit(store, relay)).toEqual(SAME);
  });
});

describe('[AU10] what the relay lost', () => {
  it('and was written here is sent again as it was written, also a whole family', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    await answer(store, ANI, '304', '1');
    await store.createLocal(
      'household/dodi',
      AREA,
      answerUpdates([['108', 'DODI']])[0] ?? new Uint8Array(),
      1,
    );
    await audit(store, relay);
    restore(relay, kept);
    expect(await audit(store, relay)).toEqual({ compared: 4, differing: 2, healed: 2, missingAtRelay: 0 });
    expect(relay.items.map(({ document, isVouched }) => [document, isVouched]).sort()).toEqual([
      [ANI, false],
      ['household/dodi', false],
    ]);
    expect(relay.items.find(({ document }) => document === 'household/dodi')?.area).toBe(AREA);
    await expectSame(store, relay);
  });

  it('comes back by itself after another epoch', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    await answer(store, ANI, '304', '1');
    await audit(store, relay);
    restore(relay, kept, 'e2');
    expect(await audit(store, relay)).toEqual(SAME);
    await expectSame(store, relay);
  });

  it('and others wrote is told, and nothing is changed, unless the relay recovers', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    relay.write(CITRA, answerUpdates([['307', 'x']])[0] ?? new Uint8Array());
    const doc = relay.documents.get(CITRA);
    await store.appendRemote(CITRA, encodeStateAsUpdate(doc ?? openUpdates([])));
    expect(await audit(store, relay)).toEqual(SAME);
    restore(relay, kept);
    const before = await held(store, CITRA);
    expect(await audit(store, relay)).toEqual({ ...SAME, differing: 1, missingAtRelay: 1 });
    expect(relay.items).toEqual([]);
    expect(await held(store, CITRA)).toEqual(before);
  });
});

describe('[AU11] a relay that recovers', () => {
  it('is given back what others wrote: exactly what it lacks, vouched for, without times', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    const [lost] = answerUpdates([['307', 'x']]);
    const family = answerUpdates([['108', 'DODI']])[0];
    if (!lost || !family) throw new Error('two edits are needed');
    for (const [document, update] of [
      [CITRA, lost],
      ['household/dodi', family],
    ] as const) {
      relay.write(document, update);
      const position = await store.position();
      await store.takeOver({
        receipts: [],
        changes: [{ document, area: AREA, update }],
        whole: [],
        position,
      });
    }
    restore(relay, kept, 'e2');
    relay.isRecovering = true;
    expect(await audit(store, relay)).toEqual({ compared: 4, differing: 2, healed: 2, missingAtRelay: 0 });
    const vouched = relay.items.filter(({ isVouched }) => isVouched);
    expect(vouched).toMatchObject([
      { document: CITRA, area: '', marks: [], isCompact: false },
      { document: 'household/dodi', area: AREA, marks: [], isCompact: false },
    ]);
    expect(vouched.map(({ update }) => clocksOf(update))).toEqual([clocksOf(lost), clocksOf(family)]);
    await expectSame(store, relay);
    expect(await audit(store, relay)).toEqual({ ...SAME, compared: 4 });
  });

  it('gets own answers that stand on lost ones together with them', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    const [lost] = answerUpdates(
      [['303', '7']],
      [encodeStateAsUpdate(relay.documents.get(CITRA) ?? openUpdates([]))],
    );
    if (!lost) throw new Error('one edit is needed');
    relay.write(CITRA, lost);
    await store.appendRemote(CITRA, lost);
    await answer(store, CITRA, '303', '8');
    expect(await audit(store, relay)).toEqual(SAME);
    expect(relay.answers(CITRA)).toMatchObject({ '303': '8' });
    restore(relay, kept, 'e2');
    relay.isRecovering = true;
    const report = await audit(store, relay);
    expect(report).toMatchObject({ differing: 1, healed: 1, missingAtRelay: 0 });
    expect(relay.answers(CITRA)).toMatchObject({ '303': '8' });
    await expectSame(store, relay);
    expect(await audit(store, relay)).toEqual(SAME);
  });

  it('that does not take it leaves the device as it was', async () => {
    const { relay, store } = await device();
    const kept = backup(relay);
    const [lost] = answerUpdates([['307', 'x']]);
    if (!lost) throw new Error('one edit is needed');
    relay.write(CITRA, lost);
    await store.appendRemote(CITRA, lost);
    restore(relay, kept, 'e2');
    relay.isRecovering = true;
    relay.refusal = 'forbidden';
    expect(await audit(store, relay)).toEqual({ ...SAME, differing: 1, missingAtRelay: 1 });
    expect(await store.refusedDocuments()).toEqual([]);
    expect(await store.refusedEdits(CITRA)).toEqual([]);
    expect(await held(store, CITRA)).toMatchObject({ '307': 'x' });
  });
});

describe('[AU12] a link that is cut', () => {
  it('at any request loses that request alone, and the next audit goes on', async () => {
    let cuts = 0;
    for (let isComplete = false; !isComplete; cuts++) {
      const { relay, store: whole } = await device();
      const kept = backup(relay);
      await answer(whole, ANI, '304', '1');
      await audit(whole, relay);
      const store = await damaged(whole, (name) => name !== BUDI);
      restore(relay, kept);
      relay.requests = 0;
      relay.good = cuts;
      const first = await auditAll(store, relay, auditParts());
      relay.good = Number.POSITIVE_INFINITY;
      isComplete = first.ok;
      expect(await held(store, ANI), `cut after ${cuts}`).toMatchObject({ '304': '1' });
      await audit(store, relay);
      expect(relay.answers(ANI), `cut after ${cuts}`).toMatchObject({ '304': '1' });
      await expectSame(store, relay);
    }
    // Two exchanges and comparisons, what differs, what goes up: six requests, and the run that none of them was cut in.
    expect(cuts).toBe(7);
  });
});

describe('[AU13] an audit of many documents', () => {
  it('gives way between slices of a few milliseconds, and says how far it has come', async () => {
    const { relay, store } = await device();
    let now = 0;
    const clock = { now: () => (now += 10), after: () => () => undefined };
    let pauses = 0;
    const told: [number, number][] = [];
    const report = await auditAll(
      store,
      relay,
      auditParts({
        clock,
        pause: () => {
          pauses++;
          return Promise.resolve();
        },
        progress: (done, of) => void told.push([done, of]),
      }),
    );
    expect(report.ok).toBe(true);
    expect(pauses).toBe(3);
    expect(told).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });

  it('asks in halves where one request is too much, and takes over alone', async () => {
    const { relay, store } = await device();
    relay.areas = [AREA, '7102990001000200', '7102990001000300'];
    relay.mostAreas = 1;
    let running = 0;
    const report = await auditAll(
      store,
      relay,
      auditParts({
        alone: async (work) => {
          expect(++running).toBe(1);
          const result = await work();
          running--;
          return result;
        },
      }),
    );
    expect(report).toEqual({ ok: true, value: SAME });
    expect(relay.audits.at(-1)?.areas).toHaveLength(1);
    relay.areas = [AREA];
    relay.mostAreas = 0;
    expect(await auditAll(store, relay, auditParts())).toMatchObject({
      ok: false,
      failure: { code: 'too-large' },
    });
  });

  it('is broken off if the relay was restored meanwhile', async () => {
    const { relay, store } = await device();
    const plain = relay.audit;
    relay.audit = (body) => {
      relay.epoch = 'e2';
      return plain(body);
    };
    expect(await auditAll(store, relay, auditParts())).toMatchObject({
      ok: false,
      failure: { code: 'unavailable' },
    });
  });
});

function clocksOf(update: Uint8Array): unknown {
  const { from, to } = parseUpdateMeta(update);
  return { from: [...from], to: [...to], state: [...encodeStateVectorFromUpdate(update)] };
}
