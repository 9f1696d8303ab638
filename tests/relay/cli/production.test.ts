import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, run } from './run-cli.ts';

const BEHIND_A_PROXY = ['--production', '--port', '0', '--trust-proxy', '127.0.0.1'];

/** The reasons a relay gives for not serving, one a line. */
async function reasonsOf(...args: string[]): Promise<readonly string[]> {
  const { ended, output } = run('serve', ...args);
  expect(await ended).toBe(2);
  expect(output.out).toBe('');
  return output.err
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}

test('in production a relay says at once everything that makes it unfit for real people, and changes nothing', async () => {
  const data = folder();
  chmodSync(data, 0o755);
  expect(await reasonsOf('--production', '--demo', '--port', '0', '--data', data)).toEqual([
    expect.stringContaining('--demo'),
    expect.stringContaining('neither a certificate'),
    `others than its owner can read ${data}`,
    expect.stringContaining('recovery-key is missing'),
    expect.stringContaining('audit-key is missing'),
  ]);
  expect(readdirSync(data)).toEqual([]);
}, 30_000);

test('with secrets made for it and a proxy declared it serves; without them nothing is made up', async () => {
  const data = folder();
  const made = run('secrets', data);
  expect(await made.ended).toBe(0);
  expect(made.output.out).toContain(`RUKUN_RECOVERY_KEY_FILE=${data}/vault-recovery.pem`);
  for (const file of readdirSync(data)) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
  const again = run('secrets', data);
  expect(await again.ended).toBe(1);
  expect(again.output.err).toContain('is there already');
  await run('serve', ...BEHIND_A_PROXY, '--data', data).url();
  expect(statSync(join(data, 'rukun.sqlite')).mode & 0o777).toBe(0o600);
}, 30_000);

test('a secret everybody can read, plain HTTP for other machines, and demo data in the folder are each refused', async () => {
  const data = folder();
  expect(await run('secrets', data).ended).toBe(0);
  chmodSync(join(data, 'audit-key.txt'), 0o640);
  expect(await reasonsOf(...BEHIND_A_PROXY, '--host', '0.0.0.0', '--data', data)).toEqual([
    expect.stringContaining('listen on 127.0.0.1 instead of 0.0.0.0'),
    `others than its owner can read ${data}/audit-key.txt`,
  ]);
  chmodSync(join(data, 'audit-key.txt'), 0o600);
  const demo = run('serve', '--demo', '--port', '0', '--data', data);
  await demo.url();
  demo.process.kill('SIGTERM');
  await demo.ended;
  expect(await reasonsOf(...BEHIND_A_PROXY, '--data', data)).toEqual([
    expect.stringContaining('made-up data in the data folder'),
  ]);
}, 60_000);

test('proxies and origins that could be anybody, and keys that are none, are refused', async () => {
  const data = folder();
  for (const file of ['audit-key.txt', 'vault-recovery.pem'])
    writeFileSync(join(data, file), 'short\n', { mode: 0o600 });
  const open = ['--trust-proxy=127.0.0.1,0.0.0.0/0', '--allow-origin=http://rukun.example.id'];
  expect(await reasonsOf('--production', '--port=0', ...open, '--data', data)).toEqual([
    expect.stringContaining('0.0.0.0/0 is nearly everybody'),
    expect.stringContaining('pages of http://rukun.example.id can be changed'),
    expect.stringContaining('recovery-key holds no RSA key'),
    expect.stringContaining('audit-key holds something else'),
  ]);
}, 30_000);

test('settings that cannot be are told all at once, too', async () => {
  const { ended, output } = run(
    'serve',
    '--port=99999',
    '--trust-proxy=10.0.0.0/8,here',
    '--allow-origin=https://a.id/b',
    '--tls-cert=cert.pem',
    '--security-contact=somebody',
    '--connections-per-address=0',
  );
  expect(await ended).toBe(2);
  expect(output.err.trimEnd().split('\n')).toEqual([
    'not a port (0-65535): 99999',
    'not an address or subnet to trust as a proxy: here',
    'not an origin like https://example.id: https://a.id/b',
    'the security contact is not a mailto: or https: address',
    'not a number of connections: 0',
    'TLS needs a certificate and a key, not one of them',
  ]);
});
