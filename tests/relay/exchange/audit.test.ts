import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import {
  AUDIT_BUCKETS,
  decodeAuditAnswer,
  encodeAuditRequest,
  FINGERPRINT_BYTES,
  type AuditAnswer,
  type AuditRequest,
  type DocumentName,
} from '@rukun/core/protocol';
import { bucketOf, bucketSums, fingerprintOf, type Fingerprints } from '@rukun/core/sync';
import type { Storage, StorageReader } from '@rukun/relay';
import { sessionOfToken } from '../../../packages/relay/src/auth/session.ts';
import { Auditor } from '../../../packages/relay/src/exchange/audit.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { addHousehold, AREA, BOARD, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const NOTHING = new Uint8Array(AUDIT_BUCKETS * FINGERPRINT_BYTES);

function post(device: TestDevice, body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  return device.fetch('/api/audit', { method: 'POST', body: new Uint8Array(body), headers });
}

async function audit(device: TestDevice, request: Partial<AuditRequest> = {}): Promise<AuditAnswer> {
  const whole = { areas: [AREA.ani], skipped: [], sums: NOTHING, ...request };
  const response = await post(device, gzipSync(encodeAuditRequest(whole)), { 'content-encoding': 'gzip' });
  if (!response.ok) throw new Error(`the audit answered ${response.status}`);
  const answer = decodeAuditAnswer(new Uint8Array(await response.arrayBuffer()));
  if (!answer.ok) throw new Error(`an unreadable answer: ${answer.failure.code}`);
  return answer.value;
}

/** What the device holds of the documents. */
function heldBy(device: TestDevice, ...names: DocumentName[]): Fingerprints {
  return new Map(names.map((name) => [name, fingerprintOf(name, device.copy(name).doc)]));
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

const namesIn = ({ documents }: AuditAnswer) => documents.map(({ document }) => document).sort();

/** Counts how many documents are opened in each read of the storage. */
function counting(): { readonly opened: number[]; readonly wrap: (storage: Storage) => Storage } {
  const opened: number[] = [];
  const wrap = (storage: Storage): Storage => ({
    ...bound(storage),
    read: (f) =>
      storage.read((reader) => {
        let count = 0;
        const counted: StorageReader = new Proxy(reader, {
          get(target, property) {
            const value: unknown = Reflect.get(target, property, target);
            if (property === 'updates') count++;
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          },
        });
        const result = f(counted);
        if (count > 0) opened.push(count);
        return result;
      }),
  });
  return { opened, wrap };
}

function bound(storage: Storage): Storage {
  return {
    read: (f) => storage.read(f),
    transact: (f) => storage.transact(f),
    sweep: () => storage.sweep(),
    close: () => storage.close(),
  };
}

/** Households with one small update each. */
function addMany(storage: Storage, count: number): void {
  const doc = new Doc();
  doc.getMap('answers').set('108', 'ANI');
  const update = encodeStateAsUpdate(doc);
  storage.transact((writer) => {
    for (let index = 0; index < count; index++) {
      const document: DocumentName = `household/many${index}`;
      writer.addDocument(document, 'household', AREA.ani);
      const author = { source: 'import', person: '', device: '' } as const;
      writer.append({ document, update, ...author, deviceAt: 1, receivedAt: 1, marks: [] });
    }
  });
}

test('[AU3] a device that holds what is stored gets no bucket back, in at most 1 KB both ways', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  ani.copy(HOUSEHOLD.ani1).answer('303', '2');
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  await ani.exchange();
  const sums = bucketSums(heldBy(ani, HOUSEHOLD.ani1, HOUSEHOLD.ani2));
  const request = encodeAuditRequest({ areas: [AREA.ani], skipped: [], sums });
  const response = await post(ani, request);
  const answer = new Uint8Array(await response.arrayBuffer());
  expect(decodeAuditAnswer(answer)).toEqual({
    ok: true,
    value: { epoch: ani.epoch, buckets: [], documents: [] },
  });
  expect(request.byteLength + answer.byteLength).toBeLessThanOrEqual(1024);
});

test('[AU3] every document of a bucket that differs comes with its fingerprint, also one that only the relay has', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const sari = await TestDevice.signIn(url, 'sari');
  await ani.exchange();
  await sari.exchange();
  const before = heldBy(ani, HOUSEHOLD.ani1, HOUSEHOLD.ani2);
  sari.copy(HOUSEHOLD.ani1).answer('303', '2');
  await sari.exchange([sari.item(HOUSEHOLD.ani1)]);
  const changed = await audit(ani, { sums: bucketSums(before) });
  expect(changed.buckets).toEqual([bucketOf(HOUSEHOLD.ani1)]);
  await ani.exchange();
  expect(changed.documents).toContainEqual({
    document: HOUSEHOLD.ani1,
    fingerprint: heldBy(ani, HOUSEHOLD.ani1).get(HOUSEHOLD.ani1),
  });
  expect(namesIn(await audit(ani))).toEqual([HOUSEHOLD.ani1, HOUSEHOLD.ani2]);
});

