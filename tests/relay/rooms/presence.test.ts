import { expect, test } from 'vitest';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { LIMITS } from '@rukun/core/protocol';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;

const naming = (...states: (readonly [client: number, clock: number, state: unknown])[]) =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, states.length);
    for (const [client, clock, state] of states) {
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, clock);
      encoding.writeVarString(out, JSON.stringify(state));
    }
  });

function read(update: Uint8Array): [client: number, clock: number, state: unknown][] {
  const input = decoding.createDecoder(update);
  return Array.from({ length: decoding.readVarUint(input) }, () => [
    decoding.readVarUint(input),
    decoding.readVarUint(input),
    JSON.parse(decoding.readVarString(input)) as unknown,
  ]);
}

async function three() {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  const [first, second] = [await LiveClient.open(ani, ani1), await LiveClient.open(sari, ani1)];
  const say = (client: LiveClient, update: Uint8Array) => client.send({ type: 'awareness', update });
  return { ani, sari, first, second, say };
}

test('[LV23] the relay signs the state: whoever one claims to be, the others see who it is and where', async () => {
  const { first, second, say } = await three();
  say(first, naming([11, 1, { user: { person: 'sari', name: 'X', place: 'answers/303' }, color: 'red' }]));
  const [[client, , state] = []] = read((await second.next('awareness')).update);
  expect(client).toBe(11);
  expect(state).toEqual({ user: { person: 'ani', place: 'answers/303' }, color: 'red' });
});

test('[LV24] who comes later is told who is there; who leaves is taken out', async () => {
  const { ani, first, second, say } = await three();
  say(first, naming([11, 1, {}]));
  await second.next('awareness');
  const late = await LiveClient.open(ani, ani1);
  const [there] = read((await late.next('awareness')).update);
  expect(there?.[2]).toEqual({ user: { person: 'ani' } });
  first.socket.terminate();
  const left = await second.next('awareness', ({ update }) => read(update)[0]?.[2] === null);
  expect(read(left.update)[0]?.[0]).toBe(11);
});

test('[LV25] nobody speaks for another, whatever the clock', async () => {
  const { first, second, say } = await three();
  say(first, naming([11, 1, { at: 1 }]));
  await second.next('awareness');
  say(second, naming([22, 1, { at: 2 }]));
  await first.next('awareness');
  say(second, naming([11, 2 ** 40, null], [22, 2, { at: 3 }]));
  const heard = await first.next('awareness', ({ update }) =>
    read(update).some(([, , state]) => JSON.stringify(state).includes('"at":3')),
  );
  expect(read(heard.update).map(([client]) => client)).toEqual([22]);
});

test('[LV25] a client id that another device holds cannot be taken over', async () => {
  const { first, second, say } = await three();
  say(first, naming([11, 1, {}]));
  await second.next('awareness');
  say(second, naming([11, 2 ** 40, { stolen: true }]));
  second.received.length = 0;
  second.send({ type: 'query-awareness' });
  const everybody = await second.next('awareness');
  expect(read(everybody.update).map(([client, , state]) => [client, state])).toEqual([
    [11, { user: { person: 'ani' } }],
  ]);
});

test('[LV26] clocks only rise, so a client that comes back is seen at once', async () => {
  const { ani, first, second, say } = await three();
  say(first, naming([11, 5, {}]));
  await second.next('awareness');
  first.socket.terminate();
  await second.next('awareness', ({ update }) => read(update)[0]?.[2] === null);
  const again = await LiveClient.open(ani, ani1);
  say(again, naming([11, 5, { back: true }]));
  await second.next('awareness', ({ update }) => JSON.stringify(read(update)).includes('back'));
  const clocks = second.received.flatMap((message) =>
    message.type === 'awareness' ? read(message.update).map(([, clock]) => clock) : [],
  );
  expect(clocks).toEqual([...clocks].sort((a, b) => a - b));
  expect(new Set(clocks).size).toBe(clocks.length);
});

test.each<[string, unknown, number]>([
  ['a state over the limit', { x: 'x'.repeat(LIMITS.awarenessBytes) }, 4413],
  ['a state that is no object', 7, 4400],
])('[LV27] %s closes the connection', async (_, state, code) => {
  const { first, say } = await three();
  say(first, naming([11, 1, state]));
  expect(await first.closed).toBe(code);
});
