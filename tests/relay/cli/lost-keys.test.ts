import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { TestDevice } from '../support/test-device.ts';
import { folder, run } from './run-cli.ts';

/** A data folder in which somebody signed in, and a backup of it; its relay is stopped. */
async function used() {
  const data = folder();
  const relay = run('serve', '--demo', '--port', '0', '--data', data);
  await TestDevice.signIn(await relay.url(), 'petugas1', DEMO_PASSWORD);
  relay.process.kill('SIGTERM');
  await relay.ended;
  const backup = join(folder(), 'rukun.sqlite');
  expect(await run('backup', backup, '--data', data).ended).toBe(0);
  return {
    data,
    backup,
    auditKey: join(data, 'audit-key.txt'),
    recoveryKey: join(data, 'vault-recovery.pem'),
  };
}

async function ended(...args: string[]) {
  const command = run(...args);
  return { code: await command.ended, err: command.output.err };
}

const missing = (name: string) => ({
  code: 1,
  err: expect.stringContaining(`${name} is missing, and what is in the database hangs on it`) as string,
});

test('no key is made in the place of one that is lost: not by a relay, a command, or a restore', async () => {
  const { data, backup, auditKey, recoveryKey } = await used();
  renameSync(auditKey, `${auditKey}.away`);
  for (const command of [
    ['serve', '--port', '0'],
    ['people', 'add', '--user-name', 'ani', '--name', 'Ani', '--role', 'administrator'],
    ['erasure', 'apply', backup],
  ])
    expect(await ended(...command, '--data', data)).toMatchObject(missing('audit-key'));
  const elsewhere = folder();
  expect(await ended('restore', backup, '--data', elsewhere)).toMatchObject(missing('audit-key'));
  expect(existsSync(auditKey) || existsSync(join(elsewhere, 'audit-key.txt'))).toBe(false);

  renameSync(`${auditKey}.away`, auditKey);
  rmSync(recoveryKey);
  expect(await ended('serve', '--port', '0', '--data', data)).toMatchObject(missing('recovery-key'));
  expect(existsSync(recoveryKey)).toBe(false);
  expect((await ended('audit', 'verify', '--data', data)).code).toBe(0);
}, 120_000);

test('an audit log goes on only where the key of its last entry is among those given', async () => {
  const { data, auditKey } = await used();
  const key = readFileSync(auditKey, 'utf8');
  const other = `${Buffer.alloc(32, 9).toString('base64')}\n`;
  writeFileSync(auditKey, other);
  expect(await ended('serve', '--port', '0', '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the audit log goes on under key [0-9a-f]{8}, which is not among/) as string,
  });
  writeFileSync(auditKey, `${other}${key}`);
  const relay = run('serve', '--port', '0', '--data', data);
  await relay.url();
}, 120_000);

test('a relay that is given another recovery key than devices sealed to says so', async () => {
  const { data, recoveryKey } = await used();
  rmSync(recoveryKey);
  const made = folder();
  expect(await run('secrets', made).ended).toBe(0);
  renameSync(join(made, 'vault-recovery.pem'), recoveryKey);
  const relay = run('serve', '--port', '0', '--data', data);
  await relay.url();
  expect(relay.output.err).toMatch(
    /"event":"recovery-key.replaced","reason":"devices sealed to [0-9a-f]{16},/,
  );
}, 120_000);
