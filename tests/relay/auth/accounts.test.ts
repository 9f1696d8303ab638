import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { DeviceInfo, ResetAnswer, SignInAnswer } from '@rukun/core/protocol';
import type { Storage } from '@rukun/relay';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay, PASSWORD } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const OWN = 'hujan di bulan juni';

/** The code of an answer, or its status where it is none. */
async function codeOf(answer: Promise<Response>): Promise<string | number> {
  const response = await answer;
  if (response.ok) return response.status;
  return ((await response.json()) as { code: string }).code;
}

const post = (device: TestDevice, path: string, body?: unknown): Promise<Response> =>
  device.fetchOnce(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

const signIn = (url: string, userName: string, password: string): Promise<Response> =>
  fetch(`${url}/api/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName, password, deviceLabel: 'd' }),
  });

function addAdministrator(storage: Storage): void {
  storage.transact((writer) => {
    const passwordHash = writer.person('ani')?.passwordHash ?? '';
    writer.addPerson({
      id: 'adi',
      userName: 'adi',
      name: 'ADI',
      role: 'administrator',
      code: '',
      passwordHash,
    });
  });
}

async function resetBy(device: TestDevice, person: string): Promise<string> {
  const response = await post(device, `/api/people/${person}/reset-password`);
  return ((await response.json()) as ResetAnswer).password;
}

test('past its time a token is expired, and the next one is fetched without a password', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  const ani = await TestDevice.signIn(url, 'ani');
  clock.advance(15 * 60_000);
  expect(await codeOf(ani.fetchOnce('/api/me'))).toBe('expired');
  await ani.refresh();
  expect(await codeOf(ani.fetchOnce('/api/me'))).toBe(200);
});

test('a stolen refresh token that is used late ends the session, its live connections and its tickets', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const stolen = ani.refreshToken;
  await ani.refresh();
  await ani.refresh();
  const live = await LiveClient.open(ani, HOUSEHOLD.ani1);
  const ticket = await ani.ticket(HOUSEHOLD.ani1);
  const answer = fetch(`${url}/api/refresh`, {
    method: 'POST',
    body: JSON.stringify({ refreshToken: stolen }),
  });
  expect(await codeOf(answer)).toBe('unauthenticated');
  expect(await live.closed).toBe(4401);
  const late = new LiveClient(url, HOUSEHOLD.ani1, ['rukun.stored.1', `rukun.ticket.${ticket}`]);
  expect(await late.closed).toBe(4401);
  expect(await codeOf(ani.fetchOnce('/api/me'))).toBe('unauthenticated');
  expect(await codeOf(signIn(url, 'ani', PASSWORD))).toBe(200);
});

test('the supervisor resets a forgotten password: told once, good for nothing but an own one', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const live = await LiveClient.open(ani, HOUSEHOLD.ani1);
  const password = await resetBy(await TestDevice.signIn(url, 'sari'), 'ani');
  expect(password).toMatch(/^[a-z]{4}(-[a-z]{4}){4}$/);
  expect(await live.closed).toBe(4401);
  expect(await codeOf(ani.fetchOnce('/api/me'))).toBe('unauthenticated');
  expect(await codeOf(signIn(url, 'ani', PASSWORD))).toBe('wrong-credentials');
  const again = await TestDevice.signIn(url, 'ani', password);
  const barred = ['me', 'documents/household/aaaaaaaaaaaaaaa1/history', 'people/ani/devices'];
  for (const path of barred) expect(await codeOf(again.fetchOnce(`/api/${path}`))).toBe('password-change');
  for (const path of ['exchange', 'tickets', 'audit', 'vault-key'])
    expect(await codeOf(post(again, `/api/${path}`, {}))).toBe('password-change');
  expect(await codeOf(post(again, '/api/password', { current: password, next: OWN }))).toBe(204);
  expect(await codeOf(again.fetchOnce('/api/me'))).toBe(200);
  const answer = (await (await signIn(url, 'ani', OWN)).json()) as SignInAnswer;
  expect(answer.mustChangePassword).toBe(false);
});

test('a sign-in with a one-time password says so, also when the app comes back to it later', async () => {
  const { url } = await openRelay();
  const password = await resetBy(await TestDevice.signIn(url, 'sari'), 'ani');
  const answer = (await (await signIn(url, 'ani', password)).json()) as SignInAnswer;
  expect(answer.mustChangePassword).toBe(true);
  const refresh = { method: 'POST', body: JSON.stringify({ refreshToken: answer.refreshToken }) };
  expect(await (await fetch(`${url}/api/refresh`, refresh)).json()).toMatchObject({
    mustChangePassword: true,
  });
});

test('a reset ends the wait after failed sign-ins', async () => {
  const { url } = await openRelay();
  const sari = await TestDevice.signIn(url, 'sari');
  for (let time = 0; time < 5; time++) await signIn(url, 'ani', 'x');
  expect(await codeOf(signIn(url, 'ani', PASSWORD))).toBe('rate-limited');
  const password = await resetBy(sari, 'ani');
  expect(await codeOf(signIn(url, 'ani', password))).toBe(200);
});

test('an own new password signs the other devices of the person out, not this one', async () => {
  const { url } = await openRelay();
  const [phone, laptop] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'ani')];
  const live = await LiveClient.open(laptop, HOUSEHOLD.ani1);
  expect(await codeOf(post(phone, '/api/password', { current: PASSWORD, next: OWN }))).toBe(204);
  expect(await live.closed).toBe(4401);
  expect(await codeOf(laptop.fetchOnce('/api/me'))).toBe('unauthenticated');
  expect(await codeOf(phone.fetchOnce('/api/me'))).toBe(200);
});

test.each([
  [
    { current: PASSWORD, next: 'pendek' },
    { code: 'bad-content', paths: ['next/short'] },
  ],
  [
    { current: PASSWORD, next: 'katasandi123' },
    { code: 'bad-content', paths: ['next/common'] },
  ],
  [
    { current: PASSWORD, next: PASSWORD },
    { code: 'bad-content', paths: ['next/same'] },
  ],
  [{ current: 'salah', next: OWN }, { code: 'wrong-credentials' }],
  [{ next: OWN }, { code: 'malformed', paths: ['current'] }],
  [{ current: PASSWORD }, { code: 'malformed', paths: ['next'] }],
])('a change of password %j is answered with %j', async (body, answer) => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  expect(await (await post(ani, '/api/password', body)).json()).toEqual(answer);
  expect(await codeOf(signIn(url, 'ani', PASSWORD))).toBe(200);
});

test('who has a stolen phone cannot try out passwords on it without end', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  const guess = () => codeOf(post(ani, '/api/password', { current: 'tebak', next: OWN }));
  for (let time = 0; time < 5; time++) expect(await guess()).toBe('wrong-credentials');
  expect(await guess()).toBe('rate-limited');
});

test('who tries out passwords on a stolen phone is told of in the audit log', async () => {
  const database = new DatabaseSync(':memory:');
  const { url } = await openRelay({ database });
  const ani = await TestDevice.signIn(url, 'ani');
  for (let time = 0; time < 6; time++) await post(ani, '/api/password', { current: 'tebak', next: OWN });
  const told = database
    .prepare(
      "SELECT kind, person, code FROM audit WHERE kind IN ('sign-in-failed', 'locked-out') ORDER BY seq",
    )
    .all();
  const wrong = { kind: 'sign-in-failed', person: 'ani', code: 'wrong-credentials' };
  expect(told).toEqual([
    ...Array.from({ length: 4 }, () => wrong),
    { kind: 'locked-out', person: 'ani', code: '' },
    wrong,
    { kind: 'sign-in-failed', person: 'ani', code: 'rate-limited' },
  ]);
});

test('the audit log tells of a device that is shut out once, and of none that had signed itself out', async () => {
  const database = new DatabaseSync(':memory:');
  const { url } = await openRelay({ database });
  const sari = await TestDevice.signIn(url, 'sari');
  const [phone, laptop] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'ani')];
  await post(phone, '/api/sign-out');
  for (const { me } of [phone, laptop, laptop]) await post(sari, `/api/devices/${me.device.id}/revoke`);
  const told = database.prepare("SELECT subject FROM audit WHERE kind = 'device-revoked'").all();
  expect(told).toEqual([{ subject: laptop.me.device.id }]);
});

test('the devices of a person: when, on what, and how it ended', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  const phone = await TestDevice.signIn(url, 'ani');
  clock.advance(1000);
  const laptop = await TestDevice.signIn(url, 'ani');
  await post(phone, '/api/sign-out');
  const listed = (await (await laptop.fetch('/api/people/ani/devices')).json()) as DeviceInfo[];
  const now = clock.now();
  expect(listed).toEqual([
    {
      id: laptop.me.device.id,
      label: 'test',
      enrolledAt: now,
      lastSeenAt: now,
      end: null,
      handedInAt: null,
      isThis: true,
    },
    {
      id: phone.me.device.id,
      label: 'test',
      enrolledAt: now - 1000,
      lastSeenAt: now - 1000,
      end: { at: now, reason: 'signed-out', by: 'ani' },
      handedInAt: null,
      isThis: false,
    },
  ]);
});

test('a revoked device is refused at once: requests, refresh, live connections and tickets', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  const live = await LiveClient.open(ani, HOUSEHOLD.ani1);
  const reason = new Promise<string>((resolve) =>
    live.socket.once('close', (_, text) => resolve(text.toString())),
  );
  const ticket = await ani.ticket(HOUSEHOLD.ani1);
  expect(await codeOf(post(sari, `/api/devices/${ani.me.device.id}/revoke`))).toBe(204);
  expect([await live.closed, await reason]).toEqual([4401, 'revoked']);
  const late = new LiveClient(url, HOUSEHOLD.ani1, ['rukun.stored.1', `rukun.ticket.${ticket}`]);
  expect(await late.closed).toBe(4401);
  expect(await codeOf(ani.fetchOnce('/api/me'))).toBe('revoked');
  const refresh = { method: 'POST', body: JSON.stringify({ refreshToken: ani.refreshToken }) };
  expect(await codeOf(fetch(`${url}/api/refresh`, refresh))).toBe('revoked');
  expect(await codeOf(signIn(url, 'ani', PASSWORD))).toBe(200);
});

test.each([
  ['sari', 'ani', true],
  ['sari', 'budi', true],
  ['sari', 'citra', false],
  ['sari', 'tono', false],
  ['sari', 'koko', false],
  ['koko', 'sari', true],
  ['koko', 'citra', true],
  ['koko', 'peserta', false],
  ['koko', 'adi', false],
  ['adi', 'koko', true],
  ['adi', 'peserta', true],
  ['ani', 'budi', false],
  ['ani', 'sari', false],
  ['ani', 'nobody', false],
])(
  '%s manages %s: %j; where not, nothing tells that there is such a person',
  async (manager, person, may) => {
    const { url, storage } = await openRelay();
    addAdministrator(storage);
    const device = await TestDevice.signIn(url, manager);
    const other = person === 'nobody' ? null : await TestDevice.signIn(url, person);
    const expected = (status: number) => (may ? status : 'not-found');
    expect(await codeOf(device.fetchOnce(`/api/people/${person}/devices`))).toBe(expected(200));
    const revoke = `/api/devices/${other?.me.device.id ?? 'd1'}/revoke`;
    expect(await codeOf(post(device, revoke))).toBe(expected(204));
    expect(await codeOf(post(device, `/api/people/${person}/reset-password`))).toBe(expected(200));
  },
);

test('a person shuts out an own lost phone, and nobody resets the own password without the present one', async () => {
  const { url } = await openRelay();
  const [phone, laptop] = [await TestDevice.signIn(url, 'sari'), await TestDevice.signIn(url, 'sari')];
  expect(await codeOf(post(laptop, `/api/devices/${phone.me.device.id}/revoke`))).toBe(204);
  expect(await codeOf(phone.fetchOnce('/api/me'))).toBe('revoked');
  expect(await codeOf(post(laptop, '/api/people/sari/reset-password'))).toBe('not-found');
});
