import { describe, expect, it } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { WebSocket } from 'ws';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const FOREIGN = 'https://elsewhere.example';
const LISTED = 'https://dashboard.example';

describe('a page of another origin', () => {
  it.each(['GET', 'POST', 'OPTIONS'])(
    'is answered forbidden to %s, and may not read even that',
    async (method) => {
      const { url } = await openRelay();
      const headers = { origin: FOREIGN, 'access-control-request-method': 'POST' };
      const answer = await fetch(`${url}/api/health`, { method, headers });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({ code: 'forbidden' });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    },
  );

  it.each(['null', 'http://localhost', 'not an origin', 'https://127.0.0.1.example'])(
    '%s is not the own one',
    async (origin) => {
      const { url } = await openRelay();
      expect((await fetch(`${url}/api/health`, { headers: { origin } })).status).toBe(403);
    },
  );

  it('is recognised by what the browser says of it where it names no origin', async () => {
    const { url } = await openRelay();
    const ask = (site: string, method: string) =>
      fetch(`${url}/api/sign-in`, { method, headers: { 'sec-fetch-site': site } });
    for (const site of ['cross-site', 'same-site']) expect((await ask(site, 'POST')).status).toBe(403);
    for (const site of ['same-origin', 'none']) expect((await ask(site, 'POST')).status).toBe(400);
    expect((await ask('cross-site', 'GET')).status).toBe(404);
  });
});

describe('the own origin', () => {
  it('is the host that was asked for', async () => {
    const { url } = await openRelay();
    const answer = await fetch(`${url}/api/health`, {
      headers: { origin: url, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('behind a trusted proxy it is what the proxy was asked for, by https only', async () => {
    const { url } = await openRelay({ network: { trustedProxies: ['127.0.0.1'] } });
    const ask = async (origin: string) => {
      const forwarded = { 'x-forwarded-host': 'rukun.example', 'x-forwarded-proto': 'https' };
      return (await fetch(`${url}/api/health`, { headers: { origin, ...forwarded } })).status;
    };
    expect(await ask('https://rukun.example')).toBe(200);
    expect(await ask('http://rukun.example')).toBe(403);
    expect(await ask(url)).toBe(403);
  });

  it('is not what somebody says who is no trusted proxy', async () => {
    const { url } = await openRelay();
    const headers = {
      origin: FOREIGN,
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'https',
    };
    expect((await fetch(`${url}/api/health`, { headers })).status).toBe(403);
  });
});

describe('an origin on the list', () => {
  it('gets its preflight answered and may read answers, errors included', async () => {
    const { url } = await openRelay({ network: { allowedOrigins: [LISTED] } });
    const preflight = await fetch(`${url}/api/exchange`, { method: 'OPTIONS', headers: { origin: LISTED } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    // All methods of the API; a person is changed with PATCH.
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, PATCH');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await fetch(`${url}/api/me`, { headers: { origin: LISTED } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(refused.headers.get('vary')).toContain('origin');
    expect((await fetch(`${url}/api/me`, { headers: { origin: FOREIGN } })).status).toBe(403);
  });
});

describe('a live connection', () => {
  async function closeCode(url: string, origin: string | null, ticket: string): Promise<number | 'open'> {
    const protocols = [SUBPROTOCOLS.stored, SUBPROTOCOLS.ticketPrefix + ticket];
    const address = `${url.replace('http', 'ws')}/live/${HOUSEHOLD.ani1}`;
    const socket = new WebSocket(address, protocols, origin === null ? {} : { origin });
    try {
      return await new Promise((resolve) => {
        socket.once('close', resolve);
        socket.once('message', () => resolve('open'));
        socket.once('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)));
      });
    } finally {
      socket.terminate();
    }
  }

  it('of a foreign page is closed with 4403, and its ticket is not spent', async () => {
    const { url } = await openRelay({ network: { allowedOrigins: [LISTED] } });
    const device = await TestDevice.signIn(url, 'ani');
    const ticket = await device.ticket(HOUSEHOLD.ani1);
    expect(await closeCode(url, FOREIGN, ticket)).toBe(4403);
    expect(await closeCode(url, url, ticket)).toBe('open');
    expect(await closeCode(url, LISTED, await device.ticket(HOUSEHOLD.ani1))).toBe('open');
    expect(await closeCode(url, null, await device.ticket(HOUSEHOLD.ani1))).toBe('open');
  });
});
