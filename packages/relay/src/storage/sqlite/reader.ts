import type { Assignment } from '@rukun/core/board';
import { readAccessEnds } from './access-ends.ts';
import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type {
  LogRow,
  LogSize,
  Refusal,
  StoredArea,
  StoredDevice,
  StoredDocument,
  StoredPerson,
} from '../records.ts';
import type { AuditHead } from '../../audit/chain.ts';
import type { AccessEnd, DocumentReading } from '../audit-store.ts';
import { SETTINGS } from '../settings.ts';
import { LONGEST_LOG, type StorageReader } from '../storage.ts';
import { SqliteAccounts } from './accounts.ts';
import { readAuditHead, readReaders } from './audit-rows.ts';
import { SqliteDirectory } from './directory.ts';
import { SqliteErasures } from './erasures.ts';
import { LOG_ROWS, LOG_ROWS_UP_TO, LOG_SIZES, LOG_UPDATES, toLogSize } from './log-rows.ts';
import { SqliteAccess } from './access-rows.ts';
import { SqliteQuarantine } from './quarantine.ts';
import { toArea, toAssignment, toDevice, toDocument, toLogRow, toPerson, toRefusal } from './records.ts';
import { bytes, integer, text } from './row.ts';
import type { Statements } from './statements.ts';

/** What the readers and the writer of one connection remember together. */
export interface ReaderCache {
  /** Asked for with every commit; null once a setting may have changed. */
  relayClients: readonly number[] | null;
}

/** Reads from one SQLite connection. */
export class SqliteReader implements StorageReader {
  readonly statements: Statements;
  readonly cache: ReaderCache;
  readonly accounts: SqliteAccounts;
  readonly quarantine: SqliteQuarantine;
  readonly directory: SqliteDirectory;
  readonly erasures: SqliteErasures;
  readonly access: SqliteAccess;

  constructor(statements: Statements, cache: ReaderCache) {
    this.statements = statements;
    this.cache = cache;
    this.accounts = new SqliteAccounts(statements);
    this.quarantine = new SqliteQuarantine(statements);
    this.directory = new SqliteDirectory(statements);
    this.erasures = new SqliteErasures(statements);
    this.access = new SqliteAccess(statements);
  }

  epoch(): string {
    return this.#need(SETTINGS.epoch);
  }

  relayClient(): number {
    return this.relayClients().at(-1) ?? NaN;
  }

