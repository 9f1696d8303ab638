import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Random } from '@rukun/core/foundation';
import type { AuditHead } from '../../audit/chain.ts';
import { writeHeadFile } from '../../audit/head-file.ts';
import type { AuditKeys } from '../../audit/keys.ts';
import { recordEvent } from '../../audit/record.ts';
import { applyErasure } from '../../erasure/apply.ts';
import { readLedger } from '../../erasure/ledger-file.ts';
import { readEnds } from '../../access-ends/ends-file.ts';
import { replayEnds } from '../../access-ends/replay.ts';
import type { AccessEnd } from '../audit-store.ts';
import { beginEpoch } from '../epoch.ts';
import type { Erasure } from '../erasures.ts';
import { StorageUnavailable } from '../storage.ts';
import { checkDatabase, copyDatabase, syncFolder } from './backup.ts';
import { auditHeadPath, databasePath, endsPath, ledgerPath, takeFolder } from './data-folder.ts';
import { guard } from './disk-faults.ts';
import { SqliteStorage } from './sqlite-storage.ts';

export interface RestoreParts {
  readonly random: Random;
  readonly clock: Clock;
  /** Move data that is in the folder aside instead of refusing. */
  readonly force: boolean;
  /** Asked for once the folder is there. */
  readonly auditKeys: () => AuditKeys;
  /** A ledger of erasures besides that of the folder; absent or null: none. */
  readonly erasures?: string | null;
}

/** What a restore did. */
export interface Restored {
  /** Where data that was in the folder lies now, or null. */
  readonly aside: string | null;
  /** Erasures that were carried out again on what the backup held. */
  readonly erased: number;
  /** Sign-ins, people's work and passwords that ended again. */
  readonly ended: number;
}

/**
 * Puts a backup into a data folder and begins a new epoch in it, a recovery: devices notice, are given everything anew,
 * and what they were acknowledged after the backup can be asked of them. What was erased since the backup, as the ledgers
 * tell, is erased in it as well before anything can be served. Throws {@link StorageUnavailable} with the reason; then the folder is as it was. At every instant a relay
 * that is started in it finds either the old data or the new.
 */
export function restore(file: string, folder: string, parts: RestoreParts): Restored {
  const { clock, force, auditKeys } = parts;
  if (!existsSync(file)) throw new StorageUnavailable(`there is no ${file}`);
  checkDatabase(file);
  const lock = takeFolder(folder);
  try {
    const target = databasePath(folder);
    const old = filesOf(target).filter((path) => existsSync(path));
    if (old.length > 0 && !force) throw new StorageUnavailable('there is data in it');
    const fresh = `${target}.restoring`;
    const ledgers = [ledgerPath(folder), ...(parts.erasures ? [parts.erasures] : [])];
    const erasures = ledgers.flatMap(readLedger);
    const ledger = { erasures, ends: readEnds(endsPath(folder)) };
    const { erased, ended, head } = prepare(file, fresh, parts, auditKeys(), ledger);
    const aside = old.length > 0 ? moveAside(folder, target, clock) : null;
    // Of what was there before.
    rmSync(auditHeadPath(folder), { force: true });
    renameSync(fresh, target);
    writeHeadFile(auditHeadPath(folder), head);
    syncFolder(folder);
    return { aside, erased, ended };
  } finally {
    lock.close();
  }
}

/** A copy of the backup that begins a new epoch; none is left where that fails. */
function prepare(
  file: string,
  fresh: string,
  { random, clock }: RestoreParts,
  auditKeys: AuditKeys,
  { erasures, ends }: { readonly erasures: readonly Erasure[]; readonly ends: readonly AccessEnd[] },
): { readonly erased: number; readonly ended: number; readonly head: AuditHead } {
  const clear = () => {
    for (const path of filesOf(fresh)) rmSync(path, { force: true });
  };
  clear();
  try {
    copyDatabase(file, fresh);
    const storage = SqliteStorage.over(new DatabaseSync(fresh), random, { clock, auditKeys });
    try {
      const done = storage.transact((writer) => {
        beginEpoch(writer, random, { at: clock.now(), isRecovery: true });
        recordEvent(writer, { kind: 'restored', epoch: writer.epoch() });
        const ended = replayEnds(writer, ends, random, clock.now());
        const erased = erasures.filter((erasure) => applyErasure(writer, erasure, null, clock.now())).length;
        return { ended, erased };
      });
      if (!storage.sweep()) throw new StorageUnavailable('somebody else reads the copy');
      return { ...done, head: storage.read((reader) => reader.auditHead()) };
    } finally {
      storage.close();
    }
  } catch (error) {
    clear();
    throw error;
  }
}

/** A database and what SQLite keeps beside it. */
function filesOf(database: string): string[] {
  return [database, `${database}-wal`, `${database}-shm`];
}

/**
 * Keeps the old files under a folder of their own. The old database stays in its place until it is replaced; its journal
 * must be gone by then, since SQLite would play it back into the new one, so what it holds is brought in first.
 */
function moveAside(folder: string, target: string, clock: Clock): string {
  const aside = join(folder, `replaced-${new Date(clock.now()).toISOString().replaceAll(':', '')}`);
  mkdirSync(aside, { mode: 0o700 });
  try {
    guard(() => {
      const database = new DatabaseSync(target);
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
    });
  } catch (error) {
    // Too damaged to be read: then it is kept as it is, with its journal.
    if (!(error instanceof StorageUnavailable)) throw error;
  }
  for (const path of [...filesOf(target), auditHeadPath(folder)])
    if (existsSync(path)) keep(path, join(aside, basename(path)));
  syncFolder(aside);
  for (const path of filesOf(target).slice(1)) rmSync(path, { force: true });
  return aside;
}

function keep(path: string, copy: string): void {
  try {
    linkSync(path, copy);
  } catch {
    copyFileSync(path, copy);
  }
}
