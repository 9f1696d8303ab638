import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import type { DocumentMoment, HistoryEntry } from '@rukun/core/protocol';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { MINUTE, NINE, TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;

async function signIn(url: string, ...names: string[]): Promise<TestDevice[]> {
  const devices = await Promise.all(names.map((name) => TestDevice.signIn(url, name)));
  for (const device of devices) await device.exchange();
  return devices;
}

async function get<T>(device: TestDevice, path: string): Promise<T> {
  const response = await device.fetch(`/api/documents/${ani1}/${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

async function store(device: TestDevice): Promise<void> {
  const { receipts } = await device.exchange([device.item(ani1)]);
  device.copy(ani1).local.length = 0;
  expect(receipts.map(({ status }) => status)).toEqual(['stored']);
}

test('[AT2] the history of one question: who, when by device and relay, what it was before', async () => {
  const { url } = await openRelay();
  const [ani, sari] = await signIn(url, 'ani', 'sari');
  if (!ani || !sari) throw new Error('nobody');
  ani.copy(ani1).at = NINE;
  ani.copy(ani1).answer('108', 'NAMA');
  ani.copy(ani1).answer('303', 54);
  await store(ani);
  await sari.exchange();
  sari.copy(ani1).at = NINE + 7 * MINUTE;
  sari.copy(ani1).answer('303', null);
  const from = Date.now();
  await store(sari);
  const history = await get<HistoryEntry[]>(ani, 'history?path=answers/303');
  expect(history).toMatchObject([
    { path: 'answers/303', value: 54, before: null, by: 'ani', device: ani.me.device.id, at: NINE },
    { value: null, before: 54, by: 'sari', device: sari.me.device.id, at: NINE + 7 * MINUTE },
  ]);
  expect(history[1]?.receivedAt).toBeGreaterThanOrEqual(from);
  expect(history[1]?.commit).toBeGreaterThan(history[0]?.commit ?? Infinity);
  const name = await get<HistoryEntry[]>(ani, 'history?path=answers/108');
  expect(name.map(({ by, value, before }) => [by, value, before])).toEqual([
    ['', 'KEPALA a1', null],
    ['ani', 'NAMA', 'KEPALA a1'],
  ]);
  expect(await get<HistoryEntry[]>(ani, 'history?path=answers/999')).toEqual([]);
  const all = await get<HistoryEntry[]>(ani, 'history');
  expect(all.filter(({ path }) => path === 'answers/303')).toEqual(history);
});

test('[AT4] a client id next to another person’s, or chosen to come before it, names nobody else', async () => {
  const { url } = await openRelay();
  const [ani, sari] = await signIn(url, 'ani', 'sari');
  if (!ani || !sari) throw new Error('nobody');
  ani.copy(ani1).doc.clientID = 5_000;
  ani.copy(ani1).answer('303', 54);
  await store(ani);
  await sari.exchange();
  for (const client of [4_999, 5_001, 0, 2 ** 32 - 1]) {
    sari.copy(ani1).doc.clientID = client;
    sari.copy(ani1).answer('303', client % 90);
    await store(sari);
  }
  const history = await get<HistoryEntry[]>(ani, 'history?path=answers/303');
  expect(history.map(({ by }) => by)).toEqual(['ani', 'sari', 'sari', 'sari', 'sari']);
});

test('[AT1] who sends again what another wrote does not become its author', async () => {
  const { url } = await openRelay();
  const [ani, sari] = await signIn(url, 'ani', 'sari');
  if (!ani || !sari) throw new Error('nobody');
  ani.copy(ani1).answer('303', 54);
  await store(ani);
  await sari.exchange();
  sari.copy(ani1).answer('304', 45);
  const everything = encodeStateAsUpdate(sari.copy(ani1).doc);
  await sari.exchange([{ ...sari.item(ani1), update: everything }]);
  await sari.exchange([{ ...sari.item(ani1), update: everything }]);
  const history = await get<HistoryEntry[]>(ani, 'history');
  const written = history.filter(({ path }) => ['answers/303', 'answers/304'].includes(path));
  expect(written.map(({ path, by }) => [path, by])).toEqual([
    ['answers/303', 'ani'],
    ['answers/304', 'sari'],
  ]);
});

test('[TT1] a moment of the list is the document as it stood, for an empty one', async () => {
  const { url } = await openRelay();
  const [ani] = await signIn(url, 'ani');
  if (!ani) throw new Error('nobody');
  for (const value of [11, 12, 13]) {
    ani.copy(ani1).answer('303', value);
    await store(ani);
  }
  const moments = await get<DocumentMoment[]>(ani, 'moments');
  expect(moments.map(({ by, changes }) => [by, changes])).toEqual([
    ['', 5],
    ['ani', 1],
    ['ani', 1],
    ['ani', 1],
  ]);
  const values = [];
  for (const { commit } of moments) {
    const response = await ani.fetch(`/api/documents/${ani1}/at/${commit}`);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const doc = new Doc();
    applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
    values.push(doc.getMap('answers').get('303') ?? null);
  }
  expect(values).toEqual([null, 11, 12, 13]);
});

test.each([
  ['at/0', 400, 'malformed'],
  ['at/-1', 400, 'malformed'],
  ['at/1.5', 400, 'malformed'],
  ['at/9007199254740993', 400, 'malformed'],
  ['at/1', 404, 'not-found'],
  ['at/99999', 404, 'not-found'],
])('[TT4] %s is answered with %i', async (path, status, code) => {
  const { url } = await openRelay();
  const [ani] = await signIn(url, 'ani');
  const response = await ani?.fetch(`/api/documents/${ani1}/${path}`);
  expect(response?.status).toBe(status);
  expect(await response?.json()).toMatchObject({ code });
});

test.each(['history', 'history?path=answers/303', 'moments', 'at/3'])(
  '[AT6] who may not read the document is not told its %s',
  async (path) => {
    const { url } = await openRelay();
    const [budi] = await signIn(url, 'budi');
    for (const [document, code] of [
      [ani1, 'forbidden'],
      ['household/nowhere', 'forbidden'],
      ['household', 'not-found'],
    ] as const) {
      const response = await budi?.fetch(`/api/documents/${document}/${path}`);
      expect(await response?.json()).toMatchObject({ code });
    }
    const stranger = await fetch(`${url}/api/documents/${ani1}/${path}`);
    expect(stranger.status).toBe(401);
  },
);
