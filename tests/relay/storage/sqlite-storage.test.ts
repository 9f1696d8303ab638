import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage, StorageUnavailable, type Storage } from '@rukun/relay';
import { storageContract } from '../../contracts/storage.contract.ts';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom(1);
const keys = AuditKeys.fresh();
const auditKeys = () => keys;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-storage-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function closing<T extends Storage>(storage: T): T {
  onTestFinished(() => storage.close());
  return storage;
}

storageContract('SQLite in memory', () => closing(SqliteStorage.over(new DatabaseSync(':memory:'), random)));
storageContract('SQLite in a folder', () => closing(SqliteStorage.openFolder(folder(), random, auditKeys)));

test('a folder opens again with what was stored', () => {
  const path = folder();
  const first = SqliteStorage.openFolder(path, random, auditKeys);
  first.transact((writer) => writer.setSetting('a', 'b'));
  const epoch = first.read((reader) => reader.epoch());
  first.close();
  const second = closing(SqliteStorage.openFolder(path, random, auditKeys));
  expect(second.read((reader) => [reader.epoch(), reader.setting('a')])).toEqual([epoch, 'b']);
});

test('[GT94] a folder that another relay has is not opened', () => {
  const path = folder();
  closing(SqliteStorage.openFolder(path, random, auditKeys));
  expect(() => SqliteStorage.openFolder(path, random, auditKeys)).toThrow(new StorageUnavailable('in use'));
});

test('[GT90] a commit is fsynced: WAL with synchronous=FULL', () => {
  const database = new DatabaseSync(join(folder(), 'x.sqlite'));
  closing(SqliteStorage.over(database, random));
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
});

/** Three rows of a document, the first two merged. */
function merged(): { database: DatabaseSync; storage: Storage } {
  const database = new DatabaseSync(':memory:');
  const storage = closing(SqliteStorage.over(database, random));
  const document = 'household/h1';
  storage.transact((writer) => {
    writer.addDocument(document, 'household', '7102990001000100');
    const author = { source: 'import', person: '', device: '', deviceAt: 1, receivedAt: 1 } as const;
    for (const byte of [1, 2, 3])
      writer.append({ document, update: Uint8Array.of(byte), ...author, marks: [] });
    const rows = writer.logSizes(document, 0).slice(0, 2);
    writer.mergeRows({ document, rows, update: Uint8Array.of(9), authors: [] });
  });
  return { database, storage };
}

test.each([
  'DELETE FROM log',
  'DELETE FROM log WHERE seq = 2',
  'DELETE FROM log WHERE seq = 3',
  "UPDATE log SET person = 'x' WHERE seq = 2",
  "UPDATE log SET person = 'x' WHERE seq = 3",
  'UPDATE log SET first = 0 WHERE seq = 3',
  'UPDATE log SET seq = 9 WHERE seq = 3',
  'DELETE FROM authorship',
  "UPDATE authorship SET packed = x''",
])('[CP7] what is in the log, and whose it was, cannot be changed: %s', (sql) => {
  const { database, storage } = merged();
  const before = storage.read((reader) => reader.log('household/h1'));
  expect(before.map(({ seq, first }) => [seq, first])).toEqual([
    [2, 1],
    [3, 3],
  ]);
  expect(() => database.exec(sql)).toThrow(/append-only|kept for ever/);
  expect(storage.read((reader) => reader.log('household/h1'))).toEqual(before);
});

test('[GT91] a full disk is StorageUnavailable, keeps nothing, and passes', () => {
  const database = new DatabaseSync(':memory:');
  const storage = closing(SqliteStorage.over(database, random));
  const pages = database.prepare('PRAGMA page_count').get()?.['page_count'];
  database.exec(`PRAGMA max_page_count = ${Number(pages)}`);
  const fill = () => storage.transact((writer) => writer.setSetting('big', 'x'.repeat(100_000)));
  expect(fill).toThrow(StorageUnavailable);
  expect(storage.read((reader) => reader.setting('big'))).toBeNull();
  database.exec('PRAGMA max_page_count = 100000');
  fill();
  expect(storage.read((reader) => reader.setting('big'))?.length).toBe(100_000);
});

test('[EP11] a database that is none, or newer, is refused with a reason', () => {
  const path = folder();
  const database = new DatabaseSync(join(path, 'rukun.sqlite'));
  database.exec('PRAGMA user_version = 999');
  database.close();
  expect(() => SqliteStorage.openFolder(path, random, auditKeys)).toThrow(/newer version/);
});
