import { expect, test } from 'vitest';
import { mergeUpdates } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { AREA, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { MINUTE, NINE, TestDevice } from '../support/test-device.ts';

const NEW: DocumentName = 'household/nnnnnnnnnnnnnnn1';

test('[EX5] a new device gets the households of its areas, and only those', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const { changes, feeds, more } = await ani.exchange();
  expect(changes.map(({ document, area }) => [document, area])).toEqual([
    [HOUSEHOLD.ani1, AREA.ani],
    [HOUSEHOLD.ani2, AREA.ani],
  ]);
  expect(feeds).toEqual([{ shard: '7102', cursor: 5, held: [AREA.ani], pending: [] }]);
  expect(more).toBe(false);
  expect(ani.copy(HOUSEHOLD.ani1).answers()).toEqual({ '108': 'KEPALA a1' });
});

test('[EX6] an edit is stored, reaches the supervisor once, and does not come back to its author', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  ani.copy(HOUSEHOLD.ani1).answer('303', 54);
  const sent = await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  expect(sent.receipts).toEqual([{ document: HOUSEHOLD.ani1, upTo: 1, status: 'stored' }]);
  expect(sent.changes).toEqual([]);
  const [change] = (await sari.exchange()).changes;
  expect(change).toMatchObject({ document: HOUSEHOLD.ani1, area: AREA.ani });
  expect(sari.copy(HOUSEHOLD.ani1).answers()['303']).toBe(54);
  expect((await sari.exchange()).changes).toEqual([]);
});

test('[EX3] repeating a request stores nothing twice and is answered the same', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  ani.copy(HOUSEHOLD.ani1).answer('303', 54);
  const before = { epoch: ani.epoch, feeds: ani.feeds };
  const first = await ani.exchange([ani.item(HOUSEHOLD.ani1)], before);
  const rows = storage.read((reader) => reader.lastSeq());
  expect(await ani.exchange([ani.item(HOUSEHOLD.ani1)], before)).toEqual(first);
  expect(storage.read((reader) => reader.lastSeq())).toBe(rows);
});

test('[EX4] only what is new of a repeated log is kept, so each row has one author and time', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(HOUSEHOLD.ani1);
  copy.answer('303', 54);
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  const size = storage.read((reader) => reader.log(HOUSEHOLD.ani1).at(-1)?.update.byteLength ?? 0);
  copy.answer('304', 2);
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  const log = storage.read((reader) => reader.log(HOUSEHOLD.ani1));
  expect(log).toHaveLength(3);
  expect(log.at(-1)?.update.byteLength).toBeLessThanOrEqual(size + 4);
  expect((await ani.history(HOUSEHOLD.ani1)).map(({ path, value }) => [path, value]).slice(-2)).toEqual([
    ['answers/303', 54],
    ['answers/304', 2],
  ]);
});

test('[EX7] a new household names its area once and is bound to it', async () => {
  const { url, storage } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  ani.create(NEW, AREA.ani, { '108': 'BARU' });
  expect((await ani.exchange([ani.item(NEW)])).receipts[0]).toMatchObject({ code: 'not-found' });
  expect((await ani.exchange([ani.item(NEW, AREA.ani)])).receipts[0]).toMatchObject({ status: 'stored' });
  ani.copy(NEW).answer('303', 40);
  const moved = await ani.exchange([ani.item(NEW, AREA.other)]);
  expect(moved.receipts[0]).toMatchObject({ status: 'stored' });
  expect(storage.read((reader) => reader.document(NEW)?.area)).toBe(AREA.ani);
  await sari.exchange();
  expect(sari.copy(NEW).answers()).toEqual({ '108': 'BARU', '303': 40 });
});

test('[EX1] nothing goes into a foreign area, known or new, and the good items beside it are stored', async () => {
  const { url, storage } = await openRelay();
  const [ani, citra] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'citra')];
  await Promise.all([ani.exchange(), citra.exchange()]);
  ani.copy(HOUSEHOLD.other).receive(mergeUpdates([...storage.read((r) => r.updates(HOUSEHOLD.other))]));
  ani.copy(HOUSEHOLD.other).answer('303', 1);
  ani.create(NEW, AREA.other);
  ani.copy(HOUSEHOLD.ani1).answer('303', 2);
  ani.copy(HOUSEHOLD.ani2).answer('303', 3);
  const items = [HOUSEHOLD.ani1, HOUSEHOLD.other, HOUSEHOLD.ani2].map((name) => ani.item(name));
  const { receipts } = await ani.exchange([...items, ani.item(NEW, AREA.other)]);
  expect(receipts.map((receipt) => ('code' in receipt ? receipt.code : receipt.status))).toEqual([
    'stored',
    'forbidden',
    'stored',
    'forbidden',
  ]);
  expect((await citra.exchange()).changes).toEqual([]);
  expect(storage.read((reader) => reader.document(NEW))).toBeNull();
  const refusals = storage.read((reader) => reader.refusals(10));
  expect(refusals.map(({ document, person, code }) => [document, person, code])).toEqual([
    [NEW, 'ani', 'forbidden'],
    [HOUSEHOLD.other, 'ani', 'forbidden'],
  ]);
});

