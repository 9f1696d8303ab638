import { existsSync } from 'node:fs';
import { auditKeysFrom } from '../audit/keys.ts';
import type { RelayConfig } from '../config/config.ts';
import { SecretUnavailable } from '../config/secrets.ts';
import { secretsOf } from '../context.ts';
import { systemClock, systemRandom } from '../monitoring/system.ts';
import { applyRetention } from '../retention/apply.ts';
import { RETENTION_NAMES } from '../retention/table.ts';
import { databasePath } from '../storage/sqlite/data-folder.ts';
import { SqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import { StorageUnavailable } from '../storage/storage.ts';

/** `rukun retention`, on the folder of a relay that is stopped: removes what is past its time and says how much. */
export function runRetention(config: RelayConfig): number {
  const { data, retention } = config;
  try {
    if (!existsSync(databasePath(data))) throw new StorageUnavailable('there is no database in it');
    const keys = () => auditKeysFrom(secretsOf(config, systemRandom));
    const storage = SqliteStorage.openFolder(data, systemRandom, keys, systemClock);
    try {
      const counts = storage.transact((writer) => applyRetention(writer, retention, systemClock.now()));
      storage.sweep();
      for (const name of RETENTION_NAMES)
        console.log(`${name}: ${counts[name]} removed, kept ${retention[name]} days`);
      return 0;
    } finally {
      storage.close();
    }
  } catch (error) {
    if (!(error instanceof StorageUnavailable || error instanceof SecretUnavailable)) throw error;
    console.error(`cannot work on ${data}: ${error.reason}`);
    return 1;
  }
}
