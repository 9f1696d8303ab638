import type { BlockList } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Log, Random } from '@rukun/core/foundation';
import { HeadKeeper } from './audit/head-keeper.ts';
import { auditKeysFrom } from './audit/keys.ts';
import { AuditRecorder } from './audit/recorder.ts';
import type { DocumentName } from '@rukun/core/protocol';
import { PasswordChecks } from './auth/password-checks.ts';
import { recoveryKeysFrom, type RecoveryKeys } from './auth/recovery-key.ts';
import { TicketPace } from './auth/ticket-pace.ts';
import { Tickets } from './auth/tickets.ts';
import { CommitQueue } from './commit/commit-queue.ts';
import { ScratchCopies } from './commit/scratch-copies.ts';
import { Compactor } from './compaction/compactor.ts';
import type { RelayConfig } from './config/config.ts';
import type { NetworkConfig } from './config/network.ts';
import { Secrets, type SecretName } from './config/secrets.ts';
import { Eraser } from './erasure/eraser.ts';
import { StaticFiles } from './http/static-files.ts';
import { createLog } from './monitoring/log.ts';
import { systemClock, systemRandom } from './monitoring/system.ts';
import { addressList } from './network/peer.ts';
import { RetentionKeeper } from './retention/retention-keeper.ts';
import { RoomRegistry } from './rooms/room-registry.ts';
import { SETTINGS } from './storage/settings.ts';
import { auditHeadPath, databasePath, endsPath, ledgerPath } from './storage/sqlite/data-folder.ts';
import { hangsOn } from './storage/sqlite/peek.ts';
import { SqliteStorage } from './storage/sqlite/sqlite-storage.ts';
import type { Storage } from './storage/storage.ts';

const DAY_MS = 24 * 3_600_000;

/** The parts of one relay, put together. */
export interface RelayContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly storage: Storage;
  readonly commits: CommitQueue;
  readonly compactor: Compactor;
  readonly auditHead: HeadKeeper;
  readonly recorder: AuditRecorder;
  readonly rooms: RoomRegistry;
  readonly eraser: Eraser;
  readonly retention: RetentionKeeper;
  readonly tickets: Tickets;
  readonly ticketPace: TicketPace;
  readonly passwords: PasswordChecks;
  readonly recoveryKeys: RecoveryKeys;
  readonly app: StaticFiles;
  readonly secrets: Secrets;
  /** How long a device stays signed in that is not used. */
  readonly refreshMs: number;
  readonly network: NetworkConfig;
  /** Whose X-Forwarded-* are believed. */
  readonly proxies: BlockList;
}

/** Parts a test may hand in; the relay owns a storage it is given. */
export type GivenParts = Partial<
  Pick<RelayContext, 'clock' | 'random' | 'log' | 'storage' | 'ticketPace' | 'recoveryKeys'>
>;

/** Puts a relay together; the only place that names the adapters. Throws StorageUnavailable, SecretUnavailable. */
export function createContext(config: RelayConfig, given: GivenParts = {}): RelayContext {
  const clock = given.clock ?? systemClock;
  const random = given.random ?? systemRandom;
  const log =
    given.log ??
    createLog(
      (line) => process.stderr.write(line),
      () => clock.now(),
    );
  const secrets = secretsOf(config, random);
  const storage = given.storage ?? openStorage(config, secrets, random, clock);
  const copies = new ScratchCopies();
  const stopwatch = given.clock ?? performance;
  const commits = new CommitQueue(storage, copies, log, () => stopwatch.now());
  const compactor = new Compactor({ storage, clock, log });
  const recorder = new AuditRecorder(storage, log, clock);
  commits.onCommit(() => compactor.notice());
  compactor.notice();
  const rooms = new RoomRegistry({ storage, commits, copies, clock, log });
  const forget = (document: DocumentName) => {
    copies.drop(document);
    rooms.closeErased(document);
  };
  const ledger = config.data === ':memory:' ? null : ledgerPath(config.data);
  const recoveryKeys = given.recoveryKeys ?? openRecoveryKeys(config, secrets, storage, log);
  const eraser = new Eraser({ storage, clock, random, log, recoveryKeys, ledger, forget });
  eraser.begin();
  return {
    eraser,
    retention: new RetentionKeeper({ storage, clock, log, eraser, days: config.retention }),
    clock,
    random,
    log,
    storage,
    commits,
    compactor,
    auditHead: new HeadKeeper({
      storage,
      clock,
      log,
      headFile: headFileOf(config),
      endsFile: endsFileOf(config),
    }),
    recorder,
    rooms,
    tickets: new Tickets(clock, random),
    ticketPace: given.ticketPace ?? new TicketPace(clock),
    passwords: new PasswordChecks(random),
    recoveryKeys,
    app: new StaticFiles(config.app),
    secrets,
    refreshMs: config.sessionDays * DAY_MS,
    network: config.network,
    proxies: addressList(config.network.trustedProxies),
  };
}

/** The secrets of a relay; nothing is read or made before it is asked for. `database`: what they are for, that of the data folder unless said. */
export function secretsOf(
  { data, production, secrets }: RelayConfig,
  random: Random,
  database: string = databasePath(data),
): Secrets {
  const isInUse = (name: SecretName) => hangsOn(database, name);
  return new Secrets({ data, production, given: secrets, random, isInUse });
}

/**
 * After the storage: by then the folder is there and nobody else's. One in memory makes its key when it is asked for. That devices
 * sealed to another one than those given is logged: who forgets the PIN before the next contact cannot be helped.
 */
function openRecoveryKeys({ data }: RelayConfig, secrets: Secrets, storage: Storage, log: Log): RecoveryKeys {
  const keys = recoveryKeysFrom(() => secrets.read('recovery-key'));
  if (data === ':memory:') return keys;
  const { id } = keys.current();
  const former = storage.read((reader) => reader.setting(SETTINGS.recoveryKey));
  if (former !== null && !keys.holds(former))
    log.error('recovery-key.replaced', {
      reason: `devices sealed to ${former}, which is not among those given`,
    });
  if (former !== id) storage.transact((writer) => writer.setSetting(SETTINGS.recoveryKey, id));
  return keys;
}

/** The storage of a relay, with the keys its audit log goes on under. Throws StorageUnavailable, SecretUnavailable. */
function openStorage({ data }: RelayConfig, secrets: Secrets, random: Random, clock: Clock): Storage {
  return data === ':memory:'
    ? SqliteStorage.over(new DatabaseSync(data), random, { clock })
    : SqliteStorage.openFolder(data, random, () => auditKeysFrom(secrets), clock);
}

function endsFileOf({ data }: RelayConfig): string | null {
  return data === ':memory:' ? null : endsPath(data);
}

function headFileOf({ data }: RelayConfig): string | null {
  return data === ':memory:' ? null : auditHeadPath(data);
}
