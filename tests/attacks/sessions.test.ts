import { describe, expect, test } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { LiveClient } from '../relay/support/live-client.ts';
import { HOUSEHOLD, PASSWORD } from '../relay/support/open-relay.ts';
import { TestDevice } from '../relay/support/test-device.ts';
import { answerOf, Scene, withstand, type Answer, type Attack } from './scene.ts';

const LIVE = { kind: 'turned-away', code: 'unauthenticated' };

/** A live connection with a ticket, and how it ends. */
async function connect(scene: Scene, document: string, ticket: string | null): Promise<Answer> {
  const offered = ticket === null ? [] : [SUBPROTOCOLS.ticketPrefix + ticket];
  const live = new LiveClient(scene.url, document, [SUBPROTOCOLS.stored, ...offered]);
  const close = await live.closed;
  return { close, ...(live.received.length > 0 ? { code: 'let in' } : {}) };
}

const TICKETS: readonly Attack[] = [
  {
    name: 'a ticket that was used before',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      const ticket = await ani.ticket(HOUSEHOLD.ani1);
      const first = new LiveClient(scene.url, HOUSEHOLD.ani1, [
        SUBPROTOCOLS.stored,
        SUBPROTOCOLS.ticketPrefix + ticket,
      ]);
      await first.next('sync-step-1');
      first.socket.terminate();
      return () => connect(scene, HOUSEHOLD.ani1, ticket);
    },
  },
  {
    name: 'a ticket for another document',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const ticket = await (await scene.signIn('ani')).ticket(HOUSEHOLD.ani1);
      return () => connect(scene, HOUSEHOLD.ani2, ticket);
    },
  },
  {
    name: 'a ticket past its time',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const ticket = await (await scene.signIn('ani')).ticket(HOUSEHOLD.ani1);
      scene.clock.skip(31_000);
      return () => connect(scene, HOUSEHOLD.ani1, ticket);
    },
  },
  {
    name: 'a ticket of a device that has signed out',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      const ticket = await ani.ticket(HOUSEHOLD.ani1);
      await ani.fetch('/api/sign-out', { method: 'POST' });
      return () => connect(scene, HOUSEHOLD.ani1, ticket);
    },
  },
  {
    name: 'a ticket of a device that was shut out',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const [ani, sari] = [await scene.signIn('ani'), await scene.signIn('sari')];
      const ticket = await ani.ticket(HOUSEHOLD.ani1);
      await revoke(sari, ani);
      return () => connect(scene, HOUSEHOLD.ani1, ticket);
    },
  },
  {
    name: 'a made-up ticket',
    answered: { close: 4401 },
    told: LIVE,
    prepare: async (scene) => () => connect(scene, HOUSEHOLD.ani1, 'A'.repeat(32)),
  },
  {
    name: 'no ticket',
    answered: { close: 4401 },
    told: LIVE,
    prepare: async (scene) => () => connect(scene, HOUSEHOLD.ani1, null),
  },
  {
    name: 'an access token instead of a ticket',
    answered: { close: 4401 },
    told: LIVE,
    async prepare(scene) {
      const { token } = await scene.signIn('ani');
      return () => connect(scene, HOUSEHOLD.ani1, token.replace('.', ''));
    },
  },
  {
    name: 'a ticket for a record of another team',
    answered: { status: 403, code: 'forbidden' },
    told: { kind: 'turned-away', code: 'forbidden' },
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      const body = JSON.stringify({ document: HOUSEHOLD.other });
      return async () => answerOf(await ani.fetch('/api/tickets', { method: 'POST', body }));
    },
  },
];

/** What a thief does with an access token. */
const USES: readonly [name: string, use: (thief: TestDevice) => Promise<Response>][] = [
  ['asks who it is', (thief) => thief.fetchOnce('/api/me')],
  ['exchanges', (thief) => thief.post(new Uint8Array(8))],
  ['reads the history', (thief) => thief.fetchOnce(`/api/documents/${HOUSEHOLD.ani1}/history`)],
  [
    'asks for a ticket',
    (thief) =>
      thief.fetchOnce('/api/tickets', {
        method: 'POST',
        body: JSON.stringify({ document: HOUSEHOLD.ani1 }),
      }),
  ],
  ['opens the vault', (thief) => thief.fetchOnce('/api/vault-key', { method: 'POST', body: '{}' })],
  ['compares', (thief) => thief.fetchOnce('/api/audit', { method: 'POST', body: new Uint8Array(8) })],
  ['refreshes', (thief) => refresh(thief)],
];

async function revoke(by: TestDevice, device: TestDevice): Promise<void> {
  const response = await by.fetch(`/api/devices/${device.me.device.id}/revoke`, { method: 'POST' });
  if (!response.ok) throw new Error(`revoking answered ${response.status}`);
}

function refresh({ url, refreshToken }: Pick<TestDevice, 'url' | 'refreshToken'>): Promise<Response> {
  return fetch(`${url}/api/refresh`, { method: 'POST', body: JSON.stringify({ refreshToken }) });
}

const REVOKED = USES.map(([name, use]): Attack => ({
  name,
  answered: { status: 401, code: 'revoked' },
  told: { kind: 'turned-away', code: 'revoked' },
  async prepare(scene) {
    const [ani, sari] = [await scene.signIn('ani'), await scene.signIn('sari')];
    await revoke(sari, ani);
    return async () => answerOf(await use(ani));
  },
}));

const SIGNED_OUT = USES.map(([name, use]): Attack => ({
  name,
  answered: { status: 401, code: 'unauthenticated' },
  told: { kind: 'turned-away', code: 'unauthenticated' },
  async prepare(scene) {
    const ani = await scene.signIn('ani');
    await ani.fetch('/api/sign-out', { method: 'POST' });
    return async () => answerOf(await use(ani));
  },
}));

