import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { textOrNull } from './row.ts';

/**
 * A setting in the database of a data folder, read without taking the folder or changing anything; null where there is no
 * database or no such setting. Throws {@link StorageUnavailable} where it cannot be read.
 */
export function peekSetting(folder: string, name: string): string | null {
  const path = databasePath(folder);
  if (!existsSync(path)) return null;
  return guard(() => {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const table = database.prepare("SELECT name FROM sqlite_master WHERE name = 'meta'").get();
      const row = table && database.prepare('SELECT value FROM meta WHERE name = ?').get(name);
      return row ? textOrNull(row, 'value') : null;
    } finally {
      database.close();
    }
  });
}
