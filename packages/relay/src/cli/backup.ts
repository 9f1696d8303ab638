import { existsSync } from 'node:fs';
import { auditKeysFrom } from '../audit/keys.ts';
import type { RelayConfig } from '../config/config.ts';
import { SecretUnavailable } from '../config/secrets.ts';
import { secretsOf } from '../context.ts';
import { systemClock, systemRandom } from '../monitoring/system.ts';
import { backUp } from '../storage/sqlite/backup.ts';
import { recordBeside } from '../storage/sqlite/record-beside.ts';
import { restore } from '../storage/sqlite/restore.ts';
import { StorageUnavailable } from '../storage/storage.ts';

/** `rukun backup <file>`: the exit code, after a word on how it went. */
export function runBackup(config: RelayConfig, file: string): number {
  const { data } = config;
  // None is made here: one made now would fit no entry.
  const secrets = secretsOf({ ...config, production: true }, systemRandom);
  const parts = { auditKeys: () => auditKeysFrom(secrets), random: systemRandom, clock: systemClock };
  return tell(`cannot back up ${data}`, () => {
    if (existsSync(file)) throw new StorageUnavailable(`${file} is there already`);
    // Before it is taken out: a backup holds everything.
    recordBeside(data, parts, (reader) => {
      const documents = reader.documentNames('household').length;
      return { kind: 'exported', person: '', device: '', what: 'backup', documents };
    });
    backUp(data, file);
    return `backed up ${data} to ${file}`;
  });
}

/** `rukun restore <file>`: the exit code, after a word on how it went. */
export function runRestore(
  config: RelayConfig,
  file: string,
  force: boolean,
  erasures: string | null,
): number {
  const { data } = config;
  const secrets = secretsOf(config, systemRandom, file);
  return tell(`cannot restore into ${data}`, () => {
    const auditKeys = () => auditKeysFrom(secrets);
    const parts = { random: systemRandom, clock: systemClock, force, auditKeys, erasures };
    const { aside, erased, ended } = restore(file, data, parts);
    const gone = `\nerasures carried out again: ${erased}; ends of sign-ins, passwords and people's work: ${ended}`;
    const moved = aside === null ? '' : `\nwhat was there before is in ${aside}`;
    return `restored ${data} from ${file}; devices will exchange everything anew${gone}${moved}`;
  });
}

function tell(failed: string, run: () => string): number {
  try {
    console.log(run());
    return 0;
  } catch (error) {
    if (!(error instanceof StorageUnavailable || error instanceof SecretUnavailable)) throw error;
    const hint = error.reason === 'there is data in it' ? '; --force moves it aside' : '';
    console.error(`${failed}: ${error.reason}${hint}`);
    return 1;
  }
}
