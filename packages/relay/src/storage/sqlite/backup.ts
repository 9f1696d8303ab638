import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SETTINGS } from '../settings.ts';
import { StorageUnavailable } from '../storage.ts';
import { databasePath } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { integer } from './row.ts';

/**
 * Writes a copy of a data folder's database into a file that is not there yet, readable for its owner only: one state of
 * it, everything that was *stored* when it began, also while a relay runs. It is checked and on disk when this returns.
 * Throws {@link StorageUnavailable} with the reason; then there is no file.
 */
export function backUp(folder: string, file: string): void {
  const source = databasePath(folder);
  if (!existsSync(source)) throw new StorageUnavailable(`there is no database in ${folder}`);
  if (existsSync(file)) throw new StorageUnavailable(`${file} is there already`);
  const part = `${resolve(file)}.part`;
  copyDatabase(source, part);
  renameSync(part, file);
  syncFolder(dirname(resolve(file)));
}

/** Copies one state of a database, checks that the copy is whole and a relay's, and brings it to disk. */
export function copyDatabase(source: string, target: string): void {
  rmSync(target, { force: true });
  try {
    guardFiles(() => closeSync(openSync(target, 'wx', 0o600)));
    guard(() => {
      const database = new DatabaseSync(source, { readOnly: true });
      try {
        database.prepare('VACUUM INTO ?').run(target);
      } finally {
        database.close();
      }
    });
    chmodSync(target, 0o600);
    checkDatabase(target);
    syncFile(target);
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}

/** Throws {@link StorageUnavailable} unless a file is the undamaged database of a relay of this version or an earlier one. */
export function checkDatabase(file: string): void {
  guard(() => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const reason = faultOf(database);
      if (reason !== null) throw new StorageUnavailable(reason);
    } finally {
      database.close();
    }
  });
}

function faultOf(database: DatabaseSync): string | null {
  const version = integer(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  if (version > MIGRATIONS.length) return 'the data is from a newer version';
  const isRelay = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get() !== undefined;
  if (!isRelay || !hasEpoch(database)) return 'it is not the database of a relay';
  const { integrity_check: found } = database.prepare('PRAGMA integrity_check(1)').get() ?? {};
  return found === 'ok' ? null : 'the database is damaged';
}

function hasEpoch(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM meta WHERE name = ?').get(SETTINGS.epoch) !== undefined;
}

/** Brings the entries of a folder to disk: files that were made, renamed or removed in it. */
export function syncFolder(folder: string): void {
  syncFile(folder);
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function guardFiles(f: () => void): void {
  try {
    f();
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new StorageUnavailable(typeof code === 'string' ? code : 'the file cannot be made');
  }
}
