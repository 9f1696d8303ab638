import { expect, test } from 'vitest';
import { encodeExchangeRequest } from '@rukun/core/protocol';
import type { Storage } from '@rukun/relay';
import { changePerson } from '../../../packages/relay/src/people/change-person.ts';
import { HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** A storage that tells when it is read next: a request whose headers have arrived has asked who it is. */
function watched(): { wrap: (storage: Storage) => Storage; nextRead: () => Promise<void> } {
  let heard: () => void = () => undefined;
  return {
    nextRead: () => new Promise((resolve) => (heard = resolve)),
    wrap: (storage) => ({
      read: (f) => {
        heard();
        return storage.read(f);
      },
      transact: (f) => storage.transact(f),
      sweep: () => storage.sweep(),
      close: () => storage.close(),
    }),
  };
}

/** Sends a request whose body arrives in two halves, and does something in between. */
async function halfWay(
  { url, storage }: OpenedRelay,
  nextRead: () => Promise<void>,
  device: TestDevice,
  request: { method: string; path: string; body: Uint8Array },
  between: (storage: Storage) => void,
): Promise<Response> {
  const middle = request.body.byteLength >> 1;
  let give: (rest: Uint8Array) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(request.body.subarray(0, middle));
      give = (rest) => {
        controller.enqueue(rest);
        controller.close();
      };
    },
  });
  const arrived = nextRead();
  const answer = fetch(url + request.path, {
    method: request.method,
    headers: { authorization: `Bearer ${device.token}` },
    body,
    duplex: 'half',
  } as RequestInit);
  await arrived;
  between(storage);
  give(request.body.subarray(middle));
  return answer;
}

const BY = { person: '', device: '' };
const JSON_BODY = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test('a device that is shut out while its exchange arrives is given nothing and brings nothing', async () => {
  const storages = watched();
  const relay = await openRelay({ wrap: storages.wrap });
  const ani = await TestDevice.signIn(relay.url, 'ani');
  const body = encodeExchangeRequest({
    epoch: '',
    answerBytes: 0,
    erasures: 0,
    feeds: [],
    wanted: [HOUSEHOLD.ani1],
    items: [],
  });
  const request = { method: 'POST', path: '/api/exchange', body };
  const answer = await halfWay(relay, storages.nextRead, ani, request, (storage) => {
    const end = { at: 1, reason: 'revoked', by: 'sari' } as const;
    storage.transact((writer) => writer.accounts.endDevice(ani.me.device.id, end));
  });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ code: 'revoked' });
});

test('who loses an office while a request arrives does not do it any more', async () => {
  const storages = watched();
  const relay = await openRelay({ wrap: storages.wrap });
  relay.storage.transact((writer) => {
    const koko = writer.person('koko');
    if (koko) changePerson(writer, koko, { role: 'administrator' }, BY, 1);
  });
  const koko = await TestDevice.signIn(relay.url, 'koko');
  const request = {
    method: 'PATCH',
    path: '/api/people/ani',
    body: JSON_BODY({ role: 'supervisor' }),
  };
  const answer = await halfWay(relay, storages.nextRead, koko, request, (storage) => {
    storage.transact((writer) => {
      const person = writer.person('koko');
      if (person) changePerson(writer, person, { role: 'coordinator' }, BY, 2);
    });
  });
  expect(answer.status).toBe(403);
  expect(relay.storage.read((reader) => reader.person('ani')?.role)).toBe('officer');
});

test('a password that is replaced while it is being looked at lets nobody in', async () => {
  let isDue = false;
  const relay = await openRelay({
    wrap: (storage) => ({
      read: (f) => storage.read(f),
      transact: (f) => {
        const result = storage.transact(f);
        // The attempt has been counted: from now on its password is being looked at.
        if (isDue) {
          isDue = false;
          storage.transact((writer) => {
            writer.accounts.setPassword('ani', 'another', false);
          });
        }
        return result;
      },
      sweep: () => storage.sweep(),
      close: () => storage.close(),
    }),
  });
  isDue = true;
  const response = await fetch(`${relay.url}/api/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName: 'ani', password: 'rumah-tangga', deviceLabel: 'd' }),
  });
  expect(isDue).toBe(false);
  expect(response.status).toBe(401);
  expect(relay.storage.read((reader) => reader.accounts.devicesOf('ani'))).toEqual([]);
});
