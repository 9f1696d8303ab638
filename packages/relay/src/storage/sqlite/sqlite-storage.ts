import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '@rukun/core/foundation';
import { StorageUnavailable, type Storage, type StorageReader, type StorageWriter } from '../storage.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { SqliteReader } from './reader.ts';
import { integer } from './row.ts';
import { Statements } from './statements.ts';
import { SqliteWriter } from './writer.ts';

/** File names in the data folder. */
const DATABASE = 'rukun.sqlite';
const LOCK = 'rukun.lock';

/** The relay's storage in one SQLite database. */
export class SqliteStorage implements Storage {
  readonly #database: DatabaseSync;
  readonly #lock: DatabaseSync | null;
  readonly #reader: SqliteReader;
  readonly #writer: SqliteWriter;

  private constructor(database: DatabaseSync, lock: DatabaseSync | null) {
    this.#database = database;
    this.#lock = lock;
    const statements = new Statements(database);
    this.#reader = new SqliteReader(statements);
    this.#writer = new SqliteWriter(statements);
  }

  /**
   * Opens the database in a folder, makes both if they are not there, and keeps other relays out until it is closed or
   * the process ends. Throws {@link StorageUnavailable} where that cannot be done, `in use` if a relay has it.
   */
  static openFolder(folder: string, random: Random): SqliteStorage {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw asUnavailable(error);
    }
    const lock = takeLock(join(folder, LOCK));
    try {
      return SqliteStorage.over(
        guard(() => new DatabaseSync(join(folder, DATABASE))),
        random,
        lock,
      );
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /** Works on an open connection, which it owns from now on. */
  static over(database: DatabaseSync, random: Random, lock: DatabaseSync | null = null): SqliteStorage {
    guard(() => {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
      migrate(database);
    });
    const storage = new SqliteStorage(database, lock);
    if (storage.read((reader) => reader.setting('epoch')) === null) {
      storage.transact((writer) => {
        const [client] = new Uint32Array(Uint8Array.from(random.bytes(4)).buffer);
        writer.setSetting('epoch', Buffer.from(random.bytes(12)).toString('hex'));
        writer.setSetting('relay_client', String(client));
      });
    }
    return storage;
  }

  read<T>(f: (reader: StorageReader) => T): T {
    return guard(() => f(this.#reader));
  }

  transact<T>(f: (writer: StorageWriter) => T): T {
    return guard(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = f(this.#writer);
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  close(): void {
    this.#database.close();
    this.#lock?.close();
  }

  /** After some failures SQLite has rolled back by itself. */
  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }
}

function migrate(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA user_version').get();
  const done = row ? integer(row, 'user_version') : 0;
  if (done > MIGRATIONS.length) throw new StorageUnavailable('the data is from a newer version');
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < done) continue;
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** Holds a lock that ends with the process, however that ends. */
function takeLock(path: string): DatabaseSync {
  const lock = guard(() => new DatabaseSync(path));
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
    return lock;
  } catch {
    lock.close();
    throw new StorageUnavailable('in use');
  }
}

/** SQLite's primary result codes that tell of the disk or of another process, not of our SQL. */
const OUTSIDE: ReadonlySet<number> = new Set([
  3, // PERM
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  26, // NOTADB
]);

function guard<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    const { errcode, errstr } = error as { errcode?: unknown; errstr?: unknown };
    if (typeof errcode === 'number' && OUTSIDE.has(errcode & 0xff))
      throw new StorageUnavailable(String(errstr));
    throw error;
  }
}

function asUnavailable(error: unknown): StorageUnavailable {
  const { code } = error as { code?: unknown };
  return new StorageUnavailable(typeof code === 'string' ? code : 'the data folder cannot be made');
}
