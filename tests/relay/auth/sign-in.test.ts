import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '../../../packages/relay/src/auth/password.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { AREA, BOARD, openRelay, PASSWORD } from '../support/open-relay.ts';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const signIn = (url: string, body: unknown) =>
  fetch(`${url}/api/sign-in`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('a sign-in enrols a device: token, tag, areas, people', async () => {
  const { url } = await openRelay();
  const { me, token } = await TestDevice.signIn(url, 'ani');
  expect(token).toMatch(/^[\w-]{32}\.[\w-]{43}$/);
  expect(me.person).toEqual({ id: 'ani', name: 'ANI', role: 'officer', code: '0101' });
  expect(me.device.tag).toMatch(/^[a-z][0-9a-z]*[a-z]$/);
  expect(me.areas.map(({ id, officer, target }) => ({ id, officer, target }))).toEqual([
    { id: AREA.ani, officer: 'ani', target: 2 },
  ]);
  expect(me.boards).toEqual([BOARD]);
  expect(me.people.map(({ id }) => id)).toEqual(['ani', 'budi', 'citra', 'koko', 'sari', 'tono']);
  expect(me.neighbours.map(({ id }) => id)).toEqual([AREA.budi, AREA.other].toSorted());
  expect(me.isDemo).toBe(false);
});

test('a user name is the same in capitals and with a space behind it, as phones write it', async () => {
  const { url } = await openRelay();
  const { me } = await TestDevice.signIn(url, 'Ani ');
  expect(me.person.id).toBe('ani');
});

test('every sign-in is a device of its own with a tag nobody else has', async () => {
  const { url } = await openRelay();
  const devices = await Promise.all(
    ['ani', 'ani', 'budi', 'sari'].map((name) => TestDevice.signIn(url, name)),
  );
  expect(new Set(devices.map(({ me }) => me.device.tag)).size).toBe(4);
  expect(new Set(devices.map(({ me }) => me.device.id)).size).toBe(4);
});

test.each([
  ['sari', [AREA.ani, AREA.budi], [BOARD]],
  ['tono', [AREA.other], [BOARD]],
  ['koko', [AREA.ani, AREA.budi, AREA.other], [BOARD]],
  ['peserta', [], []],
])('%s is told of the areas %j and boards %j', async (userName, areas, boards) => {
  const { url } = await openRelay();
  const { me } = await TestDevice.signIn(url, userName);
  expect(me.areas.map(({ id }) => id)).toEqual(areas);
  expect(me.boards).toEqual(boards);
});

test.each([
  ['a wrong password', { userName: 'ani', password: 'x', deviceLabel: 'd' }, 401, 'wrong-credentials'],
  ['an unknown person', { userName: 'x', password: PASSWORD, deviceLabel: 'd' }, 401, 'wrong-credentials'],
  ['a missing field', { userName: 'ani', password: PASSWORD }, 400, 'malformed'],
  ['a field of another type', { userName: ['ani'], password: PASSWORD, deviceLabel: 'd' }, 400, 'malformed'],
  ['a list', [1], 400, 'malformed'],
  ['no JSON', '{', 400, 'malformed'],
  [
    'a body over the limit',
    { userName: 'x'.repeat(20_000), password: '', deviceLabel: '' },
    413,
    'too-large',
  ],
])('%s is answered with %#', async (_, body, status, code) => {
  const { url, storage } = await openRelay();
  const response = await signIn(url, body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code });
  expect(storage.read((reader) => reader.lastSeq())).toBe(5);
});

test('GET /api/me needs a token and says the same as the sign-in', async () => {
  const { url } = await openRelay();
  const device = await TestDevice.signIn(url, 'ani');
  expect(await (await device.fetch('/api/me')).json()).toEqual(device.me);
  for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${device.token}`]) {
    const response = await fetch(`${url}/api/me`, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: 'unauthenticated' });
  }
});

test('[LV39] a sign-out ends this token and its live connections, not the other devices of the person', async () => {
  const { url } = await openRelay();
  const [first, second] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'ani')];
  const live = await LiveClient.open(first, HOUSEHOLD.ani1);
  expect((await first.fetch('/api/sign-out', { method: 'POST' })).status).toBe(204);
  expect(await live.closed).toBe(4401);
  expect((await first.fetch('/api/me')).status).toBe(401);
  expect((await second.fetch('/api/me')).status).toBe(200);
});

test('passwords: argon2id with a salt of its own each time', async () => {
  const random = seededRandom(3);
  const [first, second] = await Promise.all([hashPassword('sandi', random), hashPassword('sandi', random)]);
  expect(first).toMatch(/^argon2id\$19456\$2\$1\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword('sandi', first)).toBe(true);
  expect(await verifyPassword('Sandi', first)).toBe(false);
});
