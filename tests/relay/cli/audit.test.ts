import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { folder, run } from './run-cli.ts';

/** A demo that somebody signed in to, still running. */
async function demo() {
  const data = folder();
  const relay = run('serve', '--demo', '--port', '0', '--data', data);
  const url = await relay.url();
  return { data, relay, url };
}

async function audit(...args: string[]) {
  const command = run('audit', ...args);
  return { code: await command.ended, ...command.output };
}

test('rukun audit verify and export, beside a relay and after it', async () => {
  const { data, relay } = await demo();
  expect(await audit('verify', '--data', data)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^the audit log is whole: \d+ entries, head \d+:[0-9a-f]{64}\n$/) as string,
  });
  const heads = (text: string) =>
    text.split('\n').flatMap((line) => /"event":"audit.head","head":"([^"]+)"/.exec(line)?.[1] ?? []);
  relay.process.kill('SIGTERM');
  expect(await relay.ended).toBe(0);
  // Said when it began and when it ended.
  const said = heads(relay.output.err);
  expect(said).toHaveLength(2);
  expect((await audit('verify', '--data', data, '--head', said[1] ?? '')).code).toBe(0);
  expect(readFileSync(join(data, 'rukun.audit-head'), 'utf8')).toBe(`${said[1]}\n`);
  expect(statSync(join(data, 'audit-key.txt')).mode & 0o077).toBe(0);

  rmSync(join(data, 'rukun.audit-head'));
  expect(await audit('verify', '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringContaining('rukun.audit-head is missing') as string,
  });
  expect((await audit('verify', '--data', data, '--head', said[1] ?? '')).code).toBe(0);

  const file = join(data, 'audit.ndjson');
  expect((await audit('export', file, '--data', data)).code).toBe(0);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const [last, exported] = lines.slice(-2).map((line) => JSON.parse(line) as { kind: string; hash: string });
  expect(said[1]).toBe(`${lines.length - 1}:${last?.hash}`);
  expect(exported?.kind).toBe('exported');
  expect(await audit('export', file, '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already') as string,
  });
}, 60_000);

test('a backup is told of before it is made, beside the relay that goes on', async () => {
  const { data, relay } = await demo();
  const file = join(folder(), 'backup.sqlite');
  expect(await run('backup', file, '--data', data).ended).toBe(0);
  // A second one into the same file takes nothing out, and there is nothing to tell.
  expect(await run('backup', file, '--data', data).ended).toBe(1);
  relay.process.kill('SIGTERM');
  expect(await relay.ended).toBe(0);
  for (const path of [file, join(data, 'rukun.sqlite')]) {
    const database = new DatabaseSync(path, { readOnly: true });
    const told = database.prepare("SELECT details FROM audit WHERE kind = 'exported'").all();
    expect(told).toEqual([
      { details: expect.stringMatching(/^\{"documents":\d+,"what":"backup"\}$/) as string },
    ]);
    database.close();
  }
  expect((await audit('verify', '--data', data)).code).toBe(0);
}, 60_000);

test('rukun audit verify says what is wrong', async () => {
  const { data, relay } = await demo();
  relay.process.kill('SIGKILL');
  await relay.ended;
  const database = new DatabaseSync(join(data, 'rukun.sqlite'));
  database.exec('DROP TRIGGER audit_keeps_values; UPDATE audit SET at = at - 1 WHERE seq = 1');
  database.close();
  expect(await audit('verify', '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^entry 1 \(written, .*was changed/) as string,
  });
}, 60_000);

test.each([
  ['verify', '--head', 'nonsense'],
  ['verify', 'more'],
  ['readers', 'not-a-document'],
  ['readers'],
  ['nothing'],
])(
  'rukun audit %s %s %s is not understood',
  async (...args) => {
    expect((await audit(...args, '--data', folder())).code).toBe(2);
  },
  60_000,
);

test('a folder without a database, a key that is none', async () => {
  const data = folder();
  expect(await audit('verify', '--data', data)).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot read the audit log') as string,
  });
  writeFileSync(join(data, 'audit-key.txt'), 'short\n');
  const serve = run('serve', '--data', data, '--port', '0');
  expect(await serve.ended).toBe(1);
  expect(serve.output.err).toContain('audit-key holds something else');
}, 60_000);