test('[EX8] a field that is not theirs to write is named, and nothing of the update is stored', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const { doc, local, household } = ani.copy(HOUSEHOLD.ani1);
  doc.on('update', (update: Uint8Array) => local.push(update));
  doc.getMap('event/zzz1').set('by', 'sari');
  household.addRemark('', 'di bawah nama sendiri');
  const { receipts } = await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  expect(receipts[0]).toMatchObject({ status: 'refused', code: 'forbidden', paths: ['event/zzz1/by'] });
  expect(storage.read((reader) => reader.log(HOUSEHOLD.ani1))).toHaveLength(1);
});

test('[EX9] a gap is answered with resync, and the whole local log then closes it', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(HOUSEHOLD.ani1);
  copy.answer('303', 1);
  copy.answer('304', 2);
  const late = { ...ani.item(HOUSEHOLD.ani1), update: copy.local[1] ?? new Uint8Array() };
  expect((await ani.exchange([late])).receipts[0]?.status).toBe('resync');
  expect((await ani.exchange([ani.item(HOUSEHOLD.ani1)])).receipts[0]?.status).toBe('stored');
});

test('[GT81] a client id belongs to the device that used it first', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  ani.copy(HOUSEHOLD.ani1).answer('303', 1);
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  await sari.exchange();
  const thief = sari.copy(HOUSEHOLD.ani1);
  thief.doc.clientID = ani.copy(HOUSEHOLD.ani1).doc.clientID;
  thief.answer('303', 2);
  const { receipts } = await sari.exchange([sari.item(HOUSEHOLD.ani1)]);
  expect(receipts[0]).toMatchObject({ status: 'refused', code: 'foreign-client' });
});

test('[AT5] who signs in anew on a phone goes on under the client ids of before, and the history says where', async () => {
  const { url } = await openRelay();
  const before = await TestDevice.signIn(url, 'ani');
  await before.exchange();
  const copy = before.copy(HOUSEHOLD.ani1);
  copy.answer('303', 1);
  await before.exchange([before.item(HOUSEHOLD.ani1)]);
  copy.answer('303', 2);
  copy.answer('304', 3);
  const anew = await TestDevice.signIn(url, 'ani');
  expect((await anew.exchange([before.item(HOUSEHOLD.ani1)])).receipts[0]?.status).toBe('stored');
  const history = await anew.history(HOUSEHOLD.ani1);
  expect(history.filter(({ path }) => path === 'answers/303')).toMatchObject([
    { value: 1, by: 'ani', device: before.me.device.id },
    { value: 2, by: 'ani', device: anew.me.device.id },
  ]);
});

test('[AT2] the history names author, device, time of the device and commit of every edit', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(HOUSEHOLD.ani1);
  copy.at = NINE + 3 * MINUTE;
  copy.answer('303', 1);
  copy.answer('303', 2);
  await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  const history = await ani.history(HOUSEHOLD.ani1);
  const edits = history.filter(({ path }) => path === 'answers/303');
  expect(edits).toMatchObject([
    { value: 1, by: 'ani', device: ani.me.device.id, at: NINE + 3 * MINUTE, commit: 6 },
    { value: 2, by: 'ani', device: ani.me.device.id, at: NINE + 3 * MINUTE, commit: 6 },
  ]);
  expect(history.find(({ path }) => path === 'answers/108')).toMatchObject({ by: '', device: '', commit: 2 });
  const citra = await TestDevice.signIn(url, 'citra');
  expect((await citra.fetch(`/api/documents/${HOUSEHOLD.ani1}/history`)).status).toBe(403);
});

test('[CP10] a long history is read from the kept state, and nothing of it is lost', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(HOUSEHOLD.ani1);
  for (let count = 0; count < 80; count++) {
    copy.answer(String(300 + count), count);
    await ani.exchange([{ ...ani.item(HOUSEHOLD.ani1), update: copy.local.at(-1) ?? new Uint8Array() }]);
  }
  storage.read((reader) => {
    expect(reader.log(HOUSEHOLD.ani1)).toHaveLength(81);
    expect(reader.updates(HOUSEHOLD.ani1).length).toBeLessThanOrEqual(34);
  });
  const fresh = await TestDevice.signIn(url, 'sari');
  await fresh.exchange();
  expect(fresh.copy(HOUSEHOLD.ani1).answers()).toEqual(copy.answers());
});
