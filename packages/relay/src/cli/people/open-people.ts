import { existsSync } from 'node:fs';
import { auditKeysFrom } from '../../audit/keys.ts';
import type { RelayConfig } from '../../config/config.ts';
import { secretsOf } from '../../context.ts';
import { systemRandom } from '../../monitoring/system.ts';
import { databasePath } from '../../storage/sqlite/data-folder.ts';
import { SqliteStorage } from '../../storage/sqlite/sqlite-storage.ts';
import { StorageUnavailable, type Storage } from '../../storage/storage.ts';

/** The flags of all commands for people, as they were given. */
export interface PeopleFlags {
  readonly passwords?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly 'user-name'?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
  readonly code?: string | undefined;
  readonly area?: string | undefined;
  readonly query?: string | undefined;
}

/** One thing that can be done with people on the command line. */
export interface PeopleCommand {
  readonly usage: string;
  readonly means: string;
  /** How many words come after its name. */
  readonly operands: 0 | 1;
  run(config: RelayConfig, operand: string, flags: PeopleFlags): Promise<number> | number;
}

/**
 * Runs `f` on the storage of a data folder, beside the relay that may run on it. Only `make` begins a new one where there is none, so
 * that a mistyped folder is told. Throws StorageUnavailable, SecretUnavailable.
 */
export async function withStorage<T>(
  config: RelayConfig,
  mode: 'make' | 'keep',
  f: (storage: Storage) => Promise<T> | T,
): Promise<T> {
  const storage = open(config, mode);
  try {
    return await f(storage);
  } finally {
    storage.close();
  }
}

function open(config: RelayConfig, mode: 'make' | 'keep'): Storage {
  const { data } = config;
  if (mode === 'keep' && !existsSync(databasePath(data)))
    throw new StorageUnavailable('there is no database in it; start a relay on it, or add the first person');
  const secrets = secretsOf(config, systemRandom);
  const keys = () => auditKeysFrom(secrets);
  try {
    return SqliteStorage.openFolder(data, systemRandom, keys);
  } catch (error) {
    const isInUse = error instanceof StorageUnavailable && error.reason === 'in use';
    if (!isInUse) throw error;
    return SqliteStorage.openBeside(data, systemRandom, keys);
  }
}
