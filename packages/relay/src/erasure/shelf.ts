import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Random } from '@rukun/core/foundation';
import type { AuditKeys } from '../audit/keys.ts';
import { beginEpoch } from '../storage/epoch.ts';
import type { Erasure } from '../storage/erasures.ts';
import { checkDatabase, copyDatabase, syncFolder } from '../storage/sqlite/backup.ts';
import { SqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { applyErasure } from './apply.ts';

export interface ShelfParts {
  readonly random: Random;
  readonly clock: Clock;
  /** What the backup's audit log goes on under. */
  readonly auditKeys: AuditKeys;
}

/**
 * Carries out erasures on a backup: a copy of it without the values is made beside it, checked, and takes its name. How many there
 * were to carry out; the file is as it was where that is none. Throws {@link StorageUnavailable}; then it is as it was as well.
 */
export function eraseInBackup(file: string, erasures: readonly Erasure[], parts: ShelfParts): number {
  if (!existsSync(file)) throw new StorageUnavailable(`there is no ${file}`);
  checkDatabase(file);
  const copy = `${resolve(file)}.erasing`;
  const clear = () => {
    for (const path of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(path, { force: true });
  };
  clear();
  try {
    copyDatabase(file, copy);
    const erased = eraseIn(copy, erasures, parts);
    if (erased === 0) return 0;
    checkDatabase(copy);
    renameSync(copy, file);
    syncFolder(dirname(resolve(file)));
    return erased;
  } finally {
    clear();
  }
}

function eraseIn(
  copy: string,
  erasures: readonly Erasure[],
  { random, clock, auditKeys }: ShelfParts,
): number {
  const database = new DatabaseSync(copy);
  const storage = SqliteStorage.over(database, random, {
    clock,
    auditKeys,
  });
  try {
    const erased = storage.transact((writer) => {
      // Under a client id of its own: the relay it was taken from has gone on writing under the other one.
      beginEpoch(writer, random, { at: clock.now(), isRecovery: false });
      return erasures.filter((erasure) => applyErasure(writer, erasure, null, clock.now())).length;
    });
    if (!storage.sweep()) throw new StorageUnavailable('somebody else reads the copy');
    database.exec('PRAGMA journal_mode = DELETE');
    return erased;
  } finally {
    storage.close();
  }
}
