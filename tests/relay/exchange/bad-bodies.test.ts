import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as encoding from 'lib0/encoding';
import { encodeExchangeRequest, LIMITS, PROTOCOL_VERSION, type ExchangeItem } from '@rukun/core/protocol';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const noise = Uint8Array.from({ length: 500 }, (_, index) => (index * 37) % 256 || PROTOCOL_VERSION);
const GZIP = { 'content-encoding': 'gzip' };
const request = (...items: ExchangeItem[]) =>
  encodeExchangeRequest({ epoch: '', answerBytes: 0, erasures: 0, feeds: [], wanted: [], items });
const item = (update: Uint8Array): ExchangeItem => ({
  document: HOUSEHOLD.ani1,
  area: '',
  upTo: 1,
  marks: [],
  isCompact: false,
  isVouched: false,
  update,
});
const claiming = (count: number) =>
  encoding.encode((out) => {
    encoding.writeUint8(out, PROTOCOL_VERSION);
    encoding.writeVarString(out, '');
    for (const number of [0, 0, 0, 0, count]) encoding.writeVarUint(out, number);
  });

test.each<[string, Uint8Array, Record<string, string>, number, string]>([
  ['an empty body', new Uint8Array(), {}, 400, 'malformed'],
  ['noise', noise, {}, 400, 'malformed'],
  ['another version', Uint8Array.of(PROTOCOL_VERSION + 1, 0, 0, 0), {}, 426, 'wrong-version'],
  ['a cut request', request(item(new Uint8Array(100))).subarray(0, 60), {}, 400, 'malformed'],
  ['bytes after the end', Uint8Array.of(...request(), 0), {}, 400, 'malformed'],
  ['a claim of 2^31 items', claiming(2 ** 31), {}, 413, 'too-large'],
  ['a claim of 1000 items', claiming(1000), {}, 400, 'malformed'],
  ['an update over its limit', request(item(new Uint8Array(LIMITS.updateBytes + 1))), {}, 413, 'too-large'],
  [
    'a time mark beyond all dates',
    request({ ...item(new Uint8Array(2)), marks: [{ client: 1, clock: 0, at: 2 ** 52 * 60_000 }] }),
    {},
    400,
    'malformed',
  ],
  ['a body over its limit', new Uint8Array(LIMITS.exchangeCompressedBytes + 1), {}, 413, 'too-large'],
  ['a zip bomb', gzipSync(new Uint8Array(64 * 1024 * 1024)), GZIP, 413, 'too-large'],
  ['gzip that is none', Uint8Array.of(1, 2, 3, 4), GZIP, 400, 'malformed'],
  ['gzip that is cut', gzipSync(request(item(new Uint8Array(100)))).subarray(0, 40), GZIP, 400, 'malformed'],
  ['another encoding', request(), { 'content-encoding': 'br' }, 400, 'malformed'],
])('[EX17] %s is answered with a code and changes nothing', async (_, body, headers, status, code) => {
  const { url, storage, errors } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const response = await ani.post(body, headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ code });
  expect(storage.read((reader) => reader.lastSeq())).toBe(5);
  expect(errors).toEqual([]);
  expect((await ani.exchange()).changes).toHaveLength(2);
});

test('[EX18] a body that never ends is cut off at the limit', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 64 * 1024;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit;
  const outcome = await ani.fetch('/api/exchange', init).then(
    ({ status }) => status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(outcome);
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect((await ani.exchange()).changes).toHaveLength(2);
});

test.each<[string, Uint8Array, string]>([
  ['noise', Uint8Array.from({ length: 64 }, (_, index) => 255 - index), 'malformed'],
  ['nothing', new Uint8Array(), 'malformed'],
  ['a forged struct of another client id', Uint8Array.of(1, 1, 7, 0, 0, 0xff, 0x7f, 0), 'bad-content'],
  ['a delete range over what is not there', Uint8Array.of(0, 1, 7, 1, 0, 5), 'unknown-clock'],
])('[EX1] an update of %s is refused by itself', async (_, update, code) => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  ani.copy(HOUSEHOLD.ani2).answer('303', 1);
  const { receipts } = await ani.exchange([item(update), ani.item(HOUSEHOLD.ani2)]);
  expect(receipts[0]).toMatchObject({ status: 'refused', code });
  expect(receipts[1]).toMatchObject({ status: 'stored' });
  expect(storage.read((reader) => reader.log(HOUSEHOLD.ani1))).toHaveLength(1);
});

test('[EX19] unknown paths and methods of the API have a code', async () => {
  const { url } = await openRelay();
  for (const [method, path] of [
    ['GET', '/api/nothing'],
    ['GET', '/api/exchange'],
    ['DELETE', '/elsewhere'],
  ] as const) {
    const ani = await TestDevice.signIn(url, 'ani');
    const response = await ani.fetch(path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ code: 'not-found' });
  }
});
