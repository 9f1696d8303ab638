import type { LogSize, Merge } from '../records.ts';
import { packAuthors } from '../packed-authors.ts';
import { LOG_SIZES, toLogSize } from './log-rows.ts';
import type { Statements } from './statements.ts';

/**
 * Puts one row in the place of several. False, and nothing is changed, if the log no longer holds exactly these. In this
 * order the triggers let it through: whose the rows were, then the row that covers them, then the rows go.
 */
export function mergeRows(statements: Statements, { document, rows, update, authors }: Merge): boolean {
  const log = statements.all(LOG_SIZES, document, 0).map(toLogSize);
  const start = log.findIndex(({ seq }) => seq === rows[0]?.seq);
  const found = log.slice(Math.max(start, 0), start + rows.length);
  const last = found.at(-1);
  if (start < 0 || found.length < 2 || !last || !isSame(found, rows)) return false;
  const first = found[0]?.first ?? last.first;
  statements.run(
    'INSERT INTO authorship (document, first_seq, last_seq, packed) VALUES (?, ?, ?, ?)',
    document,
    first,
    last.seq,
    packAuthors(authors),
  );
  const merged = `UPDATE log SET first = ?, prev = ?, bytes = ?, source = 'relay', person = '', device = '', marks = '[]',
    "update" = ? WHERE seq = ?`;
  statements.run(merged, first, log[start - 1]?.seq ?? 0, update.byteLength, update, last.seq);
  for (const { seq } of found.slice(0, -1)) statements.run('DELETE FROM log WHERE seq = ?', seq);
  const covered = `DELETE FROM authorship WHERE document = ? AND first_seq >= ? AND last_seq <= ?
    AND NOT (first_seq = ? AND last_seq = ?)`;
  statements.run(covered, document, first, last.seq, first, last.seq);
  const kept = log.toSpliced(start, found.length, { ...last, first, bytes: update.byteLength });
  moveState(statements, document, kept);
  return true;
}

/** Instead of a merged state of its own the document has the merged rows its log begins with. */
function moveState(statements: Statements, document: string, log: readonly LogSize[]): void {
  const tailAt = log.findIndex(({ first, seq }) => first === seq);
  const merged = tailAt < 0 ? log : log.slice(0, tailAt);
  const tail = log.slice(merged.length);
  statements.run('DELETE FROM document_state WHERE document = ?', document);
  statements.run(
    `UPDATE document SET state_seq = ?, state_bytes = ?, tail_rows = ?, tail_bytes = ?, log_rows = ? WHERE name = ?`,
    merged.at(-1)?.seq ?? 0,
    sizeOf(merged),
    tail.length,
    sizeOf(tail),
    log.length,
    document,
  );
}

function isSame(found: readonly LogSize[], wanted: Merge['rows']): boolean {
  return (
    found.length === wanted.length &&
    found.every(({ first, seq }, index) => first === wanted[index]?.first && seq === wanted[index]?.seq)
  );
}

function sizeOf(rows: readonly LogSize[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}
