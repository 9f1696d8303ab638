import type { Assignment } from '@rukun/core/board';
import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type {
  LogRow,
  LogSize,
  Merge,
  NewDevice,
  NewLogRow,
  NewPerson,
  Refusal,
  StoredArea,
  StoredDocument,
  Tail,
} from '../records.ts';
import type { NewAuditEntry } from '../../audit/entry.ts';
import type { AuditTrail } from '../../audit/trail.ts';
import type { StorageWriter } from '../storage.ts';
import { AuditRows } from './audit-rows.ts';
import type { RedactedRow } from '../erasures.ts';
import { redactRows } from './erasures.ts';
import { Heads } from './heads.ts';
import { mergeRows } from './merge-rows.ts';
import { SqliteReader, type ReaderCache } from './reader.ts';
import { fromMarks } from './records.ts';
import { SqliteRetention } from './retention.ts';
import type { Statements } from './statements.ts';

/** Bounds of what is kept of refused updates: at most 64 MB in all. */
const REFUSED_BYTES = 64 * 1024;
const REFUSED_PER_DEVICE = 50;
const REFUSED_IN_ALL = 1000;

const APPEND = `INSERT INTO log
  (seq, first, prev, bytes, document, source, person, device, device_at, received_at, marks, "update")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Writes on one SQLite connection, inside a transaction that its owner opened. Before it commits the owner calls
 * {@link finish}, and after it {@link forget}, however it ended.
 */
export class SqliteWriter extends SqliteReader implements StorageWriter {
  readonly retention: SqliteRetention;
  readonly #heads: Heads;
  readonly #audit: AuditRows;
  #lastSeq: number | null = null;

  constructor(statements: Statements, cache: ReaderCache, trail: AuditTrail) {
    super(statements, cache);
    this.retention = new SqliteRetention(statements);
    this.#heads = new Heads(statements);
    this.#audit = new AuditRows(statements, trail);
  }

  /** The transaction is about to commit: writes what is still in memory only, and what tells of it. */
  finish(): void {
    this.flush();
    this.#audit.finish();
  }

  /** Writes what is still in memory only. */
  flush(): void {
    this.#heads.flush();
  }

  /** The transaction is over. */
  forget(): void {
    this.#heads.clear();
    this.#audit.forget();
    this.#lastSeq = null;
  }

  override lastSeq(): number {
    return (this.#lastSeq ??= super.lastSeq());
  }

  override document(name: DocumentName): StoredDocument | null {
    return this.#heads.document(name);
  }

  override documentsOfArea(area: string, after: number): readonly StoredDocument[] {
    this.flush();
    return super.documentsOfArea(area, after);
  }

  override updates(name: DocumentName): readonly Uint8Array[] {
    this.flush();
    return super.updates(name);
  }

  override log(name: DocumentName, after?: number, upTo?: number): readonly LogRow[] {
    this.flush();
    return super.log(name, after, upTo);
  }

  override logSizes(name: DocumentName, after: number): readonly LogSize[] {
    this.flush();
    return super.logSizes(name, after);
  }

  override longLogs(most: number): readonly DocumentName[] {
    this.flush();
    return super.longLogs(most);
  }

  setSetting(name: string, value: string): void {
    this.cache.relayClients = null;
    this.statements.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, value);
  }

  addPerson(person: NewPerson): void {
    const { id, userName, name, role, code, area = '', passwordHash, mustChangePassword = false } = person;
    const sql = `INSERT INTO person (id, user_name, name, role, code, area, password_hash, must_change_password)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
    const mustChange = mustChangePassword ? 1 : 0;
    this.statements.run(sql, id, userName, name, role, code, area, passwordHash, mustChange);
  }

  addDevice({ id, person, tag, label, enrolledAt }: NewDevice): void {
    const sql = `INSERT INTO device (id, person, tag, label, enrolled_at, last_seen_at)
      VALUES (?, ?, ?, ?, ?, ?)`;
    this.statements.run(sql, id, person, tag, label, enrolledAt, enrolledAt);
  }

  markDeviceSeen(id: string, at: InstantMs): void {
    this.statements.run('UPDATE device SET last_seen_at = ? WHERE id = ?', at, id);
  }

  addArea({ id, name, village, kecamatan, regency, province, codesAreMadeUp }: StoredArea): void {
    const sql = `INSERT INTO area (id, name, village, kecamatan, regency, province, codes_made_up)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.statements.run(sql, id, name, village, kecamatan, regency, province, codesAreMadeUp ? 1 : 0);
  }

  putAssignment({ area, officer, supervisor, target, dueDate }: Assignment): void {
    const sql = `INSERT OR REPLACE INTO assignment (area, officer, supervisor, target, due_date)
      VALUES (?, ?, ?, ?, ?)`;
    this.statements.run(sql, area, officer, supervisor, target, dueDate);
  }

  addDocument(name: DocumentName, kind: DocumentKind, area: string): void {
    this.statements.run('INSERT INTO document (name, kind, area) VALUES (?, ?, ?)', name, kind, area);
    this.#heads.add(name, kind, area);
  }

  append(row: NewLogRow): number {
    const { document, update, source, person, device, deviceAt, receivedAt, marks } = row;
    const head = this.#heads.find(document);
    if (!head) throw new RangeError('a row of a document that is not known');
    const seq = (this.#lastSeq = this.lastSeq() + 1);
    this.statements.run(
      APPEND,
      seq,
      seq,
      head.lastSeq,
      update.byteLength,
      document,
      source,
      person,
      device,
      deviceAt,
      receivedAt,
      fromMarks(marks),
      update,
    );
    this.#audit.noteRow({ seq, document, source, person, device, deviceAt, receivedAt });
    head.lastSeq = seq;
    head.tailRows++;
    head.tailBytes += update.byteLength;
    head.logRows++;
    head.isMoved = true;
    return seq;
  }

  tail(name: DocumentName): Tail {
    return this.#heads.tail(name);
  }

  keepState(name: DocumentName, state: Uint8Array): void {
    this.flush();
    this.statements.run('INSERT OR REPLACE INTO document_state (document, state) VALUES (?, ?)', name, state);
    const moved = `UPDATE document SET state_seq = last_seq, state_bytes = ?, tail_rows = 0, tail_bytes = 0
      WHERE name = ?`;
    this.statements.run(moved, state.byteLength, name);
    this.#heads.clear();
  }

  mergeRows(merge: Merge): boolean {
    this.flush();
    const isMerged = mergeRows(this.statements, merge);
    this.#heads.clear();
    return isMerged;
  }

  redact(name: DocumentName, rows: readonly RedactedRow[]): number {
    this.flush();
    const refused = redactRows(this.statements, name, rows);
    this.#heads.clear();
    return refused;
  }

  claim(name: DocumentName, client: number, device: string): void {
    const sql = 'INSERT OR IGNORE INTO client (document, client, device) VALUES (?, ?, ?)';
    this.statements.run(sql, name, client, device);
  }

  appendAudit(entry: NewAuditEntry): void {
    this.#audit.append(entry);
  }

  settleAudit(): void {
    this.#audit.settle();
  }

  keepRefusal({ at, document, person, device, code, paths, bytes }: Refusal): void {
    const number = this.statements.run(
      'INSERT INTO refused (at, document, person, device, code, paths, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      at,
      document,
      person,
      device,
      code,
      JSON.stringify(paths.slice(0, 100)),
      bytes.subarray(0, REFUSED_BYTES),
    );
    const oldOfDevice = `DELETE FROM refused WHERE number IN
      (SELECT number FROM refused WHERE device = ? ORDER BY number DESC LIMIT -1 OFFSET ?)`;
    this.statements.run(oldOfDevice, device, REFUSED_PER_DEVICE);
    this.statements.run('DELETE FROM refused WHERE number <= ?', number - REFUSED_IN_ALL);
  }
}
