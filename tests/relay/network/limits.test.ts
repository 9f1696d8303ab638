import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DEVELOPMENT } from '@rukun/relay';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { RawConnection, statusAndCode } from '../support/raw-connection.ts';
import { TestDevice } from '../support/test-device.ts';

/** Limits that are over at once, so that nobody waits for them. */
const SHORT = { headersMs: 60, requestMs: 120, lookMs: 20 } as const;

const relayWith = (limits: Partial<typeof DEVELOPMENT.network.limits>) =>
  openRelay({ network: { limits: { ...DEVELOPMENT.network.limits, ...limits } } });

const POST = ['POST /api/sign-in HTTP/1.1', 'Host: x', 'Content-Type: application/json'];

describe('a slow request is cut with 408 too-slow', () => {
  it('while its headers do not end', async () => {
    const { url } = await relayWith(SHORT);
    const connection = (await RawConnection.open(url)).write('GET /api/health HTTP/1.1\r\nHost: x\r\nX-A: ');
    expect(statusAndCode(await connection.ended)).toEqual({ status: 408, code: 'too-slow' });
  });

  it('while its body does not end', async () => {
    const { url } = await relayWith(SHORT);
    const connection = (await RawConnection.open(url))
      .head(...POST, 'Content-Length: 100')
      .write('{"userName":');
    expect(statusAndCode(await connection.ended)).toEqual({ status: 408, code: 'too-slow' });
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
  });
});

describe('bytes that are no sound request', () => {
  it.each([
    ['headers over the limit', ['GET / HTTP/1.1', 'Host: x', `X-A: ${'a'.repeat(20_000)}`], 431, 'too-large'],
    ['two lengths', [...POST, 'Content-Length: 2', 'Content-Length: 3'], 400, 'malformed'],
    ['a length and chunks', [...POST, 'Content-Length: 2', 'Transfer-Encoding: chunked'], 400, 'malformed'],
    ['chunks that are not the last coding', [...POST, 'Transfer-Encoding: chunked, gzip'], 400, 'malformed'],
    ['a length that is no number', [...POST, 'Content-Length: 1e3'], 400, 'malformed'],
    ['a negative length', [...POST, 'Content-Length: -1'], 400, 'malformed'],
    ['no host', ['GET /api/health HTTP/1.1'], 400, null],
    ['another protocol', ['SSH-2.0-OpenSSH_9.2'], 400, 'malformed'],
    ['a folded header', ['GET / HTTP/1.1', 'Host: x', 'X-A: a', ' b'], 400, 'malformed'],
  ])('%s: the connection is closed with a code', async (_what, head, status, code) => {
    const { url } = await openRelay();
    const connection = (await RawConnection.open(url)).head(...head);
    expect(statusAndCode(await connection.ended)).toEqual({ status, code });
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
  });

  it('a body longer than announced is not taken for the next request of somebody', async () => {
    const { url } = await openRelay();
    const connection = await RawConnection.open(url);
    connection.head(...POST, 'Content-Length: 2').write('{}GARBAGE\r\n\r\n');
    const answers = (await connection.ended).match(/HTTP\/1\.1 \d{3}/g);
    expect([...new Set(answers)]).toEqual(['HTTP/1.1 400']);
  });
});

describe('connections', () => {
  it('over the share of one address are cut; when others end there is room again', async () => {
    const { url } = await relayWith({ connectionsPerAddress: 3 });
    const three = await Promise.all([1, 2, 3].map(() => RawConnection.open(url)));
    expect(await (await RawConnection.open(url)).ended).toBe('');
    for (const each of three) each.head('GET /api/health HTTP/1.1', 'Host: x', 'Connection: close');
    await Promise.all(three.map(({ ended }) => ended));
    const again = (await RawConnection.open(url)).head(
      'GET /api/health HTTP/1.1',
      'Host: x',
      'Connection: close',
    );
    expect(statusAndCode(await again.ended).status).toBe(200);
  });

  it('of a trusted proxy are not counted: they bring many people', async () => {
    const limits = { ...DEVELOPMENT.network.limits, connectionsPerAddress: 1 };
    const { url } = await openRelay({ network: { limits, trustedProxies: ['127.0.0.1'] } });
    const two = await Promise.all([1, 2].map(() => RawConnection.open(url)));
    for (const each of two) each.head('GET /api/health HTTP/1.1', 'Host: x', 'Connection: close');
    for (const each of two) expect(statusAndCode(await each.ended).status).toBe(200);
  });

  it('that wait for nothing are closed', async () => {
    const { url } = await relayWith({ keepAliveMs: 30 });
    const idle = (await RawConnection.open(url)).head('GET /api/health HTTP/1.1', 'Host: x');
    expect(statusAndCode(await idle.ended).status).toBe(200);
  });

  it('on which nothing moves are cut, but not live ones', async () => {
    const { url } = await relayWith({ silenceMs: 1000 });
    const silent = await RawConnection.open(url);
    const device = await TestDevice.signIn(url, 'ani');
    const live = await LiveClient.open(device, HOUSEHOLD.ani1);
    expect(await silent.ended).toBe('');
    live.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
    expect(await Promise.race([live.closed, fetch(`${url}/api/health`).then(({ status }) => status)])).toBe(
      200,
    );
  });

  it('of clients that reset them while they are cut leave the relay serving', async () => {
    const { url } = await relayWith({ connectionsPerAddress: 1 });
    await RawConnection.open(url);
    for (let round = 0; round < 20; round++) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('connect', () => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    const status = await relayStatus(url);
    expect(status).toBe('cut');
  });
});

/** Whether a request beside the connection that is open comes through. */
async function relayStatus(url: string): Promise<number | 'cut'> {
  return fetch(`${url}/api/health`).then(
    ({ status }) => status,
    () => 'cut' as const,
  );
}

describe('methods and bodies', () => {
  it.each([
    ['PUT', '/api/exchange'],
    ['DELETE', '/api/me'],
    ['PROPFIND', '/api/health'],
    ['POST', '/'],
    ['TRACE', '/'],
  ])('%s %s is answered with the documented code', async (method, path) => {
    const { url } = await openRelay();
    const connection = (await RawConnection.open(url)).head(
      `${method} ${path} HTTP/1.1`,
      'Host: x',
      'Connection: close',
    );
    const { status, code } = statusAndCode(await connection.ended);
    expect([401, 404]).toContain(status);
    expect(code).toBe(status === 401 ? 'unauthenticated' : 'not-found');
  });

  it('CONNECT is not spoken', async () => {
    const { url } = await openRelay();
    expect(await (await RawConnection.open(url)).head('CONNECT a:1 HTTP/1.1', 'Host: a:1').ended).toBe('');
  });
});
