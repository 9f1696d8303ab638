import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../storage.ts';
import { guard } from './disk-faults.ts';

/** File names in the data folder. */
const DATABASE = 'rukun.sqlite';
const LOCK = 'rukun.lock';
const AUDIT_HEAD = 'rukun.audit-head';
const ENDS = 'ends.ndjson';
const LEDGER = 'erasures.ndjson';

/** Path of the database in a data folder; SQLite keeps files of its own beside it, `-wal` and `-shm`. */
export function databasePath(folder: string): string {
  return join(folder, DATABASE);
}

/** Where the end of the audit log is noted. */
export function auditHeadPath(folder: string): string {
  return join(folder, AUDIT_HEAD);
}

/** The ledger of erasures beside the database: it outlives a database that is restored from a backup. */
export function ledgerPath(folder: string): string {
  return join(folder, LEDGER);
}

/** The ledger of what ended beside the database: sign-ins, people's work, passwords. */
export function endsPath(folder: string): string {
  return join(folder, ENDS);
}

/**
 * Makes a data folder if it is not there, and keeps other processes out of it until the returned lock is closed or the
 * process ends, however that ends. Throws {@link StorageUnavailable} where that cannot be done, `in use` if another has it.
 */
export function takeFolder(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asUnavailable(error);
  }
  return takeLock(join(folder, LOCK));
}

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

function asUnavailable(error: unknown): StorageUnavailable {
  const { code } = error as { code?: unknown };
  return new StorageUnavailable(typeof code === 'string' ? code : 'the data folder cannot be made');
}
