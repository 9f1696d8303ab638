import { expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import { encodeRoomMessage, LIMITS } from '@rukun/core/protocol';
import { seededRandom } from '../../support/seeded-random.ts';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;
const SEED = Number(process.env['FUZZ_SEED'] ?? 4711);

const numbers = (...list: readonly number[]) => inOne(list);
const inOne = (list: readonly number[]) =>
  encoding.encode((out) => {
    for (const number of list) encoding.writeVarUint(out, number);
  });

/** An awareness update about so many client ids, two bytes each or a little more. */
const crowd = (count: number) =>
  inOne([count, ...Array.from({ length: count }, (_, client) => [client, 0, 0]).flat()]);

const sync = (kind: number, bytes: Uint8Array) =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, 0);
    encoding.writeVarUint(out, kind);
    encoding.writeVarUint8Array(out, bytes);
  });

test.each<[string, Uint8Array | string, number]>([
  ['[GT65] a text frame', 'hello', 4400],
  ['[GT65] an empty frame', new Uint8Array(), 4400],
  ['[GT65] an unknown message', Uint8Array.of(77, 1), 4400],
  ['[GT65] an auth message', Uint8Array.of(2, 0, 0), 4400],
  ['[GT65] a *stored* from a client', encodeRoomMessage({ type: 'stored', frames: 1 }), 4400],
  ['[GT65] two messages in one frame', Uint8Array.of(3, 3), 4400],
  ['[GT65] a length beyond the frame', Uint8Array.of(0, 2, 255, 255, 3), 4400],
  ['[GT65] a state vector of noise', sync(0, Uint8Array.of(9, 255, 255)), 4400],
  ['[GT65] a long state vector', sync(0, new Uint8Array(100_000)), 4400],
  ['[GT60] a state vector that claims 2^40 client ids', sync(0, numbers(2 ** 40)), 4400],
  [
    '[GT60] a state vector of more client ids than a document may have',
    sync(0, inOne([9000, ...Array.from({ length: 9000 }, (_, client) => [client, 1]).flat()])),
    4400,
  ],
  ['[GT60] a state vector with a clock of 2^53 - 1', sync(0, numbers(1, 1, 2 ** 53 - 1)), 4400],
  [
    '[GT61] awareness of 100,000 client ids',
    encodeRoomMessage({ type: 'awareness', update: crowd(100_000) }),
    4400,
  ],
  [
    '[GT61] awareness that claims 2^40 client ids',
    encodeRoomMessage({ type: 'awareness', update: numbers(2 ** 40) }),
    4400,
  ],
  [
    '[GT61] awareness of a client id of 2^53 - 1',
    encodeRoomMessage({ type: 'awareness', update: numbers(1, 2 ** 53 - 1, 1, 0) }),
    4400,
  ],
  ['[GT62] a message of 64 MB', new Uint8Array(64 * 1024 * 1024), 4413],
  ['[GT62] a frame over the limit', new Uint8Array(LIMITS.frameBytes + 1), 4413],
  ['[GT65] awareness of noise', encodeRoomMessage({ type: 'awareness', update: Uint8Array.of(9, 9) }), 4400],
])('%s closes this connection with its code, and no other', async (_, frame, code) => {
  const { url, errors, storage } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await ani.exchange();
  const hostile = await LiveClient.open(sari, ani1);
  const honest = await LiveClient.open(ani, ani1);
  hostile.socket.send(frame);
  expect(await hostile.closed).toBe(code);
  ani.copy(ani1).answer('303', 54);
  honest.send({ type: 'update', update: ani.copy(ani1).local[0] ?? new Uint8Array() });
  await honest.next('stored');
  expect(errors).toEqual([]);
  expect(storage.read((reader) => reader.log(ani1))).toHaveLength(2);
});

test(`[GT66] noise of any kind leaves the relay and the others alone, seed ${SEED}`, async () => {
  const random = seededRandom(SEED);
  const { url, errors, storage } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await ani.exchange();
  const honest = await LiveClient.open(ani, ani1);
  for (let round = 0; round < 60; round++) {
    const hostile = await LiveClient.open(sari, ani1);
    const bytes = random.bytes(random.below(60));
    const kind = random.below(4);
    hostile.socket.send(kind === 3 ? bytes : sync(kind, bytes));
    hostile.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
    await Promise.race([hostile.closed, hostile.next('sync-step-2').catch(() => undefined)]);
    hostile.socket.terminate();
  }
  ani.copy(ani1).answer('303', 54);
  honest.send({ type: 'update', update: ani.copy(ani1).local[0] ?? new Uint8Array() });
  await honest.next('stored');
  expect(errors).toEqual([]);
  expect(storage.read((reader) => reader.log(ani1))).toHaveLength(2);
});

test('[GT52] [LV40] 10,000 clock gaps are turned away, and another room stores meanwhile', async () => {
  const { url, errors, storage } = await openRelay();
  const [ani, budi] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'budi')];
  await ani.exchange();
  const hostile = await LiveClient.open(budi, HOUSEHOLD.budi);
  const honest = await LiveClient.open(ani, ani1);
  for (let client = 1000; client < 11_000; client++)
    hostile.socket.send(sync(2, numbers(1, 1, client, 1, 10, 1, 0)));
  ani.copy(ani1).answer('303', 54);
  honest.send({ type: 'update', update: ani.copy(ani1).local[0] ?? new Uint8Array() });
  await honest.next('stored');
  expect(await hostile.closed).toBe(4000);
  expect(storage.read((reader) => reader.log(HOUSEHOLD.budi))).toHaveLength(1);
  expect(errors).toEqual([]);
}, 20_000);

test('[GT63] a client that never reads is cut off before it costs much', async () => {
  const { url, relay } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  for (let question = 0; question < 100; question++) ani.copy(ani1).answer(`x${question}`, 'x'.repeat(4000));
  await ani.exchange([ani.item(ani1)]);
  const deaf = await LiveClient.open(ani, ani1);
  deaf.socket.pause();
  const ask = encodeRoomMessage({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  // 60 MB of answers, and fewer questions than anybody may ask.
  for (let sent = 0; sent < 150; sent++) deaf.socket.send(ask);
  await expect.poll(() => relay.context.rooms.count().connections, { timeout: 20_000 }).toBe(0);
}, 30_000);

test.each<[string, Uint8Array]>([
  ['asks for everything', encodeRoomMessage({ type: 'sync-step-1', stateVector: Uint8Array.of(0) })],
  ['asks who is there', encodeRoomMessage({ type: 'query-awareness' })],
  ['says where it is', encodeRoomMessage({ type: 'awareness', update: numbers(0) })],
])('[GT64] who %s without end is told to wait', async (_, frame) => {
  const { url, errors } = await openRelay();
  const sari = await TestDevice.signIn(url, 'sari');
  const restless = await LiveClient.open(sari, ani1);
  for (let sent = 0; sent < 2000; sent++) restless.socket.send(frame);
  expect(await restless.closed).toBe(4008);
  expect(errors).toEqual([]);
});
