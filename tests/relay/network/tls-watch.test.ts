import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { followTls } from '../../../packages/relay/src/network/tls.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

test('a renewal that leaves the certificate where nobody can look at it is logged, and the relay goes on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const { cert, key } = selfSigned();
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key);
  const [used, told]: [unknown[], string[]] = [[], []];
  const log = {
    info: (event: string) => void told.push(event),
    error: (event: string) => void told.push(event),
  };
  const clock = new VirtualClock();
  const server = { setSecureContext: (context: unknown) => void used.push(context) };
  const { reload, stop } = followTls(server, files, { clock, log });
  onTestFinished(stop);

  rmSync(files.cert);
  symlinkSync(files.cert, files.cert);
  clock.advance(60_000);
  expect(told).toEqual(['tls.failed']);
  reload();
  expect(told).toEqual(['tls.failed', 'tls.failed']);
  rmSync(files.cert);
  writeFileSync(files.cert, cert);
  clock.advance(60_000);
  expect([told.at(-1), used.length]).toEqual(['tls.reloaded', 1]);
});
