import { argon2Sync } from 'node:crypto';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import { writeAssignment } from '@rukun/core/board';
import type { Clock, Log } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import {
  createRelay,
  DEVELOPMENT,
  passingRecoveryKeys,
  SqliteStorage,
  type NetworkConfig,
  type Relay,
  type Storage,
  type StorageWriter,
} from '@rukun/relay';
import { seededRandom } from '../../support/seeded-random.ts';

export const PASSWORD = 'rumah-tangga';

/** Two neighbouring areas of one team, and one of another. */
export const AREA = {
  ani: '7102990001000100',
  budi: '7102990001000200',
  other: '7102990002000100',
} as const;

export const BOARD = 'board/7102990';

/** Households that are there from the start, two of ani's and one of each other area. */
export const HOUSEHOLD = {
  ani1: 'household/aaaaaaaaaaaaaaa1',
  ani2: 'household/aaaaaaaaaaaaaaa2',
  budi: 'household/bbbbbbbbbbbbbbb1',
  other: 'household/ccccccccccccccc1',
} as const satisfies Record<string, DocumentName>;

const PEOPLE = [
  { id: 'ani', role: 'officer', code: '0101' },
  { id: 'budi', role: 'officer', code: '0102' },
  { id: 'citra', role: 'officer', code: '0201' },
  { id: 'sari', role: 'supervisor', code: '010' },
  { id: 'tono', role: 'supervisor', code: '020' },
  { id: 'koko', role: 'coordinator', code: '', area: '7102990' },
  { id: 'peserta', role: 'participant', code: '' },
] as const;

const ASSIGNMENTS = [
  { area: AREA.ani, officer: 'ani', supervisor: 'sari', target: 2, dueDate: '2026-12-01' },
  { area: AREA.budi, officer: 'budi', supervisor: 'sari', target: 1, dueDate: '2026-12-01' },
  { area: AREA.other, officer: 'citra', supervisor: 'tono', target: 1, dueDate: '2026-12-01' },
];

/** One for all relays of a test file: making it takes longer than most tests. */
const recoveryKeys = passingRecoveryKeys();
/** Relays that are opened again in a test go on under the same. */
const AUDIT_KEYS = AuditKeys.fresh();

export interface OpenedRelay {
  readonly relay: Relay;
  readonly url: string;
  readonly storage: Storage;
  readonly errors: string[];
}

export interface OpenOptions {
  readonly database?: DatabaseSync;
  /** The folder the database lies in; without it what is kept beside the database is kept nowhere. */
  readonly data?: string;
  readonly clock?: Clock;
  /** Of the audit log, where it is opened again. */
  readonly auditKeys?: AuditKeys;
  /** Wraps the storage the relay gets. */
  readonly wrap?: (storage: Storage) => Storage;
  readonly app?: string;
  /** Of its chance; a relay opened again on the same database needs another. */
  readonly seed?: number;
  /** How it meets the network, where that is not the usual way. */
  readonly network?: Partial<NetworkConfig>;
}

/** A relay in this process on a free port, with the people and households above; closed when the test ends. */
export async function openRelay(options: OpenOptions = {}): Promise<OpenedRelay> {
  const random = seededRandom(options.seed ?? Number(process.env['RELAY_SEED'] ?? 20261122));
  const time = options.clock ? { clock: options.clock } : {};
  const { database = new DatabaseSync(':memory:'), auditKeys = AUDIT_KEYS } = options;
  const plain = SqliteStorage.over(database, random, { ...time, auditKeys });
  if (plain.read((reader) => reader.people().length) === 0) plain.transact(populate);
  const errors: string[] = [];
  const log: Log = { info: () => undefined, error: (event) => void errors.push(event) };
  const storage = options.wrap?.(plain) ?? plain;
  const config = {
    data: options.data ?? ':memory:',
    port: 0,
    host: '127.0.0.1',
    app: options.app ?? '/nowhere',
    demo: false,
    ...DEVELOPMENT,
    network: { ...DEVELOPMENT.network, ...options.network },
  };
  const given = { storage, random, log, recoveryKeys, ...time };
  const relay = createRelay(config, given);
  onTestFinished(() => relay.close());
  const { port } = await relay.listen();
  return { relay, url: `${config.network.tls ? 'https' : 'http'}://127.0.0.1:${port}`, storage, errors };
}

function populate(writer: StorageWriter): void {
  const passwordHash = cheapHash();
  for (const { id, ...person } of PEOPLE)
    writer.addPerson({ id, userName: id, name: id.toUpperCase(), ...person, passwordHash });
  const region = { village: 'V', kecamatan: 'K', regency: 'R', province: 'P', codesAreMadeUp: true };
  for (const id of Object.values(AREA)) writer.addArea({ id, name: `JAGA ${id.slice(10)}`, ...region });
  for (const assignment of ASSIGNMENTS) writer.putAssignment(assignment);
  writer.addDocument(BOARD, 'board', '');
  append(writer, BOARD, (doc) => {
    for (const assignment of ASSIGNMENTS) writeAssignment(doc, assignment);
  });
  addHousehold(writer, HOUSEHOLD.ani1, AREA.ani);
  addHousehold(writer, HOUSEHOLD.ani2, AREA.ani);
  addHousehold(writer, HOUSEHOLD.budi, AREA.budi);
  addHousehold(writer, HOUSEHOLD.other, AREA.other);
}

/** Adds one prelisted household, as an import does. */
export function addHousehold(writer: StorageWriter, name: DocumentName, area: string): void {
  writer.addDocument(name, 'household', area);
  append(writer, name, (doc) => {
    const answers = { '108': `KEPALA ${name.slice(-2)}` };
    Household.create(doc, { form: 'REGSOSEK22-K', area, origin: 'prelist', answers });
  });
}

function append(writer: StorageWriter, document: DocumentName, write: (doc: Doc) => void): void {
  const doc = new Doc({ gc: false });
  doc.clientID = writer.relayClient();
  write(doc);
  const update = encodeStateAsUpdate(doc);
  const author = { source: 'import', person: '', device: '' } as const;
  writer.append({ document, update, ...author, deviceAt: 1, receivedAt: 1, marks: [] });
}

/** The least argon2id takes: what is tested here is not how hard it is. */
function cheapHash(): string {
  const nonce = Buffer.alloc(16, 7);
  const hash = argon2Sync('argon2id', {
    message: PASSWORD,
    nonce,
    parallelism: 1,
    tagLength: 32,
    memory: 8,
    passes: 1,
  });
  return `argon2id$8$1$1$${nonce.toString('base64url')}$${hash.toString('base64url')}`;
}
