import { isRole } from '@rukun/core/foundation';
import type { DocumentName, ReadingWay } from '@rukun/core/protocol';
import { START, type AuditHead } from '../../audit/chain.ts';
import type { NewAuditEntry } from '../../audit/entry.ts';
import { packNumbers } from '../../audit/packed-numbers.ts';
import { recordEvent } from '../../audit/record.ts';
import { RowDigest, type RowAuthorship } from '../../audit/row-digest.ts';
import type { AuditTrail } from '../../audit/trail.ts';
import type { DocumentReading } from '../audit-store.ts';
import { bytes, integer, text, type Row } from './row.ts';
import type { Statements } from './statements.ts';

const APPEND = `INSERT INTO audit
  (seq, at, kind, person, device, subject, code, details, documents, key, prev, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const READERS = `SELECT audit.seq, at, person, device, details FROM audit_reading JOIN audit ON audit.seq = entry
  WHERE document = (SELECT number FROM audit_document WHERE name = ?) AND entry < ? ORDER BY entry DESC LIMIT ?`;

/** Where the audit log ends. */
export function readAuditHead(statements: Statements): AuditHead {
  const row = statements.get('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  return row ? { seq: integer(row, 'seq'), hash: bytes(row, 'hash') } : START;
}

/** Who was sent a document, latest first. */
export function readReaders(
  statements: Statements,
  document: DocumentName,
  most: number,
  before = Number.MAX_SAFE_INTEGER,
): DocumentReading[] {
  return statements.all(READERS, document, before, most).map(toReading);
}

/** Continues the audit log within a transaction. */
export class AuditRows {
  readonly #statements: Statements;
  readonly #trail: AuditTrail;
  #head: AuditHead | null = null;
  #written: RowDigest | null = null;

  constructor(statements: Statements, trail: AuditTrail) {
    this.#statements = statements;
    this.#trail = trail;
  }

  append(entry: NewAuditEntry): void {
    if (this.#trail.admits(entry)) this.#write(entry);
  }

  settle(): void {
    const summary = this.#trail.summary();
    if (summary) this.#write(summary);
  }

  /** A row was appended to the log. */
  noteRow(row: RowAuthorship): void {
    (this.#written ??= new RowDigest()).add(row);
  }

  /** The transaction is about to commit: the rows it appended get their entry. */
  finish(): void {
    if (!this.#written) return;
    recordEvent({ appendAudit: (entry) => this.append(entry) }, this.#written.event());
    this.#written = null;
  }

  /** The transaction is over. */
  forget(): void {
    this.#head = null;
    this.#written = null;
  }

  #write(entry: NewAuditEntry): void {
    const sealed = this.#trail.seal(entry, (this.#head ??= readAuditHead(this.#statements)));
    const { seq, at, kind, person, device, subject, code, details, key, prev, hash } = sealed;
    const numbers = entry.documents.map((name) => this.#numberOf(name));
    const packed = packNumbers(numbers);
    this.#statements.run(
      APPEND,
      seq,
      at,
      kind,
      person,
      device,
      subject,
      code,
      details,
      packed,
      key,
      prev,
      hash,
    );
    for (const number of numbers)
      this.#statements.run('INSERT INTO audit_reading (document, entry) VALUES (?, ?)', number, seq);
    this.#head = { seq, hash };
  }

  #numberOf(name: DocumentName): number {
    const row = this.#statements.get('SELECT number FROM audit_document WHERE name = ?', name);
    return row
      ? integer(row, 'number')
      : this.#statements.run('INSERT INTO audit_document (name) VALUES (?)', name);
  }
}

function toReading(row: Row): DocumentReading {
  const { role, how } = JSON.parse(text(row, 'details')) as { role: unknown; how: ReadingWay };
  if (!isRole(role)) throw new TypeError('a reading in an unknown role');
  return {
    entry: integer(row, 'seq'),
    at: integer(row, 'at'),
    person: text(row, 'person'),
    device: text(row, 'device'),
    role,
    how,
  };
}
