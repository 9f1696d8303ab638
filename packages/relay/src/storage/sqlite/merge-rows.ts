import type { Merge } from '../records.ts';
import { packAuthors } from '../packed-authors.ts';
import { CHAIN, CHAIN_UP_TO } from './log-rows.ts';
import { integer, type Row } from './row.ts';
import type { Statements } from './statements.ts';

/** The rows between two of a document, oldest first. Values: name, the one before, the last. */
const FOUND = `${CHAIN_UP_TO} SELECT log.seq, first, prev FROM chain CROSS JOIN log ON log.seq = chain.seq ORDER BY log.seq`;
/** Merged rows are the oldest of a log. Values: name, 0. */
const SUMS = `${CHAIN} SELECT count(*) AS log_rows, count(*) FILTER (WHERE first = log.seq) AS tail_rows,
    coalesce(sum(bytes) FILTER (WHERE first = log.seq), 0) AS tail_bytes,
    coalesce(sum(bytes) FILTER (WHERE first < log.seq), 0) AS state_bytes,
    coalesce(max(log.seq) FILTER (WHERE first < log.seq), 0) AS state_seq
  FROM chain CROSS JOIN log ON log.seq = chain.seq`;

/**
 * Puts one row in the place of several. False, and nothing is changed, if the log no longer holds exactly these. In this
 * order the triggers let it through: whose the rows were, then the row that covers them, then the rows go.
 */
export function mergeRows(statements: Statements, { document, rows, update, authors }: Merge): boolean {
  const [oldest] = rows;
  const last = rows.at(-1);
  if (!oldest || !last || rows.length < 2) return false;
  const found = statements.all(FOUND, document, oldest.seq - 1, last.seq);
  if (!isSame(found, rows)) return false;
  const before = found[0] ? integer(found[0], 'prev') : 0;
  const { first } = oldest;
  statements.run(
    'INSERT INTO authorship (document, first_seq, last_seq, packed) VALUES (?, ?, ?, ?)',
    document,
    first,
    last.seq,
    packAuthors(authors),
  );
  const merged = `UPDATE log SET first = ?, prev = ?, bytes = ?, source = 'relay', person = '', device = '', marks = '[]',
    "update" = ? WHERE seq = ?`;
  statements.run(merged, first, before, update.byteLength, update, last.seq);
  for (const { seq } of rows.slice(0, -1)) statements.run('DELETE FROM log WHERE seq = ?', seq);
  const covered = `DELETE FROM authorship WHERE document = ? AND first_seq >= ? AND last_seq <= ?
    AND NOT (first_seq = ? AND last_seq = ?)`;
  statements.run(covered, document, first, last.seq, first, last.seq);
  moveState(statements, document);
  return true;
}

/** Instead of a merged state of its own the document has the merged rows its log begins with. */
export function moveState(statements: Statements, document: string): void {
  const sums = statements.get(SUMS, document, 0);
  if (!sums) return;
  statements.run('DELETE FROM document_state WHERE document = ?', document);
  statements.run(
    `UPDATE document SET state_seq = ?, state_bytes = ?, tail_rows = ?, tail_bytes = ?, log_rows = ? WHERE name = ?`,
    integer(sums, 'state_seq'),
    integer(sums, 'state_bytes'),
    integer(sums, 'tail_rows'),
    integer(sums, 'tail_bytes'),
    integer(sums, 'log_rows'),
    document,
  );
}

function isSame(found: readonly Row[], wanted: Merge['rows']): boolean {
  return (
    found.length === wanted.length &&
    found.every(
      (row, index) =>
        integer(row, 'first') === wanted[index]?.first && integer(row, 'seq') === wanted[index]?.seq,
    )
  );
}
