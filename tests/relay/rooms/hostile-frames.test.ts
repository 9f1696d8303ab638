import { expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import { encodeRoomMessage, LIMITS } from '@rukun/core/protocol';
import { seededRandom } from '../../support/seeded-random.ts';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;
const SEED = Number(process.env['FUZZ_SEED'] ?? 4711);

const sync = (kind: number, bytes: Uint8Array) =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, 0);
    encoding.writeVarUint(out, kind);
    encoding.writeVarUint8Array(out, bytes);
  });

test.each<[string, Uint8Array | string, number]>([
  ['a text frame', 'hello', 4400],
  ['an empty frame', new Uint8Array(), 4400],
  ['an unknown message', Uint8Array.of(77, 1), 4400],
  ['an auth message', Uint8Array.of(2, 0, 0), 4400],
  ['a *stored* from a client', encodeRoomMessage({ type: 'stored', frames: 1 }), 4400],
  ['two messages in one frame', Uint8Array.of(3, 3), 4400],
  ['a length beyond the frame', Uint8Array.of(0, 2, 255, 255, 3), 4400],
  ['a state vector of noise', sync(0, Uint8Array.of(9, 255, 255)), 4400],
  ['a long state vector', sync(0, new Uint8Array(100_000)), 4400],
  ['a frame over the limit', new Uint8Array(LIMITS.frameBytes + 1), 4413],
  ['awareness of noise', encodeRoomMessage({ type: 'awareness', update: Uint8Array.of(9, 9) }), 4400],
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

test(`noise of any kind leaves the relay and the others alone, seed ${SEED}`, async () => {
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

test('a client that never reads is cut off before it costs much', async () => {
  const { url, relay } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const deaf = await LiveClient.open(ani, ani1);
  deaf.socket.pause();
  const ask = encodeRoomMessage({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  const count = () => relay.context.rooms.count().connections;
  const flood = () => {
    for (let sent = 0; sent < 2000; sent++) deaf.socket.send(ask);
  };
  await expect
    .poll(
      () => {
        if (count() > 0) flood();
        return count();
      },
      { timeout: 20_000 },
    )
    .toBe(0);
}, 30_000);