test("[AU4] only documents of areas that were named and are the person's, without those left out, and no boards", async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const sari = await TestDevice.signIn(url, 'sari');
  const koko = await TestDevice.signIn(url, 'koko');
  const all = Object.values(AREA);
  expect(namesIn(await audit(ani, { areas: all }))).toEqual([HOUSEHOLD.ani1, HOUSEHOLD.ani2]);
  expect(namesIn(await audit(sari, { areas: all }))).toEqual([
    HOUSEHOLD.ani1,
    HOUSEHOLD.ani2,
    HOUSEHOLD.budi,
  ]);
  expect(namesIn(await audit(sari, { areas: [AREA.budi, AREA.budi] }))).toEqual([HOUSEHOLD.budi]);
  expect(namesIn(await audit(ani, { skipped: [HOUSEHOLD.ani1, BOARD] }))).toEqual([HOUSEHOLD.ani2]);
  expect(namesIn(await audit(koko, { areas: all }))).toEqual([]);
});

test('[AU4] what was written meanwhile is seen at the next request; what was not is not opened again', async () => {
  const { opened, wrap } = counting();
  const { url } = await openRelay({ wrap });
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  opened.length = 0;
  const first = await audit(ani);
  expect(total(opened)).toBe(2);
  expect(await audit(ani)).toEqual(first);
  expect(total(opened)).toBe(2);
  ani.copy(HOUSEHOLD.ani1).answer('303', '2');
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  opened.length = 0;
  const second = await audit(ani);
  expect(total(opened)).toBe(1);
  expect(second.documents).toContainEqual({
    document: HOUSEHOLD.ani1,
    fingerprint: heldBy(ani, HOUSEHOLD.ani1).get(HOUSEHOLD.ani1),
  });
});

test('[AU5] bodies that are none, of another version, too large or without a token are turned away', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const good = encodeAuditRequest({ areas: [AREA.ani], skipped: [], sums: NOTHING });
  const otherVersion = Uint8Array.from(good);
  otherVersion[0] = 99;
  const codeOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];
  expect(await codeOf(await post(ani, new Uint8Array()))).toEqual([400, 'malformed']);
  expect(await codeOf(await post(ani, good.subarray(0, good.length - 1)))).toEqual([400, 'malformed']);
  expect(await codeOf(await post(ani, Uint8Array.from([...good, 0])))).toEqual([400, 'malformed']);
  expect(await codeOf(await post(ani, otherVersion))).toEqual([426, 'wrong-version']);
  const areas = Array.from({ length: 10_001 }, () => AREA.ani);
  expect(await codeOf(await post(ani, encodeAuditRequest({ areas, skipped: [], sums: NOTHING })))).toEqual([
    413,
    'too-large',
  ]);
  const bomb = gzipSync(new Uint8Array(8 * 1024 * 1024));
  expect(await codeOf(await post(ani, bomb, { 'content-encoding': 'gzip' }))).toEqual([413, 'too-large']);
  expect(
    await codeOf(await fetch(`${url}/api/audit`, { method: 'POST', body: new Uint8Array(good) })),
  ).toEqual([401, 'unauthenticated']);
});

test('[AU5] more documents than one request may compare are too many, and none of them is opened', async () => {
  const { opened, wrap } = counting();
  const { url, storage } = await openRelay({ wrap });
  addMany(storage, 5000);
  const ani = await TestDevice.signIn(url, 'ani');
  const response = await post(ani, encodeAuditRequest({ areas: [AREA.ani], skipped: [], sums: NOTHING }));
  expect([response.status, await response.json()]).toEqual([413, { code: 'too-large' }]);
  expect(opened).toEqual([]);
});

test('[AU6] work is done in slices of few documents, one request after the other, one of a device at a time', async () => {
  const { opened, wrap } = counting();
  const { url, storage } = await openRelay({ wrap });
  addMany(storage, 200);
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  const auditor = new Auditor({ storage, clock: new VirtualClock() });
  const asked = { areas: [AREA.ani], skipped: [], sums: NOTHING };
  const ask = ({ token }: TestDevice) => {
    const session = storage.read((reader) => sessionOfToken(reader, token, Date.now()));
    if (!session.ok) throw new Error('not signed in');
    return auditor.answer(session.value, asked);
  };
  let turns = 0;
  const look = (): void => {
    turns++;
    turn = setImmediate(look);
  };
  let turn = setImmediate(look);
  const answers = await Promise.all([ask(ani), ask(ani), ask(sari)]);
  clearImmediate(turn);
  expect(answers.map((answer) => (answer.ok ? answer.value.documents.length : answer.failure.code))).toEqual([
    202,
    'rate-limited',
    202,
  ]);
  expect((await ask(ani)).ok).toBe(true);
  expect(Math.max(...opened)).toBeLessThanOrEqual(16);
  expect(total(opened)).toBe(202);
  expect(turns).toBeGreaterThanOrEqual(202 / 16);
});

test('[AU6] a household that an import adds while others are compared is not half there', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const added: DocumentName = 'household/aaaaaaaaaaaaaaa3';
  const asked = audit(ani);
  storage.transact((writer) => addHousehold(writer, added, AREA.ani));
  await asked;
  await ani.exchange();
  const sums = bucketSums(heldBy(ani, HOUSEHOLD.ani1, HOUSEHOLD.ani2, added));
  expect((await audit(ani, { sums })).buckets).toEqual([]);
  expect(ani.copy(added).household.snapshot().answers['108']).toBe('KEPALA a3');
});
