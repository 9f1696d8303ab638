import { parseDocumentName, type DocumentName } from '@rukun/core/protocol';
import type { Erasure, ErasureWriter, NumberedErasure, RedactedRow } from '../erasures.ts';
import { moveState } from './merge-rows.ts';
import { integer, text, textOrNull, type Row } from './row.ts';
import type { Statements } from './statements.ts';

const ADD = `INSERT INTO erasure (id, document, area, member, fields, answered, at, request, by, is_open)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`;

/** The ledger of erasures in SQLite. */
export class SqliteErasures implements ErasureWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  after(number: number, most: number): readonly NumberedErasure[] {
    const sql = 'SELECT * FROM erasure WHERE number > ? ORDER BY number LIMIT ?';
    return this.#statements.all(sql, number, most).map(toErasure);
  }

  last(): number {
    const row = this.#statements.get('SELECT coalesce(max(number), 0) AS number FROM erasure');
    return row ? integer(row, 'number') : 0;
  }

  concerns(document: DocumentName): boolean {
    return this.#statements.get('SELECT 1 FROM erasure WHERE document = ? LIMIT 1', document) !== null;
  }

  has(id: string): boolean {
    return this.#statements.get('SELECT 1 FROM erasure WHERE id = ?', id) !== null;
  }

  open({ id, document, area, member, fields, isAnswered, at, request, by }: Erasure): number {
    const json = JSON.stringify(fields);
    return this.#statements.run(ADD, id, document, area, member, json, isAnswered ? 1 : 0, at, request, by);
  }

  close(number: number): void {
    this.#statements.run('UPDATE erasure SET is_open = 0 WHERE number = ?', number);
  }
}

/**
 * Replaces the bytes of rows of a document, drops the state kept beside the log, which holds the same values, and empties what
 * was refused of the document. How many of those there were.
 */
export function redactRows(statements: Statements, document: string, rows: readonly RedactedRow[]): number {
  const redact = 'UPDATE log SET bytes = ?, "update" = ? WHERE seq = ? AND document = ?';
  for (const { seq, update } of rows) statements.run(redact, update.byteLength, update, seq, document);
  moveState(statements, document);
  const count = statements.get('SELECT count(*) AS refused FROM refused WHERE document = ?', document);
  statements.run(`UPDATE refused SET bytes = x'', paths = '[]' WHERE document = ?`, document);
  return count ? integer(count, 'refused') : 0;
}

function toErasure(row: Row): NumberedErasure {
  const parsed = parseDocumentName(row['document']);
  if (!parsed.ok) throw new TypeError('an erasure with a malformed document name');
  return {
    number: integer(row, 'number'),
    id: text(row, 'id'),
    document: parsed.value.name,
    area: text(row, 'area'),
    member: textOrNull(row, 'member'),
    fields: JSON.parse(text(row, 'fields')) as string[],
    isAnswered: integer(row, 'answered') === 1,
    at: integer(row, 'at'),
    request: text(row, 'request'),
    by: text(row, 'by'),
  };
}
