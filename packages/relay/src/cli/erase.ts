import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseDocumentName } from '@rukun/core/protocol';
import { auditKeysFrom } from '../audit/keys.ts';
import type { RelayConfig } from '../config/config.ts';
import { SecretUnavailable } from '../config/secrets.ts';
import { secretsOf } from '../context.ts';
import { Eraser } from '../erasure/eraser.ts';
import { readLedger } from '../erasure/ledger-file.ts';
import type { ErasurePlan, ErasureRequest } from '../erasure/plan.ts';
import { eraseInBackup } from '../erasure/shelf.ts';
import { createLog } from '../monitoring/log.ts';
import { systemClock, systemRandom } from '../monitoring/system.ts';
import { databasePath, ledgerPath } from '../storage/sqlite/data-folder.ts';
import { SqliteStorage } from '../storage/sqlite/sqlite-storage.ts';
import { StorageUnavailable } from '../storage/storage.ts';

export interface EraseFlags {
  readonly member?: string | undefined;
  readonly field?: readonly string[] | undefined;
  readonly request?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** `rukun erase household/<id>`, on the folder of a relay that is stopped: the exit code, after a word on what goes or went. */
export async function runErase(config: RelayConfig, name: string, flags: EraseFlags): Promise<number> {
  const document = parseDocumentName(name);
  if (!document.ok || flags.request === undefined) {
    console.error(
      'name a document, household/<id>, and with --request the number the request is filed under',
    );
    return 2;
  }
  const { member = null, field = [], request } = flags;
  const asked = { document: document.value.name, member, fields: field, request };
  try {
    return await withEraser(config, (eraser) => erase(eraser, asked, flags));
  } catch (error) {
    return failed(`cannot erase in ${config.data}`, error);
  }
}

/** `rukun erasure apply <backup>`: carries out on a backup what the ledgers tell of. */
export function runApply(config: RelayConfig, file: string, erasures: string | null): number {
  const { data } = config;
  try {
    const known = [ledgerPath(data), ...(erasures === null ? [] : [erasures])].flatMap(readLedger);
    const parts = {
      random: systemRandom,
      clock: systemClock,
      auditKeys: auditKeysFrom(secretsOf(config, systemRandom, file)),
    };
    const count = eraseInBackup(file, known, parts);
    console.log(`erasures carried out in ${file}: ${count}; known: ${known.length}`);
    return 0;
  } catch (error) {
    return failed(`cannot erase in ${file}`, error);
  }
}

async function withEraser(config: RelayConfig, run: (eraser: Eraser) => Promise<number>): Promise<number> {
  const { data } = config;
  if (!existsSync(databasePath(data))) throw new StorageUnavailable('there is no database in it');
  const [clock, random] = [systemClock, systemRandom];
  const storage = SqliteStorage.openFolder(
    data,
    random,
    () => auditKeysFrom(secretsOf(config, random)),
    clock,
  );
  try {
    const log = createLog(
      (line) => process.stderr.write(line),
      () => clock.now(),
    );
    const forget = () => undefined;
    const eraser = new Eraser({
      storage,
      clock,
      random,
      log,
      recoveryKeys: null,
      ledger: ledgerPath(data),
      forget,
    });
    eraser.begin();
    return await run(eraser);
  } finally {
    storage.close();
  }
}

async function erase(eraser: Eraser, asked: ErasureRequest, flags: EraseFlags): Promise<number> {
  const plan = eraser.plan(asked);
  if (!plan.ok) {
    console.error(`cannot erase: ${[plan.failure.code, ...(plan.failure.paths ?? [])].join(' ')}`);
    return 1;
  }
  console.log(describe(plan.value));
  if (flags['dry-run'] === true) return 0;
  if (flags.yes !== true && !(await isConfirmed(asked.document))) {
    console.error('nothing was erased; --yes erases without asking');
    return 1;
  }
  const done = eraser.erase(asked, '');
  if (!done.ok) {
    console.error(`cannot erase: ${done.failure.code}`);
    return 1;
  }
  console.log(`erased for good${done.value.isSwept ? '' : '; the file is swept when the relay starts'}`);
  return 0;
}

/** Places and counts, never a value. */
function describe({ document, member, places }: ErasurePlan): string {
  const what = member === null ? document : `member ${member} of ${document}`;
  const lines = places.map(({ path, values }) => `  ${path}  ${values}`);
  return [`${what}: places, and values ever written there`, ...lines].join('\n');
}

async function isConfirmed(document: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await prompt.question(`This cannot be undone. Type ${document} to erase it: `)) === document;
  } finally {
    prompt.close();
  }
}

function failed(what: string, error: unknown): number {
  if (!(error instanceof StorageUnavailable || error instanceof SecretUnavailable)) throw error;
  const hint = error.reason === 'in use' ? ': stop the relay, or let an administrator erase through it' : '';
  console.error(`${what}: ${error.reason}${hint}`);
  return 1;
}
