import type { Assignment } from '@rukun/core/board';
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
import type { StorageReader } from '../storage.ts';
import { toArea, toAssignment, toDevice, toDocument, toLogRow, toPerson, toRefusal } from './records.ts';
import { bytes, integer, text } from './row.ts';
import type { Statements } from './statements.ts';

/** Reads from one SQLite connection. */
export class SqliteReader implements StorageReader {
  readonly statements: Statements;
  /** Set once when the database is made; asked for with every commit. */
  #relayClient: number | null = null;

  constructor(statements: Statements) {
    this.statements = statements;
  }

  epoch(): string {
    return this.#need('epoch');
  }

  relayClient(): number {
    return (this.#relayClient ??= Number(this.#need('relay_client')));
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
    const row = this.statements.get('SELECT * FROM device WHERE id = ? AND revoked_at IS NULL', id);
    return row && toDevice(row);
  }

  deviceByToken(tokenHash: Uint8Array): StoredDevice | null {
    const row = this.statements.get(
      'SELECT * FROM device WHERE token_hash = ? AND revoked_at IS NULL',
      tokenHash,
    );
    return row && toDevice(row);
  }

  personOfDevice(id: string): string | null {
    const row = this.statements.get('SELECT person FROM device WHERE id = ?', id);
    return row && text(row, 'person');
  }

  isTagTaken(tag: string): boolean {
    return this.statements.get('SELECT 1 FROM device WHERE tag = ?', tag) !== null;
  }

  areas(): readonly StoredArea[] {
    return this.statements.all('SELECT * FROM area ORDER BY id').map(toArea);
  }

  assignments(): readonly Assignment[] {
    return this.statements.all('SELECT * FROM assignment ORDER BY area').map(toAssignment);
  }

  assignmentsOf(person: string): readonly Assignment[] {
    const sql = 'SELECT * FROM assignment WHERE officer = ? OR supervisor = ? ORDER BY area';
    return this.statements.all(sql, person, person).map(toAssignment);
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
    const row = this.statements.get('SELECT state_seq, state FROM document WHERE name = ?', name);
    if (!row) return [];
    const sql = 'SELECT "update" FROM log WHERE document = ? AND seq > ? ORDER BY seq';
    const tail = this.statements
      .all(sql, name, integer(row, 'state_seq'))
      .map((each) => bytes(each, 'update'));
    return row['state'] === null ? tail : [bytes(row, 'state'), ...tail];
  }

  log(name: DocumentName): readonly LogRow[] {
    return this.statements.all('SELECT * FROM log WHERE document = ? ORDER BY seq', name).map(toLogRow);
  }

  logSizes(name: DocumentName, after: number): readonly LogSize[] {
    const sql = 'SELECT seq, bytes, device FROM log WHERE document = ? AND seq > ? ORDER BY seq';
    return this.statements.all(sql, name, after).map((row) => ({
      seq: integer(row, 'seq'),
      bytes: integer(row, 'bytes'),
      device: text(row, 'device'),
    }));
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

  clientOwner(name: DocumentName, client: number): string | null {
    const sql = 'SELECT device FROM client WHERE document = ? AND client = ?';
    const row = this.statements.get(sql, name, client);
    return row && text(row, 'device');
  }

  refusals(most: number): readonly Refusal[] {
    return this.statements.all('SELECT * FROM refused ORDER BY number DESC LIMIT ?', most).map(toRefusal);
  }

  #need(name: string): string {
    const value = this.setting(name);
    if (value === null) throw new Error(`the database has no ${name}`);
    return value;
  }
}
