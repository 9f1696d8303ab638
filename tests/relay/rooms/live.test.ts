import { expect, test } from 'vitest';
import { encodeStateVector, mergeUpdates } from 'yjs';
import type { Storage, StorageWriter } from '@rukun/relay';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { LiveClient } from '../support/live-client.ts';
import { BOARD, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { HouseholdCopy, TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;

async function twoOn(url: string, protocol: 'plain' | 'stored' = 'stored') {
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  const author = await LiveClient.open(ani, ani1, protocol);
  const watcher = await LiveClient.open(sari, ani1, protocol);
  return { ani, sari, author, watcher };
}

/** Makes an edit and returns its raw update. */
function edit(copy: HouseholdCopy, question: string, value: string | number): Uint8Array {
  copy.answer(question, value);
  return copy.local.at(-1) ?? new Uint8Array();
}

test('[LV1] step 1 is answered with what is missing', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const client = await LiveClient.open(ani, ani1);
  const copy = new HouseholdCopy('ani', 'x');
  client.send({ type: 'sync-step-1', stateVector: encodeStateVector(copy.doc) });
  copy.receive((await client.next('sync-step-2')).update);
  expect(copy.answers()).toEqual({ '108': 'KEPALA a1' });
});

test('[LV3] an edit reaches the others and the author hears *stored*, not an echo', async () => {
  const { url } = await openRelay();
  const { ani, sari, author, watcher } = await twoOn(url);
  author.send({ type: 'update', update: edit(ani.copy(ani1), '303', 54) });
  author.send({ type: 'update', update: edit(ani.copy(ani1), '304', 1) });
  await author.next('stored', ({ frames }) => frames === 2);
  sari.copy(ani1).receive((await watcher.next('update')).update);
  expect(sari.copy(ani1).answers()['303']).toBe(54);
  expect(author.count('update')).toBe(0);
  expect(watcher.count('stored')).toBe(0);
});

test('[LV4] a plain client gets its own update back after the commit', async () => {
  const { url, storage } = await openRelay();
  const { ani, author } = await twoOn(url, 'plain');
  const update = edit(ani.copy(ani1), '303', 54);
  author.send({ type: 'update', update });
  expect((await author.next('update')).update).toEqual(update);
  expect(storage.read((reader) => reader.log(ani1)).at(-1)?.update).toEqual(update);
});

test('[LV2] *stored* and broadcast come after the commit, never before', async () => {
  const events: string[] = [];
  const wrap = (storage: Storage): Storage => ({
    read: (f) => storage.read(f),
    sweep: () => storage.sweep(),
    close: () => storage.close(),
    transact<T>(f: (writer: StorageWriter) => T): T {
      events.push('begin');
      const result = storage.transact(f);
      events.push('committed');
      return result;
    },
  });
  const { url } = await openRelay({ wrap });
  const { ani, author, watcher } = await twoOn(url);
  author.socket.on('message', () => events.push('to author'));
  watcher.socket.on('message', () => events.push('to watcher'));
  events.length = 0;
  author.send({ type: 'update', update: edit(ani.copy(ani1), '303', 54) });
  await Promise.all([author.next('stored'), watcher.next('update')]);
  expect(events.slice(0, 2)).toEqual(['begin', 'committed']);
  expect(events.slice(2).sort()).toEqual(['to author', 'to watcher']);
});

test('[LV5] a refused frame is named to its author, the next one is stored, others never see it', async () => {
  const { url } = await openRelay();
  const { ani, author, watcher } = await twoOn(url);
  const forger = new HouseholdCopy('ani', 'x');
  forger.receive(mergeUpdates([...ani.copy(ani1).local, ...(await stateOf(ani))]));
  const forged: Uint8Array[] = [];
  forger.doc.on('update', (update: Uint8Array) => forged.push(update));
  forger.doc.getMap('event/z1').set('by', 'sari');
  author.send({ type: 'update', update: forged[0] ?? new Uint8Array() });
  author.send({ type: 'update', update: edit(ani.copy(ani1), '303', 54) });
  expect(await author.next('refused')).toEqual({
    type: 'refused',
    frame: 1,
    code: 'forbidden',
    paths: ['event/z1/by'],
  });
  await author.next('stored', ({ frames }) => frames === 2);
  await watcher.next('update');
  expect(watcher.count('update')).toBe(1);
});

test('[LV5] of a refused update nothing stays: no newcomer is given it, and sent again it is refused again', async () => {
  const { url } = await openRelay();
  const { ani, author, watcher } = await twoOn(url);
  author.send({ type: 'update', update: edit(ani.copy(ani1), '303', 54) });
  await author.next('stored');
  const forger = new HouseholdCopy('ani', 'x');
  const forged: Uint8Array[] = [];
  forger.doc.on('update', (update: Uint8Array) => forged.push(update));
  forger.doc.getMap('event/z1').set('by', 'sari');
  for (const frame of [2, 3]) {
    author.send({ type: 'update', update: forged[0] ?? new Uint8Array() });
    expect(await author.next('refused', (refused) => refused.frame === frame)).toMatchObject({
      code: 'forbidden',
    });
  }
  watcher.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  const newcomer = new HouseholdCopy('sari', 'x');
  newcomer.receive((await watcher.next('sync-step-2')).update);
  expect(newcomer.answers()['303']).toBe(54);
  expect([...newcomer.doc.share.keys()].filter((root) => root.startsWith('event/'))).toEqual([]);
});

test('[LV6] a plain client is closed with the code of the refusal', async () => {
  const { url } = await openRelay();
  const { author, watcher } = await twoOn(url, 'plain');
  author.send({ type: 'update', update: Uint8Array.of(0, 1, 7, 1, 0, 5) });
  expect(await author.closed).toBe(4409);
  expect(watcher.socket.readyState).toBe(watcher.socket.OPEN);
});

test('[LV7] a gap is answered with a fresh step 1; step 2 closes it', async () => {
  const { url, storage } = await openRelay();
  const { ani, author } = await twoOn(url);
  const copy = ani.copy(ani1);
  copy.answer('303', 1);
  author.send({ type: 'update', update: edit(copy, '304', 2) });
  expect(await author.next('refused')).toMatchObject({ frame: 1, code: 'resync' });
  expect(author.count('sync-step-1')).toBe(2);
  author.send({ type: 'sync-step-2', update: mergeUpdates(copy.local) });
  await author.next('stored', ({ frames }) => frames === 2);
  expect(storage.read((reader) => reader.log(ani1))).toHaveLength(2);
});

test('[LV8] an exchange reaches the live room, a live edit reaches the exchange', async () => {
  const { url } = await openRelay();
  const { ani, sari, watcher } = await twoOn(url);
  ani.copy(ani1).answer('303', 54);
  await ani.exchange([ani.item(ani1)]);
  sari.copy(ani1).receive((await watcher.next('update')).update);
  watcher.send({ type: 'update', update: edit(sari.copy(ani1), '304', 2) });
  await watcher.next('stored');
  await ani.exchange();
  expect(ani.copy(ani1).answers()).toEqual(sari.copy(ani1).answers());
});

test('[LV9] somebody who may only read a document can be in its room and write nothing', async () => {
  const { url } = await openRelay();
  const [ani, koko] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'koko')];
  const client = await LiveClient.open(ani, BOARD);
  await LiveClient.open(koko, BOARD, 'plain');
  client.send({ type: 'sync-step-2', update: Uint8Array.of(0, 0) });
  await client.next('stored');
  client.send({ type: 'update', update: edit(new HouseholdCopy('ani', 'x'), '303', 1) });
  expect(await client.next('refused')).toMatchObject({ frame: 2, code: 'forbidden' });
});

