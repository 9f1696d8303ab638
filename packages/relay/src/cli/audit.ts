import { existsSync } from 'node:fs';
import { ROLES } from '@rukun/core/foundation';
import { parseDocumentName, type DocumentName } from '@rukun/core/protocol';
import { parseHead, printHead, type AuditHead } from '../audit/chain.ts';
import type { AuditEvent } from '../audit/events.ts';
import { exportAudit } from '../audit/export.ts';
import { readHeadFile } from '../audit/head-file.ts';
import { auditKeysFrom } from '../audit/keys.ts';
import { timeText } from '../audit/stored-entry.ts';
import { verifyAudit } from '../audit/verify.ts';
import type { RelayConfig } from '../config/config.ts';
import { SecretUnavailable } from '../config/secrets.ts';
import { secretsOf } from '../context.ts';
import { systemClock, systemRandom } from '../monitoring/system.ts';
import { readAudit } from '../storage/sqlite/audit-source.ts';
import { auditHeadPath, databasePath } from '../storage/sqlite/data-folder.ts';
import { recordBeside } from '../storage/sqlite/record-beside.ts';
import { StorageUnavailable, type StorageReader } from '../storage/storage.ts';
import { table } from './table.ts';

/** Readings asked for at once. */
const PAGE = 1000;

type Command = (config: RelayConfig) => number;

/** `rukun audit verify|readers|export`, or null if that is not what is asked for. */
export function auditCommand(
  action: string | undefined,
  [operand, ...more]: readonly string[],
  head: string | undefined,
): Command | null {
  if (more.length > 0) return null;
  if (action === 'verify' && operand === undefined) return verifyCommand(head);
  if (operand === undefined) return null;
  if (action === 'export') return (config) => tell(config, () => runExport(config, operand));
  const parsed = parseDocumentName(operand);
  if (action !== 'readers' || !parsed.ok) return null;
  return (config) => tell(config, () => runReaders(config, parsed.value.name));
}

function verifyCommand(head: string | undefined): Command | null {
  const given = head === undefined ? [] : [parseHead(head)];
  if (!given.every((each) => each !== null)) return null;
  return (config) => tell(config, () => runVerify(config, given));
}

/** 0 if nothing is wrong, 1 otherwise, with a word on what. */
function runVerify(config: RelayConfig, given: readonly AuditHead[]): number {
  const { data } = config;
  // Before the entries: the log may grow meanwhile, it never gets shorter.
  const noted = readHeadFile(auditHeadPath(data));
  if (noted === 'damaged') return complain(`${auditHeadPath(data)} is damaged`);
  // In production mode none is made: one made here would fit no entry.
  const keys = auditKeysFrom(secretsOf({ ...config, production: true }, systemRandom));
  const heads = noted ? [...given, noted] : given;
  const { head, olderRows, fault } = readAudit(databasePath(data), (source) =>
    verifyAudit(source, keys, heads),
  );
  if (fault !== null) return complain(fault);
  if (heads.length === 0 && head.seq > 0)
    return complain(
      `${auditHeadPath(data)} is missing, so an end that was cut off would not be noticed: give one that was noted (--head)`,
    );
  console.log(`the audit log is whole: ${head.seq} entries, head ${printHead(head)}`);
  if (olderRows > 0) console.log(`rows 1 to ${olderRows} of the log are older than the audit log`);
  return 0;
}

function runExport(config: RelayConfig, file: string): number {
  const { data } = config;
  if (existsSync(file)) throw new StorageUnavailable(`${file} is there already`);
  // Before it is taken out.
  recordHere(config, { kind: 'exported', person: '', device: '', what: 'audit', documents: 0 });
  const entries = readAudit(databasePath(data), (source) => exportAudit(source, file));
  console.log(`exported ${entries} entries to ${file}`);
  return 0;
}

function runReaders(config: RelayConfig, document: DocumentName): number {
  const { data } = config;
  recordHere(config, { kind: 'readers-listed', person: '', device: '', subject: document });
  readAudit(databasePath(data), (_, reader) => {
    const rows = [...readings(reader, document)].map(({ at, person, role, how, device, entry }) => [
      timeText(at),
      reader.person(person)?.name ?? person,
      ROLES[role].en,
      how,
      device,
      String(entry),
    ]);
    console.log(
      rows.length === 0
        ? `nobody was sent ${document}`
        : table([['time', 'name', 'role', 'how', 'device', 'entry'], ...rows]),
    );
  });
  return 0;
}

/** In production mode no key is made: one made here would fit no entry. */
function recordHere(config: RelayConfig, event: AuditEvent): void {
  const secrets = secretsOf({ ...config, production: true }, systemRandom);
  const parts = { auditKeys: () => auditKeysFrom(secrets), random: systemRandom, clock: systemClock };
  recordBeside(config.data, parts, () => event);
}

function* readings(reader: StorageReader, document: DocumentName) {
  let before: number | undefined;
  for (;;) {
    const page = reader.readersOf(document, PAGE, before);
    yield* page;
    before = page.at(-1)?.entry;
    if (before === undefined) return;
  }
}

function complain(reason: string): number {
  console.error(reason);
  return 1;
}

function tell({ data }: RelayConfig, run: () => number): number {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StorageUnavailable || error instanceof SecretUnavailable)) throw error;
    return complain(`cannot read the audit log of ${data}: ${error.reason}`);
  }
}
