import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SecretName } from '../../config/secrets.ts';
import { databasePath } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { textOrNull, type Row } from './row.ts';

/**
 * A setting in the database of a data folder, read without taking the folder or changing anything; null where there is no
 * database or no such setting. Throws {@link StorageUnavailable} where it cannot be read.
 */
export function peekSetting(folder: string, name: string): string | null {
  const row = peek(databasePath(folder), 'meta', 'SELECT value FROM meta WHERE name = ?', name);
  return row ? textOrNull(row, 'value') : null;
}

/** What in a database was made with a secret: entries of the audit log, devices that may have sealed to the recovery key. */
const MADE_WITH: Readonly<Record<SecretName, { readonly table: string; readonly any: string }>> = {
  'audit-key': { table: 'audit', any: 'SELECT 1 FROM audit LIMIT 1' },
  'recovery-key': { table: 'device', any: 'SELECT 1 FROM device LIMIT 1' },
};

/** Whether something in a database file hangs on a secret; false where there is none. Throws {@link StorageUnavailable}. */
export function hangsOn(file: string, name: SecretName): boolean {
  const { table, any } = MADE_WITH[name];
  return peek(file, table, any) !== null;
}

/** The first row of a query; null where there is no such file, table or row. */
function peek(file: string, table: string, sql: string, ...values: readonly string[]): Row | null {
  if (!existsSync(file)) return null;
  return guard(() => {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const known = database.prepare('SELECT name FROM sqlite_master WHERE name = ?').get(table);
      return (known && database.prepare(sql).get(...values)) ?? null;
    } finally {
      database.close();
    }
  });
}
