import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Random } from '@rukun/core/foundation';
import type { AuditEvent } from '../../audit/events.ts';
import type { AuditKeys } from '../../audit/keys.ts';
import { recordEvent } from '../../audit/record.ts';
import { StorageUnavailable, type StorageReader } from '../storage.ts';
import { databasePath } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { SqliteStorage } from './sqlite-storage.ts';

export interface BesideParts {
  /** Asked for only where the folder has an audit log. */
  readonly auditKeys: () => AuditKeys;
  readonly random: Random;
  readonly clock: Clock;
}

/**
 * Puts an event into the audit log of a data folder, also while a relay runs on it. Nothing where the database is of an earlier
 * version: it has no audit log, or only a relay may bring it up to date. Throws {@link StorageUnavailable}.
 */
export function recordBeside(
  folder: string,
  { auditKeys, random, clock }: BesideParts,
  eventOf: (reader: StorageReader) => AuditEvent,
): void {
  if (!isOfThisVersion(folder)) return;
  const storage = SqliteStorage.openBeside(folder, random, auditKeys, clock);
  try {
    storage.transact((writer) => recordEvent(writer, eventOf(writer)));
  } finally {
    storage.close();
  }
}

function isOfThisVersion(folder: string): boolean {
  const file = databasePath(folder);
  if (!existsSync(file)) throw new StorageUnavailable(`there is no database in ${folder}`);
  return guard(() => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database.prepare('PRAGMA user_version').get()?.['user_version'] === MIGRATIONS.length;
    } finally {
      database.close();
    }
  });
}
