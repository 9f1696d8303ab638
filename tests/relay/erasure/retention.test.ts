import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { StorageWriter } from '@rukun/relay';
import { isRetentionDue } from '../../../packages/relay/src/retention/apply.ts';
import { PLAIN_RETENTION, readRetention, RETENTION } from '../../../packages/relay/src/retention/table.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { run, folder } from '../cli/run-cli.ts';

const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const { ani1 } = HOUSEHOLD;

/** Something of each kind that came or ended at a moment; what waits never ends. */
function leave(writer: StorageWriter, at: number, device: string): void {
  const bytes = Uint8Array.of(1, 2);
  const common = { at, document: ani1, person: 'ani', device };
  writer.keepRefusal({ ...common, code: 'forbidden', paths: [], bytes });
  for (const isDecided of [true, false]) {
    const quarantined = {
      ...common,
      reason: 'late',
      area: '',
      update: bytes,
      marks: [],
      seal: null,
    } as const;
    const number = writer.quarantine.add(quarantined);
    if (isDecided) writer.quarantine.decide(number, 'set-aside', 'sari', at);
  }
  const key = Uint8Array.of(at % 251, 7);
  writer.accounts.putSignInFailures(key, { count: 1, at, blockedUntil: at });
}

function rows(database: DatabaseSync, table: string): number {
  return Number(database.prepare(`SELECT count(*) AS number FROM ${table}`).get()?.['number']);
}

function eventsOf(database: DatabaseSync): string[] {
  const sql = "SELECT details FROM audit WHERE kind = 'retention' ORDER BY seq";
  return database
    .prepare(sql)
    .all()
    .map(({ details }) => String(details));
}

test('[ER15] what is past its time goes once a day, what waits and what is younger stays, and the audit log tells the counts', async () => {
  const clock = new VirtualClock();
  const database = new DatabaseSync(':memory:');
  const { storage, url } = await openRelay({ database, clock });
  const now = clock.now();
  const out = await TestDevice.signIn(url, 'ani');
  const shutOut = await TestDevice.signIn(url, 'budi');
  const stays = await TestDevice.signIn(url, 'sari');
  storage.transact((writer) => {
    leave(writer, now - 89 * DAY, stays.me.device.id);
    leave(writer, now - 200 * DAY, stays.me.device.id);
    const end = (device: TestDevice, days: number, reason: 'signed-out' | 'revoked') =>
      writer.accounts.endDevice(device.me.device.id, { at: now - days * DAY, reason, by: '' });
    end(out, 91, 'signed-out');
    end(shutOut, 399, 'revoked');
  });
  const log = storage.read((reader) => reader.log(ani1));
  expect([rows(database, 'refused'), rows(database, 'quarantine'), rows(database, 'device_session')]).toEqual(
    [2, 4, 3],
  );
  clock.advance(HOUR);
  expect([rows(database, 'refused'), rows(database, 'quarantine'), rows(database, 'device_session')]).toEqual(
    [1, 3, 2],
  );
  expect(rows(database, 'sign_in_failure')).toBe(0);
  expect(rows(database, 'device')).toBe(3);
  expect(storage.read((reader) => reader.log(ani1))).toEqual(log);
  const counts = { refused: 1, decided: 1, sessions: 1, revoked: 0, 'sign-ins': 2 };
  const told = Object.entries(counts).map(([what, count]) => JSON.stringify({ count, what }));
  expect(eventsOf(database)).toEqual(told);
  clock.advance(22 * HOUR);
  expect(eventsOf(database)).toHaveLength(5);
  clock.advance(2 * HOUR);
  expect(eventsOf(database)).toHaveLength(10);
  clock.advance(DAY);
  expect([rows(database, 'refused'), rows(database, 'device_session')]).toEqual([0, 1]);
});

test('[ER15] a day is a day also by a clock that was set back; days are read from a list, and what is none is named', () => {
  expect(isRetentionDue(10 * DAY, 10 * DAY + HOUR)).toBe(false);
  expect(isRetentionDue(10 * DAY, 11 * DAY)).toBe(true);
  expect(isRetentionDue(10 * DAY, 2 * DAY)).toBe(true);
  expect(readRetention('')).toEqual(PLAIN_RETENTION);
  expect(readRetention('refused=3, sign-ins=400')).toEqual({
    ...PLAIN_RETENTION,
    refused: 3,
    'sign-ins': 400,
  });
  for (const text of ['refused', 'refused=0', 'log=3', 'refused=-1', 'refused=1.5', 'refused=12345'])
    expect(readRetention(text), text).toContain(text);
});

test('[ER15] rukun retention does it on the folder of a stopped relay', async () => {
  const data = folder();
  const nothing = run('retention', '--data', data);
  expect(await nothing.ended).toBe(1);
  expect(nothing.output.err).toContain('there is no database in it');
  const relay = run('serve', '--demo', '--port', '0', '--data', data);
  await relay.url();
  const inUse = run('retention', '--data', data);
  expect(await inUse.ended).toBe(1);
  expect(inUse.output.err).toContain('in use');
  relay.process.kill('SIGTERM');
  await relay.ended;
  const done = run('retention', '--data', data, '--retention', 'refused=7');
  expect(await done.ended).toBe(0);
  expect(done.output.out).toContain('refused: 0 removed, kept 7 days');
  expect(await run('retention', '--data', data, '--retention', 'log=1').ended).toBe(2);
}, 60_000);

test('the table in docs/operations.md is the one the relay keeps to', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
  const lines = docs.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const [name, { days, means }] of Object.entries(RETENTION))
    expect(lines).toContainEqual(['', `\`${name}\``, String(days), means, '']);
});
