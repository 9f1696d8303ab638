import { expect, test } from 'vitest';
import type { RecoveryKeyInfo } from '@rukun/core/protocol';
import { recoveryKeysFrom } from '../../../packages/relay/src/auth/recovery-key.ts';
import { SECRETS } from '../../../packages/relay/src/config/secrets.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const DATA_KEY = new Uint8Array(32).map((_, index) => index);

/** Seals a key as a device does: by the browser's cryptography. */
async function sealTo({ spki }: RecoveryKeyInfo, person: string): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey(
    'spki',
    Buffer.from(spki, 'base64'),
    { name: 'RSA-OAEP', hash: 'SHA-256' },
    false,
    ['encrypt'],
  );
  const label = new TextEncoder().encode(person);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP', label }, key, DATA_KEY));
}

const ask = (device: TestDevice, body: unknown) =>
  device.fetch('/api/vault-key', { method: 'POST', body: JSON.stringify(body) });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

test('a signed-in person gets the key back that a phone of theirs sealed', async () => {
  const { url } = await openRelay();
  const device = await TestDevice.signIn(url, 'ani');
  const { recoveryKey } = device.me;
  if (!recoveryKey) throw new Error('the relay named no recovery key');
  const sealed = base64(await sealTo(recoveryKey, 'ani'));
  const answer = await ask(device, { keyId: recoveryKey.id, sealed });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ key: base64(DATA_KEY) });
});

test('nobody gets the key of another person, nor without having signed in', async () => {
  const { url } = await openRelay();
  const budi = await TestDevice.signIn(url, 'budi');
  const { recoveryKey } = budi.me;
  if (!recoveryKey) throw new Error('the relay named no recovery key');
  const body = { keyId: recoveryKey.id, sealed: base64(await sealTo(recoveryKey, 'ani')) };
  const refused = await ask(budi, body);
  expect(refused.status).toBe(404);
  expect(await refused.json()).toEqual({ code: 'not-found' });
  const unknown = await fetch(`${url}/api/vault-key`, { method: 'POST', body: JSON.stringify(body) });
  expect(unknown.status).toBe(401);
});

test.each([
  ['no key id', { sealed: 'AAAA' }, 400, { code: 'malformed', paths: ['keyId'] }],
  ['bytes that are no base64', { keyId: 'x', sealed: '%%%' }, 400, { code: 'malformed', paths: ['sealed'] }],
  [
    'more than a sealed key',
    { keyId: 'x', sealed: 'A'.repeat(2_000) },
    400,
    { code: 'malformed', paths: ['sealed'] },
  ],
  ['a recovery key that is not here', { keyId: 'x', sealed: 'AAAA' }, 404, { code: 'not-found' }],
])('%s is refused', async (_, body, status, answer) => {
  const { url } = await openRelay();
  const response = await ask(await TestDevice.signIn(url, 'ani'), body);
  expect([response.status, await response.json()]).toEqual([status, answer]);
});

test('one person asks a few times in a row, then every ten minutes; others are not held up', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  const ani = await TestDevice.signIn(url, 'ani');
  const body = { keyId: 'x', sealed: 'AAAA' };
  for (let count = 0; count < 5; count++) expect((await ask(ani, body)).status).toBe(404);
  const refused = await ask(ani, body);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('600');
  expect((await ask(await TestDevice.signIn(url, 'ani'), body)).status).toBe(429);
  expect((await ask(await TestDevice.signIn(url, 'budi'), body)).status).toBe(404);
  clock.advance(600_000);
  expect((await ask(ani, body)).status).toBe(404);
});

test('a new key in front of the old one is sealed to; the old one still opens', async () => {
  const [before, after] = [SECRETS['recovery-key'].make(), SECRETS['recovery-key'].make()];
  const old = recoveryKeysFrom(() => before).current();
  const fresh = recoveryKeysFrom(() => after).current();
  const keys = recoveryKeysFrom(() => after + before);
  expect(keys.current()).toEqual(fresh);
  const sealed = await sealTo(old, 'ani');
  expect(keys.open(old.id, sealed, 'ani')).toEqual(DATA_KEY);
  expect(recoveryKeysFrom(() => after).open(old.id, sealed, 'ani')).toBeNull();
});

test('a text that holds no key, or a damaged one, is said so and not repeated', () => {
  expect(() => recoveryKeysFrom(() => 'nothing').current()).toThrow(/no RSA key/);
  const damaged = SECRETS['recovery-key'].make().replace('\nM', '\n!');
  expect(() => recoveryKeysFrom(() => damaged).current()).toThrow(
    /^recovery-key holds a key that cannot be read$/,
  );
});