const MADE_UP = USES.map(([name, use]): Attack => ({
  name,
  answered: { status: 401, code: 'unauthenticated' },
  told: { kind: 'turned-away', code: 'unauthenticated' },
  async prepare(scene) {
    const thief = await scene.signIn('ani');
    const forge = (token: string) => token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    Object.assign(thief, { token: `x${forge(thief.token)}`, refreshToken: `x${forge(thief.refreshToken)}` });
    return async () => answerOf(await use(thief));
  },
}));

describe('a ticket that is not good', () => {
  test.each(TICKETS)('$name', (attack) => withstand(attack));
});

describe('the tokens of a device that was shut out: whoever has them', () => {
  test.each(REVOKED)('$name: $answered.code', (attack) => withstand(attack));

  test('its live connection ends at once', async () => {
    const scene = await Scene.open();
    const [ani, sari] = [await scene.signIn('ani'), await scene.signIn('sari')];
    const live = await LiveClient.open(ani, HOUSEHOLD.ani1);
    await revoke(sari, ani);
    expect(await live.closed).toBe(4401);
    expect(scene.entriesAfter(0).map(({ kind }) => kind)).toContain('device-revoked');
  });
});

describe('the tokens of a device that has signed out: whoever has them', () => {
  test.each(SIGNED_OUT)('$name: $answered.code', (attack) => withstand(attack));
});

describe('tokens that somebody made up', () => {
  test.each(MADE_UP)('$name: $answered.code', (attack) => withstand(attack));
});

describe('a refresh token that was stolen', () => {
  test('is spent when the thief comes with it: both are out, and it is told', () =>
    withstand({
      name: 'refresh reuse',
      answered: { status: 401, code: 'unauthenticated' },
      told: { kind: 'token-reused' },
      changes: ['device', 'enrolled_device', 'device_session'],
      async prepare(scene) {
        const ani = await scene.signIn('ani');
        const stolen = { url: ani.url, refreshToken: ani.refreshToken };
        await ani.refresh();
        await ani.refresh();
        return async () => {
          const answer = await answerOf(await refresh(stolen));
          expect((await ani.fetchOnce('/api/me')).status).toBe(401);
          expect((await refresh(ani)).status).toBe(401);
          return answer;
        };
      },
    }));

  test('the thief who was first is out as soon as the officer comes', async () => {
    const scene = await Scene.open();
    const ani = await scene.signIn('ani');
    const thief = Object.assign(Object.create(TestDevice.prototype) as TestDevice, ani);
    await thief.refresh();
    await thief.refresh();
    expect((await refresh(ani)).status).toBe(401);
    expect((await thief.fetchOnce('/api/me')).status).toBe(401);
    expect(scene.entriesAfter(0).map(({ kind }) => kind)).toContain('token-reused');
  });
});

const MANAGEMENT: readonly [name: string, by: string, path: (device: TestDevice) => string][] = [
  ['an officer shuts out a supervisor’s device', 'ani', ({ me }) => `/api/devices/${me.device.id}/revoke`],
  ['another team’s supervisor does', 'tono', ({ me }) => `/api/devices/${me.device.id}/revoke`],
  ['an officer resets a supervisor’s password', 'ani', () => '/api/people/sari/reset-password'],
  ['another team’s supervisor does', 'tono', () => '/api/people/sari/reset-password'],
];

describe('who manages nobody', () => {
  test.each(
    MANAGEMENT.map(([name, by, path]): Attack => ({
      name,
      answered: { status: 404, code: 'not-found' },
      told: { kind: 'turned-away', code: 'not-found' },
      async prepare(scene) {
        const [attacker, victim] = [await scene.signIn(by), await scene.signIn('sari')];
        return async () => answerOf(await attacker.fetch(path(victim), { method: 'POST' }));
      },
    })),
  )('$name: not-found', (attack) => withstand(attack));
});

describe('guessing passwords', () => {
  const guess = async (scene: Scene, userName: string, password: string, headers = {}) => {
    const body = JSON.stringify({ userName, password, deviceLabel: 'd' });
    return answerOf(await fetch(`${scene.url}/api/sign-in`, { method: 'POST', body, headers }));
  };

  test('a wrong one is told without the name that was typed', () =>
    withstand({
      name: 'a wrong password',
      answered: { status: 401, code: 'wrong-credentials' },
      told: { kind: 'sign-in-failed', code: 'wrong-credentials' },
      prepare: async (scene) => () => guess(scene, 'Rahasia-Nama', 'x'),
    }));

  test('after a few the name has to wait, for the right password too, and it is told', () =>
    withstand({
      name: 'many passwords',
      answered: { status: 429, code: 'rate-limited' },
      told: { kind: 'sign-in-failed', code: 'rate-limited' },
      async prepare(scene) {
        for (let time = 0; time < 5; time++) await guess(scene, 'ani', `x${time}`);
        return () => guess(scene, 'ani', PASSWORD);
      },
    }));

  test(
    'many names from one address are slowed down as well, whatever it says about where it comes from',
    () =>
      withstand({
        name: 'many names',
        answered: { status: 429, code: 'rate-limited' },
        told: { kind: 'throttled' },
        async prepare(scene) {
          const from = (host: number) => ({ 'x-forwarded-for': `203.0.113.${host}` });
          for (let time = 0; time < 100; time++) await guess(scene, `nobody${time}`, 'x', from(time));
          return async () => {
            const answer = await guess(scene, 'nobody', 'x', from(200));
            scene.clock.skip(60_000);
            return answer;
          };
        },
      }),
    60_000,
  );
});
