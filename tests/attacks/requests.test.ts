import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { DEVELOPMENT } from '@rukun/relay';
import { LiveClient } from '../relay/support/live-client.ts';
import { HOUSEHOLD } from '../relay/support/open-relay.ts';
import { rawAnswer, rawRequest, sendRaw } from './raw-request.ts';
import { answerOf, Scene, withstand, type Attack } from './scene.ts';

const SECRET = 'this must not leave the machine';

/** A built app beside which something else lies. */
function appFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-attack-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'app/assets'), { recursive: true });
  writeFileSync(join(folder, 'app/index.html'), '<title>app</title>');
  writeFileSync(join(folder, 'app/assets/app.js'), '1');
  writeFileSync(join(folder, 'secret.txt'), SECRET);
  return join(folder, 'app');
}

const FILES = [
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/assets/../../secret.txt',
  '/api/documents/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/....//secret.txt',
  '//secret.txt',
  '/secret.txt%00.html',
  '/%252e%252e/secret.txt',
  'http://127.0.0.1/../secret.txt',
];

const DOCUMENTS: readonly [path: string, status: number, code: string][] = [
  ['/api/documents/household/..%2f..%2fsecret/history', 400, 'malformed'],
  ['/api/documents/household/%2e%2e/history', 404, 'not-found'],
  ['/api/documents/household/x%00/history', 400, 'malformed'],
  ['/api/documents/household/X/readers', 400, 'malformed'],
  ['/api/documents/secrets/x/moments', 400, 'malformed'],
  ["/api/documents/household/x'--/history", 400, 'malformed'],
  ['/api/documents/household/x/at/..%2f1', 403, 'forbidden'],
];

describe('paths that lead elsewhere', () => {
  test.each(FILES)('GET %s', (path) =>
    withstand({
      name: path,
      answered: { status: 404 },
      told: { kind: 'turned-away', code: 'not-found' },
      open: { app: appFolder() },
      prepare:
        async ({ url }) =>
        async () => {
          const answer = await rawRequest(url, `GET ${path}`);
          expect(answer.text).not.toContain(SECRET);
          return answer;
        },
    }),
  );

  test.each(DOCUMENTS)('GET %s: %i %s', (path, status, code) =>
    withstand({
      name: path,
      answered: { status, code },
      told: { kind: 'turned-away', code },
      async prepare(scene) {
        const { token, url } = await scene.signIn('ani');
        return () => rawRequest(url, `GET ${path}`, [`Authorization: Bearer ${token}`]);
      },
    }),
  );

  test.each([
    ['../../secret', 4400, 'malformed'],
    ['household/..%2f..%2fsecret', 4400, 'malformed'],
    ['household/x?ticket=1', 4400, 'malformed'],
    ['household/', 4400, 'malformed'],
    ['secrets/x', 4400, 'malformed'],
  ])('/live/%s: %i %s', (path, close, code) =>
    withstand({
      name: path,
      answered: { close },
      told: { kind: 'turned-away', code },
      prepare:
        async ({ url }) =>
        async () => {
          return { close: await rawUpgrade(url, `/live/${path}`) };
        },
    }),
  );
});

/** The close code of a handshake on a path as it stands: the two bytes of the close frame after the headers. */
async function rawUpgrade(url: string, path: string): Promise<number> {
  const head = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    `Sec-WebSocket-Protocol: ${SUBPROTOCOLS.stored}`,
  ];
  const isWhole = (text: string) => /\r\n\r\n..../s.test(text);
  const text = await sendRaw(url, `${head.join('\r\n')}\r\n\r\n`, isWhole);
  const frame = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1');
  return frame.readUInt16BE(2);
}

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** Limits of time that a test can wait for. */
const IMPATIENT = {
  network: { limits: { ...DEVELOPMENT.network.limits, headersMs: 50, requestMs: 50, lookMs: 10 } },
};

