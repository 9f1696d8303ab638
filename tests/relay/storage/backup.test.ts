import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage, StorageUnavailable } from '@rukun/relay';
import { SETTINGS } from '../../../packages/relay/src/storage/settings.ts';
import { backUp } from '../../../packages/relay/src/storage/sqlite/backup.ts';
import { restore } from '../../../packages/relay/src/storage/sqlite/restore.ts';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const DOCUMENT = 'household/h1';
const random = seededRandom(11);
const clock = new VirtualClock();
const keys = AuditKeys.fresh();
const auditKeys = () => keys;
const parts = { random, clock, force: false, auditKeys };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-backup-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A relay's folder with three rows; it stays open. */
function open(path = folder()): { path: string; storage: SqliteStorage; append: (byte: number) => void } {
  const storage = SqliteStorage.openFolder(path, random, auditKeys, clock);
  let isOpen = true;
  const close = storage.close.bind(storage);
  storage.close = () => {
    if (isOpen) close();
    isOpen = false;
  };
  onTestFinished(() => storage.close());
  const append = (byte: number) =>
    storage.transact((writer) => {
      if (!writer.document(DOCUMENT)) writer.addDocument(DOCUMENT, 'household', '7102990001000100');
      const author = { source: 'import', person: '', device: '', deviceAt: 1, receivedAt: 1 } as const;
      writer.append({ document: DOCUMENT, update: Uint8Array.of(byte), ...author, marks: [] });
    });
  for (const byte of [1, 2, 3]) append(byte);
  return { path, storage, append };
}

function rowsIn(path: string): number[] {
  const storage = SqliteStorage.openFolder(path, random, auditKeys, clock);
  try {
    return storage.read((reader) => reader.log(DOCUMENT).map(({ update }) => update[0] ?? 0));
  } finally {
    storage.close();
  }
}

test('[EP3] a backup of a folder in use holds what was stored, and the relay goes on', () => {
  const { path, append } = open();
  const file = join(folder(), 'backup.sqlite');
  backUp(path, file);
  append(4);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const data = folder();
  expect(restore(file, data, parts)).toEqual({ aside: null, erased: 0, ended: 0 });
  expect(rowsIn(data)).toEqual([1, 2, 3]);
  expect(readdirSync(data).sort()).toEqual(['rukun.audit-head', 'rukun.lock', 'rukun.sqlite']);
});

test('[EP4] a restored relay is another epoch, a recovery, and writes under a client id it never had', () => {
  const { path, storage } = open();
  const before = storage.read((reader) => ({ epoch: reader.epoch(), client: reader.relayClient() }));
  const file = join(folder(), 'backup.sqlite');
  backUp(path, file);
  const data = folder();
  clock.advance(1000);
  restore(file, data, parts);
  restore(file, data, { ...parts, force: true });
  const restored = SqliteStorage.openFolder(data, random, auditKeys, clock);
  onTestFinished(() => restored.close());
  restored.read((reader) => {
    expect(reader.epoch()).not.toBe(before.epoch);
    expect(reader.relayClient()).not.toBe(before.client);
    expect(reader.relayClients()).toContain(before.client);
    expect(reader.clientOwner(DOCUMENT, before.client)).toBe('');
    expect(reader.setting(SETTINGS.epochIsRecovery)).toBe('true');
    expect(reader.setting(SETTINGS.epochBeganAt)).toBe(String(clock.now()));
  });
  expect(storage.read((reader) => reader.setting(SETTINGS.epochIsRecovery))).toBe('false');
});

test('[EP5] a folder with data is left alone, unless it is told to move it aside', () => {
  const { path, storage, append } = open();
  const file = join(folder(), 'backup.sqlite');
  backUp(path, file);
  append(4);
  expect(() => restore(file, path, { ...parts, force: true })).toThrow(new StorageUnavailable('in use'));
  storage.close();
  expect(() => restore(file, path, parts)).toThrow(new StorageUnavailable('there is data in it'));
  expect(rowsIn(path)).toEqual([1, 2, 3, 4]);
  const { aside } = restore(file, path, { ...parts, force: true });
  expect(rowsIn(path)).toEqual([1, 2, 3]);
  expect(rowsIn(aside ?? '')).toEqual([1, 2, 3, 4]);
});

test('[EP5] what a killed relay left in its journal is moved aside with the rest', () => {
  const { path, append } = open();
  const file = join(folder(), 'backup.sqlite');
  backUp(path, file);
  append(4);
  const killed = folder();
  // The files as a power cut would leave them: the journal is not brought in yet.
  for (const name of ['rukun.sqlite', 'rukun.sqlite-wal'])
    writeFileSync(join(killed, name), readFileSync(join(path, name)));
  const second = join(folder(), 'backup.sqlite');
  backUp(killed, second);
  const { aside } = restore(file, killed, { ...parts, force: true });
  expect(rowsIn(aside ?? '')).toEqual([1, 2, 3, 4]);
  expect(rowsIn(killed)).toEqual([1, 2, 3]);
  const data = folder();
  restore(second, data, parts);
  expect(rowsIn(data)).toEqual([1, 2, 3, 4]);
});

test.each<[string, (path: string) => void, RegExp]>([
  ['no file', () => undefined, /there is no/],
  ['a file that is no database', (path) => writeFileSync(path, 'x'.repeat(5000)), /not a database/],
  ['an empty file', (path) => writeFileSync(path, ''), /not the database of a relay/],
  [
    'a database of something else',
    (path) => sql(path, 'CREATE TABLE meta (name, value)'),
    /not the database/,
  ],
  ['a newer version', (path) => sql(path, 'PRAGMA user_version = 999'), /newer version/],
  ['half a backup', (path) => halfOf(path), /damaged|malformed|not a database/],
])('[EP9] %s is not restored, with a reason, and the folder stays as it was', (_, make, reason) => {
  const file = join(folder(), 'backup.sqlite');
  make(file);
  const data = folder();
  expect(() => restore(file, data, parts)).toThrow(StorageUnavailable);
  expect(() => restore(file, data, parts)).toThrow(
    expect.objectContaining({ reason: expect.stringMatching(reason) }),
  );
  expect(readdirSync(data).filter((name) => name !== 'rukun.lock')).toEqual([]);
});

test('[EP10] a backup replaces no file and makes none where there is nothing to back up', () => {
  const { path } = open();
  const file = join(folder(), 'backup.sqlite');
  writeFileSync(file, 'dear');
  expect(() => backUp(path, file)).toThrow(/is there already/);
  const empty = folder();
  const other = join(empty, 'b.sqlite');
  expect(() => backUp(empty, other)).toThrow(/no database/);
  expect(() => backUp(path, join(empty, 'no', 'such', 'folder'))).toThrow(StorageUnavailable);
  expect(existsSync(other)).toBe(false);
  expect(readdirSync(empty)).toEqual([]);
});

function sql(path: string, text: string): void {
  const database = new DatabaseSync(path);
  database.exec(text);
  database.close();
}

function halfOf(path: string): void {
  const { path: data } = open();
  backUp(data, path);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.byteLength / 2));
}
