import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Random } from '@rukun/core/foundation';
import { AuditKeys } from '../../audit/keys.ts';
import { recordEvent } from '../../audit/record.ts';
import { AuditTrail } from '../../audit/trail.ts';
import { systemClock } from '../../monitoring/system.ts';
import { beginEpoch } from '../epoch.ts';
import { SETTINGS } from '../settings.ts';
import { StorageUnavailable, type Storage, type StorageReader, type StorageWriter } from '../storage.ts';
import { databasePath, takeFolder } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { SqliteReader, type ReaderCache } from './reader.ts';
import { integer, text } from './row.ts';
import { Statements } from './statements.ts';
import { SqliteWriter } from './writer.ts';

/** How long one process waits for the transaction of another, ms: the command line writes while a relay runs. */
const BUSY_MS = 2_000;

export interface SqliteParts {
  /** Tells when a new database was made. */
  readonly clock?: Clock;
  /** Is closed with the storage. */
  readonly lock?: DatabaseSync;
  /** Keys of the audit log; without them one that nobody else has. */
  readonly auditKeys?: AuditKeys;
}

/** The relay's storage in one SQLite database. */
export class SqliteStorage implements Storage {
  readonly #database: DatabaseSync;
  readonly #lock: DatabaseSync | null;
  readonly #cache: ReaderCache = { relayClients: null };
  readonly #reader: SqliteReader;
  readonly #writer: SqliteWriter;

  private constructor(database: DatabaseSync, lock: DatabaseSync | null, trail: AuditTrail) {
    this.#database = database;
    this.#lock = lock;
    const statements = new Statements(database);
    this.#reader = new SqliteReader(statements, this.#cache);
    this.#writer = new SqliteWriter(statements, this.#cache, trail);
  }

  /**
   * Opens the database in a folder, makes both if they are not there, and keeps other relays out until it is closed or
   * the process ends. Throws {@link StorageUnavailable} where that cannot be done, `in use` if a relay has it. The keys of the
   * audit log are asked for once the folder is there.
   */
  static openFolder(
    folder: string,
    random: Random,
    keys: () => AuditKeys,
    clock: Clock = systemClock,
  ): SqliteStorage {
    const lock = takeFolder(folder);
    try {
      const auditKeys = keys();
      const database = guard(() => new DatabaseSync(databasePath(folder), { timeout: BUSY_MS }));
      return SqliteStorage.over(database, random, { clock, lock, auditKeys });
    } catch (error) {
      lock.close();
      throw error;
    }
  }

  /**
   * Opens the database of a folder whose relay may be running: what is written here it sees with its next transaction. Throws
   * {@link StorageUnavailable} where there is none, or one of another version, since a relay's tables are not changed under it.
   */
  static openBeside(
    folder: string,
    random: Random,
    keys: () => AuditKeys,
    clock: Clock = systemClock,
  ): SqliteStorage {
    const path = databasePath(folder);
    if (!existsSync(path)) throw new StorageUnavailable(`there is no database in ${folder}`);
    const auditKeys = keys();
    const database = guard(() => new DatabaseSync(path, { timeout: BUSY_MS }));
    try {
      const version = versionOf(database);
      if (version > MIGRATIONS.length) throw new StorageUnavailable('the data is from a newer version');
      if (version < MIGRATIONS.length)
        throw new StorageUnavailable('a relay of an earlier version runs on it; stop it first');
      const last = lastAuditKey(database);
      if (last !== null && last !== auditKeys.current.id && auditKeys.find(last))
        throw new StorageUnavailable('the key of the audit log was changed; start the relay with it first');
      return SqliteStorage.over(database, random, { clock, auditKeys });
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Works on an open connection, which it owns from now on. */
  static over(database: DatabaseSync, random: Random, parts: SqliteParts = {}): SqliteStorage {
    const { clock = systemClock, lock = null, auditKeys = AuditKeys.fresh() } = parts;
    guard(() => {
      database.exec('PRAGMA secure_delete = ON');
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
      migrate(database);
    });
    const last = lastAuditKey(database);
    if (parts.auditKeys && last !== null && !auditKeys.find(last))
      throw new StorageUnavailable(`the audit log goes on under key ${last}, which is not among those given`);
    const storage = new SqliteStorage(database, lock, new AuditTrail(auditKeys, clock));
    if (storage.read((reader) => reader.setting(SETTINGS.epoch)) === null) {
      const at = clock.now();
      storage.transact((writer) => beginEpoch(writer, random, { at, isRecovery: false }));
    }
    storage.transact(beginAudit);
    if (parts.auditKeys && last !== null && last !== auditKeys.current.id)
      storage.transact((writer) => recordEvent(writer, { kind: 'key-changed' }));
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
        this.#writer.finish();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      } finally {
        this.#writer.forget();
      }
    });
  }

  sweep(): boolean {
    return guard(() => {
      // What was removed before deleting meant overwriting may lie about in free pages.
      if (this.#reader.setting(SETTINGS.isSwept) === null) {
        this.#database.exec('VACUUM');
        this.transact((writer) => writer.setSetting(SETTINGS.isSwept, 'true'));
      }
      const done = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
      return integer(done, 'busy') === 0;
    });
  }

  close(): void {
    this.#database.close();
    this.#lock?.close();
  }

  /** After some failures SQLite has rolled back by itself. */
  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#cache.relayClients = null;
  }
}

/** The key the last entry of the audit log was made under; null if there is none. */
function lastAuditKey(database: DatabaseSync): string | null {
  const row = guard(() => database.prepare('SELECT key FROM audit ORDER BY seq DESC LIMIT 1').get());
  return row ? text(row, 'key') : null;
}

/** A log that is older than the audit log is not told of row by row. */
function beginAudit(writer: StorageWriter): void {
  const rows = writer.lastSeq();
  if (rows > 0 && writer.auditHead().seq === 0) recordEvent(writer, { kind: 'begun', rows });
}

function migrate(database: DatabaseSync): void {
  const done = versionOf(database);
  if (done > MIGRATIONS.length) throw new StorageUnavailable('the data is from a newer version');
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < done) continue;
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function versionOf(database: DatabaseSync): number {
  const row = guard(() => database.prepare('PRAGMA user_version').get());
  return row ? integer(row, 'user_version') : 0;
}
