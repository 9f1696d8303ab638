import { afterEach, expect, test, vi } from 'vitest';
import { fetchNetwork } from '../../../packages/pwa/src/platform/network.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The wire answers like this; returns what was sent. */
function answering(response: () => Response | Promise<Response>): Request[] {
  const sent: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request);
    return Promise.resolve().then(response);
  });
  return sent;
}

const network = fetchNetwork('https://relay.test');
const { signal } = new AbortController();

test('[EX25] an exchange goes up compressed where that pays, and as it is where not', async () => {
  const sent = answering(() => new Response(Uint8Array.of(7)));
  const large = new Uint8Array(20_000).fill(1);
  expect(await network.exchange('secret', large, signal)).toEqual({ ok: true, value: Uint8Array.of(7) });
  await network.exchange('secret', Uint8Array.of(1, 2), signal);
  const [first, second] = sent;
  expect(first?.headers.get('Content-Encoding')).toBe('gzip');
  expect(first?.headers.get('Authorization')).toBe('Bearer secret');
  const body = (await first?.blob())?.stream().pipeThrough(new DecompressionStream('gzip'));
  expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(large);
  expect(second?.headers.has('Content-Encoding')).toBe(false);
  expect(sent.every(({ url }) => url === 'https://relay.test/api/exchange')).toBe(true);
});

test('[EX26] a wish to be left alone for a while comes along, within reason', async () => {
  const answer = (wait: string) => () =>
    Response.json({ code: 'unavailable' }, { status: 503, headers: { 'Retry-After': wait } });
  for (const [said, waitMs] of [
    ['7', 7_000],
    ['86400', 600_000],
    ['soon', undefined],
  ] as const) {
    answering(answer(said));
    const failure = waitMs === undefined ? { code: 'unavailable' } : { code: 'unavailable', waitMs };
    expect(await network.exchange('secret', Uint8Array.of(1), signal)).toEqual({ ok: false, failure });
  }
});

test.each([
  [() => Promise.reject(new TypeError('no link')), { code: 'unavailable' }],
  [
    () => Response.json({ code: 'forbidden', paths: ['answers/303'] }, { status: 403 }),
    { code: 'forbidden', paths: ['answers/303'] },
  ],
  [() => Response.json({ code: 'nonsense' }, { status: 413 }), { code: 'too-large' }],
  [() => new Response('<html>', { status: 502 }), { code: 'unavailable' }],
  [() => new Response('<html>', { status: 401 }), { code: 'unauthenticated' }],
  [() => new Response('<html>captive portal', { status: 200 }), { code: 'unavailable' }],
])('[EX27] what goes wrong comes back as a code (%#)', async (response, failure) => {
  answering(response);
  expect(await network.json('GET', '/api/me', 'secret')).toEqual({ ok: false, failure });
});
