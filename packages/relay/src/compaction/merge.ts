import { mergeUpdates } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import { authoredRows } from '../commit/authorship.ts';
import type { AuthoredRow, LogRow, LogSize, Merge } from '../storage/records.ts';
import { ClockSet } from './clock-set.ts';

/**
 * One row for several of a log that is handed in whole: all they brought, also what was overwritten since, and whose each
 * was. Throws unless the log with it is the same document to the byte, without a gap, and every struct keeps its author.
 */
export function buildMerge(document: DocumentName, log: readonly LogRow[], plan: readonly LogSize[]): Merge {
  const start = log.findIndex(({ seq }) => seq === plan[0]?.seq);
  const rows = log.slice(start, start + plan.length);
  const last = rows.at(-1);
  if (start < 0 || !last) throw new RangeError('rows to merge that are not in the log');
  const first = rows[0]?.first ?? last.first;
  const update = mergeUpdates(rows.map((row) => row.update));
  const authored = authoredRows(log);
  const authors = sayOnce(authored.filter(({ seq }) => seq >= first && seq <= last.seq));
  const after = log.toSpliced(start, rows.length, { ...last, first, update, authors });
  if (!isSameDocument(log, after)) throw new Error('the merged rows are not the same document');
  if (!isSameAuthorship(authored, authoredRows(after))) throw new Error('the merged rows have other authors');
  return { document, rows, update, authors };
}

/** Each deletion is kept where it was said first: who sends what a phone holds repeats all it knows of. */
function sayOnce(rows: readonly AuthoredRow[]): AuthoredRow[] {
  const said = new ClockSet();
  return rows.map((row) => ({ ...row, deleted: row.deleted.flatMap((range) => said.add(range)) }));
}

function isSameDocument(log: readonly LogRow[], other: readonly LogRow[]): boolean {
  const [before, after] = [log, other].map((rows) => Scratch.open(rows.map(({ update }) => update)).encode());
  return before !== undefined && after !== undefined && Buffer.compare(before, after) === 0;
}

function isSameAuthorship(rows: readonly AuthoredRow[], other: readonly AuthoredRow[]): boolean {
  const comparable = (each: readonly AuthoredRow[]) =>
    JSON.stringify(each.map((row) => ({ ...row, deleted: [] })));
  return comparable(rows) === comparable(other);
}
