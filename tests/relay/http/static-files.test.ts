import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { openRelay } from '../support/open-relay.ts';

const SCRIPT = 'console.log(1);'.repeat(500);

async function openApp(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Rukun</title>');
  writeFileSync(join(folder, 'service-worker.js'), '// worker');
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, 'icon-maskable-512.png'), 'png');
  writeFileSync(join(folder, 'assets', 'main-Abc123_x.js'), SCRIPT);
  return (await openRelay({ app: folder })).url;
}

test.each([
  ['/', 'text/html; charset=utf-8', 'no-cache'],
  ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
  ['/households/abc', 'text/html; charset=utf-8', 'no-cache'],
  ['/service-worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
  ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
  ['/icon-maskable-512.png', 'image/png', 'no-cache'],
  ['/assets/main-Abc123_x.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
])('%s is served as %s, %s', async (path, type, cache) => {
  const response = await fetch((await openApp()) + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('cache-control')).toBe(cache);
});

test.each(['/assets/gone-00000000.js', '/favicon.ico', '/../package.json', '/%2e%2e/package.json'])(
  '%s is not there',
  async (path) => {
    const url = new URL(await openApp());
    const status = await new Promise((resolve, reject) => {
      request({ host: url.hostname, port: url.port, path }, (response) => {
        resolve(response.statusCode);
        response.resume();
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  },
);

test('what compresses is sent as brotli, and unchanged content as 304', async () => {
  const url = new URL(`${await openApp()}/assets/main-Abc123_x.js`);
  const headers = { 'accept-encoding': 'gzip, br' };
  const body = await new Promise<Buffer>((resolve, reject) => {
    request({ host: url.hostname, port: url.port, path: url.pathname, headers }, (response) => {
      expect(response.headers['content-encoding']).toBe('br');
      expect(response.headers.vary).toBe('accept-encoding');
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    })
      .on('error', reject)
      .end();
  });
  expect(body.byteLength).toBeLessThan(SCRIPT.length / 10);
  expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
  const first = await fetch(url);
  const etag = first.headers.get('etag') ?? '';
  const second = await fetch(url, { headers: { 'if-none-match': etag } });
  expect(second.status).toBe(304);
});

test('every answer carries the security headers; nothing inline, nothing evaluated, nothing from elsewhere', async () => {
  const url = await openApp();
  for (const path of ['/', '/api/health', '/api/me', '/gone.js']) {
    const { headers } = await fetch(url + path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const permissions = (headers.get('permissions-policy') ?? '').split(', ');
    expect(permissions).toEqual(expect.arrayContaining(['geolocation=(self)', 'camera=()', 'microphone=()']));
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
    const isKept = headers.get('cache-control') !== 'no-store';
    expect(isKept).toBe(!path.startsWith('/api'));
  }
});