const tooLarge = (status: number) => ({
  answered: { status, code: 'too-large' },
  told: { kind: 'turned-away', code: 'too-large' },
});
const MALFORMED = {
  answered: { status: 400, code: 'malformed' },
  told: { kind: 'turned-away', code: 'malformed' },
};
const TOO_SLOW = {
  answered: { status: 408, code: 'too-slow' },
  told: { kind: 'turned-away', code: 'too-slow' },
};
const FORBIDDEN = {
  answered: { status: 403, code: 'forbidden' },
  told: { kind: 'turned-away', code: 'forbidden' },
};
const NOT_FOUND = {
  answered: { status: 404, code: 'not-found' },
  told: { kind: 'turned-away', code: 'not-found' },
};

/** An exchange of a device that is signed in. */
const exchanging =
  (body: Uint8Array, headers: Record<string, string> = {}): Attack['prepare'] =>
  async (scene) => {
    const ani = await scene.signIn('ani');
    return async () => answerOf(await ani.post(body, headers));
  };

const posting =
  (path: string, body: string, headers: Record<string, string> = {}): Attack['prepare'] =>
  async ({ url }) =>
  async () =>
    answerOf(await fetch(url + path, { method: 'POST', body, headers }));

const sending =
  (line: string, ...headers: string[]): Attack['prepare'] =>
  async ({ url }) =>
  () =>
    rawRequest(url, line, headers);

const SIZES: readonly Attack[] = [
  {
    name: 'headers of 64 KB',
    ...tooLarge(431),
    prepare: sending('GET /api/health', `X-A: ${'a'.repeat(65_536)}`),
  },
  { name: 'a path of 64 KB', ...tooLarge(431), prepare: sending(`GET /${'a'.repeat(65_536)}`) },
  {
    name: 'JSON of 1 MB',
    ...tooLarge(413),
    prepare: posting('/api/sign-in', JSON.stringify({ x: 'x'.repeat(1e6) })),
  },
  {
    name: 'JSON nested 7,000 deep',
    ...MALFORMED,
    prepare: posting('/api/sign-in', `{"userName":${'['.repeat(7000)}${']'.repeat(7000)}}`),
  },
  { name: 'an exchange of 2 MB', ...tooLarge(413), prepare: exchanging(new Uint8Array(2 * 1024 * 1024)) },
  {
    name: '64 MB in 64 KB of gzip',
    ...tooLarge(413),
    prepare: exchanging(BOMB, { 'content-encoding': 'gzip' }),
  },
  {
    name: 'gzip that is none',
    ...MALFORMED,
    prepare: exchanging(new Uint8Array(99), { 'content-encoding': 'gzip' }),
  },
  {
    name: 'another compression',
    ...MALFORMED,
    prepare: exchanging(new Uint8Array(99), { 'content-encoding': 'br' }),
  },
  {
    name: 'an exchange of garbage',
    answered: { status: 426, code: 'wrong-version' },
    told: { kind: 'turned-away', code: 'wrong-version' },
    prepare: exchanging(new Uint8Array(99).fill(255)),
  },
  {
    name: 'headers that never end',
    ...TOO_SLOW,
    open: IMPATIENT,
    prepare:
      async ({ url }) =>
      async () =>
        rawAnswer(await sendRaw(url, 'GET / HTTP/1.1\r\nHost: x\r\n')),
  },
  {
    name: 'a body that never ends',
    ...TOO_SLOW,
    open: IMPATIENT,
    prepare:
      async ({ url }) =>
      async () =>
        rawAnswer(await sendRaw(url, 'POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{')),
  },
];

describe('too much, or too slow', () => {
  test.each(SIZES)('$name: $answered.status $answered.code', (attack) => withstand(attack));

  test('a frame of 1 MB ends its connection, and nothing of it is kept', async () => {
    const scene = await Scene.open();
    const live = await LiveClient.open(await scene.signIn('ani'), HOUSEHOLD.ani1);
    const before = scene.digest([]);
    live.socket.send(new Uint8Array(1024 * 1024));
    expect([1009, 4413]).toContain(await live.closed);
    expect(scene.digest([])).toBe(before);
  });
});

const CREDENTIALS = { userName: 'ani', password: 'x', deviceLabel: 'd' };
const WRONG = {
  answered: { status: 401, code: 'wrong-credentials' },
  told: { kind: 'sign-in-failed', code: 'wrong-credentials' },
};

