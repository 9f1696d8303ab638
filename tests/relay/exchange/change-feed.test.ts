import { expect, test } from 'vitest';
import type { DocumentName, ExchangeAnswer } from '@rukun/core/protocol';
import { LIMITS } from '@rukun/core/protocol';
import type { Storage } from '@rukun/relay';
import { addHousehold, AREA, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const give = (storage: Storage, area: string, officer: string): void =>
  storage.transact((writer) =>
    writer.putAssignment({ area, officer, supervisor: 'sari', target: 1, dueDate: '' }),
  );

const sizeOf = ({ changes }: ExchangeAnswer): number =>
  changes.reduce((sum, { update }) => sum + update.byteLength, 0);

test('[EX12] a newly granted area comes from its start; one no longer granted leaves the feed', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  give(storage, AREA.budi, 'ani');
  const granted = await ani.exchange();
  expect(granted.changes.map(({ document }) => document)).toEqual([HOUSEHOLD.budi]);
  expect(granted.feeds).toEqual([{ shard: '7102', cursor: 5, held: [AREA.ani, AREA.budi], pending: [] }]);
  expect(granted.more).toBe(false);
  give(storage, AREA.ani, 'budi');
  const taken = await ani.exchange();
  expect(taken.feeds).toEqual([{ shard: '7102', cursor: 5, held: [AREA.budi], pending: [] }]);
  give(storage, AREA.ani, 'ani');
  expect((await ani.exchange()).changes.map(({ document }) => document)).toEqual([
    HOUSEHOLD.ani1,
    HOUSEHOLD.ani2,
  ]);
});

test.each([
  ['another epoch', { epoch: 'old' }],
  ['no epoch', { epoch: '' }],
])('[EX11] a position of %s counts as none: everything comes again', async (_, position) => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  expect((await ani.exchange([], position)).changes).toHaveLength(2);
});

test('[EX11] a position beyond the log counts as none', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const feeds = [{ shard: '7102', cursor: 99, held: [AREA.ani], pending: [] }];
  const answer = await ani.exchange([], { feeds });
  expect(answer.changes).toHaveLength(2);
  expect(answer.feeds[0]?.cursor).toBe(5);
});

test('[EX13] areas a device claims to hold without being granted them bring nothing', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const feeds = [{ shard: '7102', cursor: 1, held: [AREA.other, AREA.ani], pending: [] }];
  const { changes } = await ani.exchange([], { feeds });
  expect(changes.every(({ area }) => area === AREA.ani)).toBe(true);
});

/** Many answers of 4,000 characters, so that one answer of the relay cannot hold them. */
async function writeMuch(device: TestDevice, documents: readonly DocumentName[]): Promise<void> {
  for (let round = 0; round < 10; round++) {
    for (const document of documents) {
      const copy = device.copy(document);
      copy.local.length = 0;
      for (let count = 0; count < 4; count++) copy.answer(`x${round}-${count}`, 'x'.repeat(4000));
    }
    const { receipts } = await device.exchange(documents.map((document) => device.item(document)));
    expect(receipts.every(({ status }) => status === 'stored')).toBe(true);
  }
}

test('[EX14] what is long comes in parts, each usable by itself, and a cut between any two loses nothing', async () => {
  const { url, storage } = await openRelay();
  const [ani, budi] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'budi')];
  const sari = await TestDevice.signIn(url, 'sari');
  await Promise.all([ani.exchange(), budi.exchange(), sari.exchange()]);
  await writeMuch(ani, [HOUSEHOLD.ani1, HOUSEHOLD.ani2]);
  await writeMuch(budi, [HOUSEHOLD.budi]);
  const fresh = await TestDevice.signIn(url, 'sari');
  for (const device of [sari, fresh]) {
    let parts = 0;
    for (let more = true; more; parts++) {
      const position = { epoch: device.epoch, feeds: device.feeds };
      const answer = await device.exchange();
      // The link was cut and the device never got this answer: the next is the same.
      Object.assign(device, position);
      expect(await device.exchange()).toEqual(answer);
      for (const { doc } of device.copies.values()) expect(doc.store.pendingStructs).toBeNull();
      // Whole documents are up to half as large as the aim here, rows much smaller.
      expect(sizeOf(answer)).toBeLessThan(LIMITS.answerAimBytes * 1.7);
      more = answer.more;
    }
    expect(parts).toBeGreaterThan(1);
    for (const owner of [ani, budi]) {
      for (const [document, copy] of owner.copies)
        expect(device.copy(document).answers()).toEqual(copy.answers());
    }
    expect(device.feeds).toEqual([
      { shard: '7102', cursor: storage.read((r) => r.lastSeq()), held: [AREA.ani, AREA.budi], pending: [] },
    ]);
  }
});

test('[EX15] a document that changes while a new area comes in is not left behind', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const names = Array.from({ length: 8 }, (_, index) => `household/big${index}` as const);
  storage.transact((writer) => {
    for (const name of names) addHousehold(writer, name, AREA.ani);
  });
  await ani.exchange();
  await writeMuch(ani, names.slice(0, 3));
  const sari = await TestDevice.signIn(url, 'sari');
  expect((await sari.exchange()).more).toBe(true);
  const late = ani.copy(HOUSEHOLD.ani1);
  late.answer('303', 7);
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  for (let more = true; more;) ({ more } = await sari.exchange());
  expect(sari.copy(HOUSEHOLD.ani1).answers()['303']).toBe(7);
  for (const [document, copy] of ani.copies) expect(sari.copy(document).answers()).toEqual(copy.answers());
});

test('[EX16] nothing new costs one round trip and less than 1 KB', async () => {
  const { url } = await openRelay();
  const sari = await TestDevice.signIn(url, 'sari');
  await sari.exchange();
  const { changes, more, feeds } = await sari.exchange();
  expect({ changes, more }).toEqual({ changes: [], more: false });
  expect(JSON.stringify(feeds).length).toBeLessThan(1024);
});
