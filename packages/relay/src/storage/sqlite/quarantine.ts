import type { InstantMs } from '@rukun/core/foundation';
import { parseDocumentName, type DocumentName, type TimeMark } from '@rukun/core/protocol';
import type {
  NewQuarantinedUpdate,
  QuarantinedUpdate,
  QuarantineReason,
  QuarantineState,
  QuarantineWriter,
} from '../quarantine.ts';
import { fromMarks, toMarks } from './records.ts';
import { bytes, integer, integerOrNull, text, textOrNull, type Row } from './row.ts';
import type { Statements } from './statements.ts';

const ADD = `INSERT INTO quarantine
  (at, reason, document, area, person, device, "update", marks, seal_key, seal_wrapped)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Edits that wait for a decision, in SQLite. Writes only inside a transaction of its owner. */
export class SqliteQuarantine implements QuarantineWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  update(number: number): QuarantinedUpdate | null {
    const row = this.#statements.get('SELECT * FROM quarantine WHERE number = ?', number);
    return row && toUpdate(row);
  }

  ofArea(area: string, state: QuarantineState, most: number): readonly QuarantinedUpdate[] {
    const sql = 'SELECT * FROM quarantine WHERE area = ? AND state = ? ORDER BY number LIMIT ?';
    return this.#statements.all(sql, area, state, most).map(toUpdate);
  }

  ofDocument(document: DocumentName): readonly QuarantinedUpdate[] {
    return this.#statements
      .all('SELECT * FROM quarantine WHERE document = ? ORDER BY number', document)
      .map(toUpdate);
  }

  redact(number: number, update: Uint8Array | null, at: InstantMs): void {
    const sql = 'UPDATE quarantine SET "update" = ?, seal_key = NULL, seal_wrapped = NULL WHERE number = ?';
    this.#statements.run(sql, update ?? new Uint8Array(), number);
    if (update === null) this.decide(number, 'set-aside', '', at);
  }

  sizeOf(person: string): { readonly rows: number; readonly bytes: number } {
    const sql = `SELECT count(*) AS "rows", coalesce(sum(length("update")), 0) AS bytes
      FROM quarantine WHERE person = ?`;
    const row = this.#statements.get(sql, person);
    return row ? { rows: integer(row, 'rows'), bytes: integer(row, 'bytes') } : { rows: 0, bytes: 0 };
  }

  add(added: NewQuarantinedUpdate): number {
    const { at, reason, document, area, person, device, update, marks, seal } = added;
    return this.#statements.run(
      ADD,
      at,
      reason,
      document,
      area,
      person,
      device,
      update,
      fromMarks(marks),
      seal?.keyId ?? null,
      seal?.wrapped ?? null,
    );
  }

  extend(number: number, update: Uint8Array, marks: readonly TimeMark[]): void {
    const sql = `UPDATE quarantine SET "update" = ?, marks = ?
      WHERE number = ? AND state = 'waiting' AND seal_key IS NULL`;
    this.#statements.run(sql, update, fromMarks(marks), number);
  }

  reopen(number: number): boolean {
    if (this.update(number)?.state !== 'set-aside') return false;
    const sql = `UPDATE quarantine SET state = 'waiting', decided_by = NULL, decided_at = NULL WHERE number = ?`;
    this.#statements.run(sql, number);
    return true;
  }

  decide(number: number, state: Exclude<QuarantineState, 'waiting'>, by: string, at: InstantMs): boolean {
    if (this.update(number)?.state !== 'waiting') return false;
    const sql = 'UPDATE quarantine SET state = ?, decided_by = ?, decided_at = ? WHERE number = ?';
    this.#statements.run(sql, state, by, at, number);
    return true;
  }
}

function toUpdate(row: Row): QuarantinedUpdate {
  const parsed = parseDocumentName(row['document']);
  if (!parsed.ok) throw new TypeError('a quarantined update with a malformed document name');
  const keyId = textOrNull(row, 'seal_key');
  return {
    number: integer(row, 'number'),
    at: integer(row, 'at'),
    reason: toReason(text(row, 'reason')),
    document: parsed.value.name,
    area: text(row, 'area'),
    person: text(row, 'person'),
    device: text(row, 'device'),
    update: bytes(row, 'update'),
    marks: toMarks(text(row, 'marks')),
    seal: keyId === null ? null : { keyId, wrapped: bytes(row, 'seal_wrapped') },
    state: toState(text(row, 'state')),
    decidedBy: textOrNull(row, 'decided_by'),
    decidedAt: integerOrNull(row, 'decided_at'),
  };
}

function toReason(stored: string): QuarantineReason {
  if (stored === 'revoked' || stored === 'late') return stored;
  throw new TypeError('a quarantined update for an unknown reason');
}

function toState(stored: string): QuarantineState {
  if (stored === 'waiting' || stored === 'taken' || stored === 'set-aside') return stored;
  throw new TypeError('a quarantined update in an unknown state');
}