test.each<[string, (url: string, ani: TestDevice) => Promise<LiveClient>, number]>([
  ['no ticket', async (url) => new LiveClient(url, ani1, [SUBPROTOCOLS.stored]), 4401],
  [
    'a made-up ticket',
    async (url) => new LiveClient(url, ani1, [SUBPROTOCOLS.plain, 'rukun.ticket.abc']),
    4401,
  ],
  [
    'a ticket for another document',
    async (url, ani) =>
      new LiveClient(url, HOUSEHOLD.ani2, [SUBPROTOCOLS.plain, `rukun.ticket.${await ani.ticket(ani1)}`]),
    4401,
  ],
  [
    'an unknown dialect',
    async (url, ani) => new LiveClient(url, ani1, ['rukun.9', `rukun.ticket.${await ani.ticket(ani1)}`]),
    4426,
  ],
  ['no such kind of document', async (url) => new LiveClient(url, 'letter/x', [SUBPROTOCOLS.plain]), 4400],
])('[LV10] %s is closed with its code', async (_, connect, code) => {
  const { url } = await openRelay();
  const client = await connect(url, await TestDevice.signIn(url, 'ani'));
  expect(await client.closed).toBe(code);
});

test('[LV11] a ticket is good once, and for 30 seconds', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  const ani = await TestDevice.signIn(url, 'ani');
  const use = (ticket: string) =>
    new LiveClient(url, ani1, [SUBPROTOCOLS.stored, SUBPROTOCOLS.ticketPrefix + ticket]);
  const [first, second] = [await ani.ticket(ani1), await ani.ticket(ani1)];
  await use(first).next('sync-step-1');
  expect(await use(first).closed).toBe(4401);
  clock.advance(30_001);
  expect(await use(second).closed).toBe(4401);
});

test('[LV12] a ticket for a foreign or unknown document is not given', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  for (const document of [HOUSEHOLD.other, 'household/unknown'])
    await expect(ani.ticket(document)).rejects.toThrow('403');
  await expect(ani.ticket('x')).rejects.toThrow('400');
});

test('[LV13] data flows every 20 s, and a client that does not even answer pings is let go', async () => {
  const clock = new VirtualClock();
  const { url, relay } = await openRelay({ clock });
  const ani = await TestDevice.signIn(url, 'ani');
  const client = await LiveClient.open(ani, ani1);
  const dead = await LiveClient.open(ani, ani1, 'plain', false);
  for (let tick = 1; tick <= 3; tick++) {
    clock.advance(20_000);
    // The answer comes after the pong: the relay has heard of this client.
    client.received.length = 0;
    client.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
    await client.next('sync-step-2');
  }
  expect(await dead.closed).toBe(1006);
  expect(dead.received.filter(({ type }) => type === 'awareness').length).toBe(1);
  expect(relay.context.rooms.count()).toEqual({ rooms: 1, connections: 1 });
});

test('[LV14] a room is gone when the last one leaves', async () => {
  const { url, relay } = await openRelay();
  const { author, watcher } = await twoOn(url);
  expect(relay.context.rooms.count()).toEqual({ rooms: 1, connections: 2 });
  author.socket.terminate();
  watcher.socket.terminate();
  await expect.poll(() => relay.context.rooms.count()).toEqual({ rooms: 0, connections: 0 });
});

async function stateOf(device: TestDevice): Promise<Uint8Array[]> {
  return (await device.exchange([], { epoch: '' })).changes
    .filter(({ document }) => document === ani1)
    .map(({ update }) => update);
}