  relayClients(): readonly number[] {
    return (this.cache.relayClients ??= this.#readRelayClients());
  }

  setting(name: string): string | null {
    const row = this.statements.get('SELECT value FROM meta WHERE name = ?', name);
    return row && text(row, 'value');
  }

  person(id: string): StoredPerson | null {
    const row = this.statements.get('SELECT * FROM person WHERE id = ?', id);
    return row && toPerson(row);
  }

  personByUserName(userName: string): StoredPerson | null {
    const row = this.statements.get('SELECT * FROM person WHERE user_name = ?', userName);
    return row && toPerson(row);
  }

  people(): readonly StoredPerson[] {
    return this.statements.all('SELECT * FROM person ORDER BY user_name').map(toPerson);
  }

  device(id: string): StoredDevice | null {
    const row = this.statements.get('SELECT * FROM device WHERE id = ? AND ended_at IS NULL', id);
    return row && toDevice(row);
  }

  personOfDevice(id: string): string | null {
    const row = this.statements.get('SELECT person FROM device WHERE id = ?', id);
    return row && text(row, 'person');
  }

  isTagTaken(tag: string): boolean {
    return this.statements.get('SELECT 1 FROM device WHERE tag = ?', tag) !== null;
  }

  areas(within: readonly string[] = ['']): readonly StoredArea[] {
    const sql = `SELECT DISTINCT area.* FROM json_each(?) AS part CROSS JOIN area
      WHERE area.id >= part.value AND area.id < part.value || ':' ORDER BY area.id`;
    return this.statements.all(sql, JSON.stringify(within)).map(toArea);
  }

  assignments(within: readonly string[] = ['']): readonly Assignment[] {
    const sql = `SELECT DISTINCT assignment.* FROM json_each(?) AS part CROSS JOIN assignment
      WHERE assignment.area >= part.value AND assignment.area < part.value || ':' ORDER BY assignment.area`;
    return this.statements.all(sql, JSON.stringify(within)).map(toAssignment);
  }

  assignmentsOf({ id, role }: Pick<StoredPerson, 'id' | 'role'>): readonly Assignment[] {
    if (role !== 'officer' && role !== 'supervisor') return [];
    const sql = `SELECT * FROM assignment WHERE ${role} = ?
      OR area IN (SELECT area FROM assignment_beside WHERE person = ? AND role = ?) ORDER BY area`;
    return this.statements.all(sql, id, id, role).map(toAssignment);
  }

  document(name: DocumentName): StoredDocument | null {
    const row = this.statements.get('SELECT name, area, last_seq FROM document WHERE name = ?', name);
    return row && toDocument(row);
  }

  documentNames(kind: DocumentKind): readonly DocumentName[] {
    const sql = 'SELECT name, area, last_seq FROM document WHERE kind = ? ORDER BY name';
    return this.statements.all(sql, kind).map((row) => toDocument(row).name);
  }

  documentsOfArea(area: string, after: number): readonly StoredDocument[] {
    const sql = 'SELECT name, area, last_seq FROM document WHERE area = ? AND last_seq > ? ORDER BY last_seq';
    return this.statements.all(sql, area, after).map(toDocument);
  }

  updates(name: DocumentName): readonly Uint8Array[] {
    const kept = `SELECT state_seq, state FROM document
      JOIN document_state ON document_state.document = document.name WHERE name = ?`;
    const row = this.statements.get(kept, name);
    const after = row ? integer(row, 'state_seq') : 0;
    const tail = this.statements.all(LOG_UPDATES, name, after).map((each) => bytes(each, 'update'));
    return row ? [bytes(row, 'state'), ...tail] : tail;
  }

  log(name: DocumentName, after = 0, upTo?: number): readonly LogRow[] {
    if (upTo !== undefined) return this.statements.all(LOG_ROWS_UP_TO, name, after, upTo).map(toLogRow);
    return this.statements.all(LOG_ROWS, name, after).map(toLogRow);
  }

  logSizes(name: DocumentName, after: number): readonly LogSize[] {
    return this.statements.all(LOG_SIZES, name, after).map(toLogSize);
  }

  logUpdate(seq: number): Uint8Array {
    const row = this.statements.get('SELECT "update" FROM log WHERE seq = ?', seq);
    if (!row) throw new RangeError(`the log has no row ${seq}`);
    return bytes(row, 'update');
  }

  lastSeq(): number {
    const row = this.statements.get('SELECT coalesce(max(seq), 0) AS seq FROM log');
    return row ? integer(row, 'seq') : 0;
  }

  longLogs(most: number): readonly DocumentName[] {
    // As in the index, word for word: only then SQLite uses it.
    const sql = `SELECT name, area, last_seq FROM document WHERE log_rows > ${LONGEST_LOG}
      ORDER BY log_rows DESC LIMIT ?`;
    return this.statements.all(sql, most).map((row) => toDocument(row).name);
  }

  clientOwner(name: DocumentName, client: number): string | null {
    if (this.relayClients().includes(client)) return '';
    const sql = 'SELECT device FROM client WHERE document = ? AND client = ?';
    const row = this.statements.get(sql, name, client);
    return row && text(row, 'device');
  }

  refusals(most: number): readonly Refusal[] {
    return this.statements.all('SELECT * FROM refused ORDER BY number DESC LIMIT ?', most).map(toRefusal);
  }

  auditHead(): AuditHead {
    return readAuditHead(this.statements);
  }

  accessEnds(after: number): readonly AccessEnd[] {
    return readAccessEnds(this.statements, after);
  }

  readersOf(document: DocumentName, most: number, before?: number): readonly DocumentReading[] {
    return readReaders(this.statements, document, most, before);
  }

  #readRelayClients(): readonly number[] {
    const former = JSON.parse(this.setting(SETTINGS.formerRelayClients) ?? '[]') as number[];
    return [...former, Number(this.#need(SETTINGS.relayClient))];
  }

  #need(name: string): string {
    const value = this.setting(name);
    if (value === null) throw new Error(`the database has no ${name}`);
    return value;
  }
}
