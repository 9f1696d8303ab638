import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { TestDevice } from '../support/test-device.ts';
import { folder, run } from './run-cli.ts';

const MAIN = join(import.meta.dirname, '../../../packages/relay/src/main.ts');
const HEADER = 'nama pengguna;nama;peran;kode\r\n';

const signIn = (url: string, userName: string, password: string) =>
  fetch(`${url}/api/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName, password, deviceLabel: 'laptop' }),
  });

async function people(...args: string[]) {
  const { ended, output } = run('people', ...args);
  return { code: await ended, ...output };
}

test('a new relay says how to add its first administrator, who then signs in while it runs', async () => {
  const data = folder();
  const relay = run('serve', '--port', '0', '--data', data);
  const url = await relay.url();
  expect(relay.output.out).toContain('rukun people add --user-name NAME');

  const flags = ['--user-name', 'Admin', '--name', 'Grace Lumi', '--role', 'administrator', '--data', data];
  const added = await people('add', ...flags);
  expect(added).toMatchObject({ code: 0, err: '' });
  const password = /^ {2}(\S+)$/m.exec(added.out)?.[1] ?? '';
  expect((await signIn(url, 'admin', password)).status).toBe(200);

  const again = await people('add', ...flags);
  expect(again.code).toBe(1);
  expect(again.err).toContain('already');
  expect(again.out).toBe('');
}, 120_000);

test('a file is imported beside the running relay; its passwords are in a file of their owner only', async () => {
  const data = folder();
  const url = await run('serve', '--demo', '--port', '0', '--data', data).url();
  const file = join(folder(), 'people.csv');
  const out = join(folder(), 'passwords.csv');
  writeFileSync(file, `${HEADER}petugas91;Rini Lumi;petugas;0191\r\npetugas92;Joni\r\n`);

  const refused = await people('import', file, '--passwords', out, '--data', data);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('line 3, role: This cell must be filled in.');
  expect(existsSync(out)).toBe(false);

  writeFileSync(file, `${HEADER}petugas91;Rini Lumi;petugas;0191\r\npetugas92;Joni;petugas;0192\r\n`);
  const dry = await people('import', file, '--dry-run', '--data', data);
  expect(dry).toMatchObject({ code: 0, out: 'would change: 2 new, 0 changed, 0 as they were\n' });
  const untold = await people('import', file, '--data', data);
  expect(untold.code).toBe(1);
  expect(untold.err).toContain('--passwords');
  const listed = await people('list', '--query', 'petugas9', '--data', data);
  expect(listed.out).toBe('nobody\n');

  const done = await people('import', file, '--passwords', out, '--data', data);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const rows = readFileSync(out, 'utf8').trim().split('\r\n');
  expect(rows).toHaveLength(3);
  const password = rows[1]?.split(',').at(-1) ?? '';
  expect((await signIn(url, 'petugas91', password)).status).toBe(200);

  const again = await people('import', file, '--passwords', out, '--data', data);
  expect(again).toMatchObject({ code: 0, out: '0 new, 0 changed, 2 as they were\n' });
  writeFileSync(file, `${HEADER}petugas93;Maria;petugas;\r\n`);
  const kept = await people('import', file, '--passwords', out, '--data', data);
  expect(kept.code).toBe(1);
  expect(kept.err).toContain('is there already');
  const three = await people('list', '--query', 'petugas9', '--role', 'petugas', '--data', data);
  expect(three.out).toMatch(/petugas92 +Joni +Field officer +0192 +active/);
  expect(three.out).not.toContain('petugas93');
}, 120_000);

test('an import that is killed leaves nothing behind', async () => {
  const [data, place] = [folder(), folder()];
  await people('add', '--user-name', 'admin', '--name', 'Grace', '--role', 'administrator', '--data', data);
  const file = join(place, 'people.csv');
  const rows = Array.from({ length: 400 }, (_, index) => `petugas${index};Orang ${index};petugas;`);
  writeFileSync(file, HEADER + rows.join('\r\n'));
  const {
    process: running,
    output,
    ended,
  } = run('people', 'import', file, '--passwords', join(place, 'passwords.csv'), '--data', data);
  await new Promise((resolve) => running.stderr?.once('data', resolve));
  expect(output.err).toContain('of 400 passwords made');
  running.kill('SIGKILL');
  expect(await ended).toBeNull();
  expect(readdirSync(place)).toEqual(['people.csv']);
  expect((await people('list', '--role', 'petugas', '--data', data)).out).toBe('nobody\n');
}, 120_000);

test('a forgotten password and a lost phone are seen to beside the running relay', async () => {
  const data = folder();
  const url = await run('serve', '--demo', '--port', '0', '--data', data).url();
  const [first, second] = [
    await TestDevice.signIn(url, 'petugas1', DEMO_PASSWORD),
    await TestDevice.signIn(url, 'petugas2', DEMO_PASSWORD),
  ];
  const reset = await people('reset', 'Petugas1', '--data', data);
  expect(reset).toMatchObject({ code: 0, err: '' });
  expect((await first.fetch('/api/me')).status).toBe(401);
  expect((await signIn(url, 'petugas1', DEMO_PASSWORD)).status).toBe(401);
  const password = /^ {2}(\S+)$/m.exec(reset.out)?.[1] ?? '';
  expect(await (await signIn(url, 'petugas1', password)).json()).toMatchObject({ mustChangePassword: true });

  const { id } = second.me.device;
  const listed = await people('devices', 'petugas2', '--data', data);
  expect(listed.out).toMatch(new RegExp(`${id} .* signed in`));
  expect((await people('revoke', id, '--data', data)).code).toBe(0);
  expect(await (await second.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });

  const third = await TestDevice.signIn(url, 'petugas3', DEMO_PASSWORD);
  expect((await people('end-sessions', '--data', data)).out).toMatch(/^\d+ devices have to sign in again/);
  expect(await (await third.fetch('/api/me')).json()).toMatchObject({ code: 'unauthenticated' });
  expect(await (await second.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });
  expect((await signIn(url, 'petugas3', DEMO_PASSWORD)).status).toBe(200);

  for (const args of [
    ['reset', 'nobody'],
    ['devices', 'nobody'],
    ['revoke', 'nothing'],
  ]) {
    const missing = await people(...args, '--data', data);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('there is no');
  }
}, 120_000);

test('a folder without a relay is told, not made', async () => {
  const file = join(folder(), 'people.csv');
  writeFileSync(file, `${HEADER}ani;Ani;petugas;\n`);
  const data = join(folder(), 'mistyped');
  const done = await people('import', file, '--data', data);
  expect(done.code).toBe(1);
  expect(done.err).toContain('there is no database');
  expect(existsSync(data)).toBe(false);
}, 30_000);

test.each([
  [['people'], 'rukun people import FILE'],
  [['people', 'dance'], 'rukun people import FILE'],
  [['people', 'import'], 'rukun people import FILE'],
  [['people', 'import', 'a', 'b'], 'rukun people import FILE'],
  [['people', 'list', '--role', 'koki'], 'no such role'],
  [['people', 'list', '--no-such-flag'], 'no-such-flag'],
])('%j ends with 2 and says why', async (args, said) => {
  const { ended, output } = run(...args);
  expect(await ended).toBe(2);
  expect(output.err).toContain(said);
});

test('a hundred thousand rows are checked in a heap that could not hold them', async () => {
  const data = folder();
  await people('add', '--user-name', 'admin', '--name', 'Grace', '--role', 'administrator', '--data', data);
  const file = join(folder(), 'people.csv');
  const stream = createWriteStream(file);
  stream.write(HEADER);
  for (let index = 0; index < 100_000; index++)
    stream.write(`petugas${index};Orang Karangan Nomor ${index};petugas;${index % 10_000}\r\n`);
  stream.end();
  await finished(stream);
  const args = ['--max-old-space-size=16', MAIN, 'people', 'import', file, '--dry-run', '--data', data];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(done).toMatchObject({ status: 0, stdout: 'would change: 100000 new, 0 changed, 0 as they were\n' });
}, 120_000);
