import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { selfSigned } from '../../support/self-signed.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';

/** Certificate and key as an operator lays them down, to be replaced later. */
function certificateFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const write = ({ cert, key }: ReturnType<typeof selfSigned>): string => {
    writeFileSync(tls.cert, cert);
    writeFileSync(tls.key, key);
    return cert;
  };
  return { tls, write };
}

async function health(url: string, ca: string): Promise<{ status?: number; hsts?: string }> {
  const request = get(`${url}/api/health`, { ca, servername: 'localhost', agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.resume();
  const hsts = answer.headers['strict-transport-security'];
  return { ...(answer.statusCode ? { status: answer.statusCode } : {}), ...(hsts ? { hsts } : {}) };
}

test('a relay with a certificate speaks TLS and nothing else, from 1.2 on, and tells browsers to stay with it', async () => {
  const { tls, write } = certificateFiles();
  const cert = write(selfSigned());
  const { url } = await openRelay({ network: { tls } });
  expect(url).toMatch(/^https:/);
  expect(await health(url, cert)).toEqual({ status: 200, hsts: 'max-age=31536000' });
  await expect(fetch(url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  const old = connect({
    port: Number(new URL(url).port),
    host: '127.0.0.1',
    ca: cert,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
  });
  const [error] = (await once(old, 'error')) as [Error & { code?: string }];
  expect(error.code).toMatch(/PROTOCOL|VERSION/);
});

test('live connections go over TLS, too', async () => {
  const { tls, write } = certificateFiles();
  const ca = write(selfSigned());
  const { url } = await openRelay({ network: { tls } });
  const options = { ca, servername: 'localhost', origin: url };
  const socket = new WebSocket(
    `${url.replace('https', 'wss')}/live/${HOUSEHOLD.ani1}`,
    [SUBPROTOCOLS.stored],
    options,
  );
  const [code] = (await once(socket, 'close')) as [number];
  expect(code).toBe(4401);
});

test('a renewed certificate is taken up without a restart; one that does not fit its key is not', async () => {
  const { tls, write } = certificateFiles();
  write(selfSigned());
  const clock = new VirtualClock();
  const { url, errors } = await openRelay({ network: { tls }, clock });
  const renewed = write(selfSigned());
  await expect(health(url, renewed)).rejects.toThrow('certificate');
  clock.advance(60_000);
  expect(await health(url, renewed)).toMatchObject({ status: 200 });
  writeFileSync(tls.key, selfSigned().key);
  clock.advance(60_000);
  expect(errors).toEqual(['tls.failed']);
  expect(await health(url, renewed)).toMatchObject({ status: 200 });
});

test('a certificate that cannot be used is a reason not to start', async () => {
  const { tls, write } = certificateFiles();
  write({ cert: selfSigned().cert, key: selfSigned().key });
  await expect(openRelay({ network: { tls } })).rejects.toThrow(/cannot be used: ERR_OSSL/);
  rmSync(tls.key);
  await expect(openRelay({ network: { tls } })).rejects.toThrow(/cannot be used: ENOENT/);
});

test('plain HTTP says nothing of TLS', async () => {
  const { url } = await openRelay();
  expect((await fetch(`${url}/api/health`)).headers.get('strict-transport-security')).toBeNull();
});