const CONFUSIONS: readonly Attack[] = [
  { name: 'GET where POST is meant', ...NOT_FOUND, prepare: sending('GET /api/sign-in') },
  { name: 'another method', ...NOT_FOUND, prepare: sending('DELETE /api/sign-in') },
  { name: 'TRACE', ...NOT_FOUND, prepare: sending('TRACE /api/sign-in') },
  {
    name: 'a method said to be another',
    ...NOT_FOUND,
    prepare: sending('GET /api/sign-in', 'X-HTTP-Method-Override: POST'),
  },
  { name: 'a route that is not there', ...NOT_FOUND, prepare: sending('GET /api/admin') },
  {
    name: 'the API by a double slash',
    ...NOT_FOUND,
    answered: { status: 404 },
    prepare: sending('GET //api/me'),
  },
  {
    name: 'XML',
    ...MALFORMED,
    prepare: posting('/api/sign-in', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>', {
      'content-type': 'application/xml',
    }),
  },
  { name: 'a list instead of an object', ...MALFORMED, prepare: posting('/api/sign-in', '[]') },
  {
    name: 'objects instead of texts',
    ...MALFORMED,
    prepare: posting('/api/sign-in', '{"userName":{"$ne":""},"password":{"$ne":""},"deviceLabel":"d"}'),
  },
  {
    name: 'a user name that is SQL',
    ...WRONG,
    prepare: posting('/api/sign-in', JSON.stringify({ ...CREDENTIALS, userName: "ani' OR '1'='1" })),
  },
  {
    name: 'a user name with a line break',
    ...WRONG,
    prepare: posting('/api/sign-in', JSON.stringify({ ...CREDENTIALS, userName: 'ani\r\nx: y' })),
  },
  {
    name: '__proto__ that makes an administrator',
    ...WRONG,
    prepare: posting(
      '/api/sign-in',
      '{"__proto__":{"role":"administrator","userName":"ani"},"constructor":{"prototype":{"role":"administrator"}},"userName":"x","password":"x","deviceLabel":"d"}',
    ),
  },
  {
    name: '__proto__ in the place of what is asked for',
    ...MALFORMED,
    prepare: posting('/api/sign-in', '{"__proto__":{"userName":"ani","password":"x","deviceLabel":"d"}}'),
  },
  {
    name: 'a form of a foreign page',
    ...FORBIDDEN,
    prepare: posting('/api/sign-in', JSON.stringify(CREDENTIALS), {
      origin: 'https://evil.example',
      'content-type': 'text/plain',
    }),
  },
  {
    name: 'a question before, from a foreign page',
    ...FORBIDDEN,
    prepare: sending(
      'OPTIONS /api/exchange',
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
    ),
  },
  {
    name: 'a foreign page that pretends to be behind a proxy of ours',
    ...FORBIDDEN,
    prepare: sending('GET /api/health', 'Origin: https://evil.example', 'X-Forwarded-Host: evil.example'),
  },
  {
    name: 'a header within a header',
    answered: { status: 401, code: 'unauthenticated' },
    told: { kind: 'turned-away', code: 'unauthenticated' },
    prepare: sending('GET /api/me', 'Authorization: Bearer x%0d%0aX-Admin: 1'),
  },
  {
    name: 'two requests in one',
    ...MALFORMED,
    prepare: sending('POST /api/sign-in', 'Content-Length: 4', 'Transfer-Encoding: chunked'),
  },
  {
    name: 'a control character in a header',
    ...MALFORMED,
    prepare: sending('GET /api/me', 'Authorization: Bearer \u0000'),
  },
];

describe('requests that mean something else than they say', () => {
  test.each(CONFUSIONS)('$name', async (attack) => {
    await withstand(attack);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });
});

describe('what every answer says, to attackers too', () => {
  test.each(['/', '/api/me', '/api/nothing', '/nothing.js', '/api/documents/household/x/history'])(
    'GET %s: a policy without inline scripts, no sniffing, no other origin',
    async (path) => {
      const { url } = await Scene.open({ app: appFolder() });
      const { headers } = await fetch(url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
    },
  );
});
