import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../packages/relay/src/http/app.ts';
import { openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** More than any route takes at once. */
const TOO_MUCH = Buffer.alloc(8 * 1024 * 1024, 0x20);
/** Routes that take nothing, so they answer without having looked at what came along. */
const TAKE_NOTHING: ReadonlySet<string> = new Set(['/api/sign-out']);

describe('every route that changes something', () => {
  it('has a limit for what it reads, or reads nothing', async () => {
    const { url, relay } = await openRelay();
    const routes = createApp(relay.context).routes.filter(
      ({ method, path }) => !['GET', 'ALL'].includes(method) && !TAKE_NOTHING.has(path),
    );
    expect(routes.length).toBeGreaterThan(6);
    for (const { method, path } of routes) {
      const device = await TestDevice.signIn(url, 'sari');
      const types = ['application/json', 'application/octet-stream'].map(async (type) => {
        const headers = { 'content-type': type };
        const target = path.replaceAll(/:\w+/g, 'x');
        const answer = await device.fetch(target, { method, headers, body: TOO_MUCH }).catch(() => null);
        return answer?.status ?? 'cut';
      });
      const answers = await Promise.all(types);
      const allowed = [400, 401, 403, 404, 413, 'cut'];
      for (const answer of answers) expect(allowed, `${method} ${path}`).toContain(answer);
    }
  }, 60_000);
});

describe('a body', () => {
  it.each([
    ['/api/sign-in', 'application/x-www-form-urlencoded'],
    ['/api/sign-in', 'multipart/form-data; boundary=x'],
    ['/api/tickets', 'application/octet-stream'],
    ['/api/exchange', 'text/plain'],
    ['/api/audit', 'application/json'],
  ])('for %s that says it is %s is not taken', async (path, type) => {
    const { url } = await openRelay();
    const device = await TestDevice.signIn(url, 'ani');
    const answer = await device.fetch(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ code: 'malformed', paths: ['content-type'] });
  });

  it.each([
    ['/api/sign-in', 'application/json', 17 * 1024],
    ['/api/tickets', 'application/json; charset=utf-8', 17 * 1024],
    ['/api/exchange', 'application/octet-stream', 1024 * 1024 + 1],
    ['/api/audit', 'application/octet-stream', 512 * 1024 + 1],
  ])('for %s as %s of %i bytes is too large', async (path, type, bytes) => {
    const { url } = await openRelay();
    const device = await TestDevice.signIn(url, 'ani');
    const request = { method: 'POST', headers: { 'content-type': type }, body: Buffer.alloc(bytes) };
    const answer = await device.fetch(path, request);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ code: 'too-large' });
  });

  it('that unpacks to more than its limit is too large, however small it came', async () => {
    const { url } = await openRelay();
    const device = await TestDevice.signIn(url, 'ani');
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const headers = { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' };
    const answer = await device.fetch('/api/exchange', { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({ code: 'too-large' });
  });
});
