import { mergeUpdates } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import { authoredRows } from '../commit/authorship.ts';
import type { AuthoredRow, LogRow, Merge } from '../storage/records.ts';
import type { StorageReader } from '../storage/storage.ts';
import { ClockSet } from './clock-set.ts';
import { planMerge } from './plan.ts';
import { isSameContent } from './same-content.ts';

/** A log of at most so many bytes is opened whole to compare; that takes about 5 ms. */
const WHOLE_BYTES = 32 * 1024;

/**
 * One row for several that follow each other in the log of a document: all they brought, also what was overwritten since,
 * and whose each was. Reads only those rows unless the log is small. Null if none need to be merged.
 *
 * Throws unless the row brings exactly what they brought, without a gap, by the same authors; and, of a small log, unless
 * the document with it is the same to the byte.
 */
export function buildMerge(reader: StorageReader, document: DocumentName): Merge | null {
  const sizes = reader.logSizes(document, 0);
  const plan = planMerge(sizes);
  if (!plan) return null;
  const isSmall = sizes.reduce((sum, { bytes }) => sum + bytes, 0) <= WHOLE_BYTES;
  const [first] = plan;
  const before = sizes.findLast(({ seq }) => seq < (first?.first ?? 0))?.seq ?? 0;
  const log = reader.log(document, isSmall ? 0 : before);
  const start = log.findIndex(({ seq }) => seq === first?.seq);
  const rows = log.slice(start, start + plan.length);
  const last = rows.at(-1);
  if (!first || !last) throw new RangeError('rows to merge that are not in the log');
  const updates = rows.map((row) => row.update);
  const update = mergeUpdates(updates);
  if (!isSameContent(updates, update)) throw new Error('the merged row holds something else');
  const authors = sayOnce(authoredRows(rows));
  const after = log.toSpliced(start, rows.length, { ...last, first: first.first, update, authors });
  if (!isSameAuthorship(log, after)) throw new Error('the merged row has other authors');
  if (isSmall && !isSameDocument(log, after)) throw new Error('the merged row makes another document');
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

function isSameAuthorship(log: readonly LogRow[], other: readonly LogRow[]): boolean {
  const [before, after] = [log, other].map((rows) =>
    JSON.stringify(authoredRows(rows).map((row) => ({ ...row, deleted: [] }))),
  );
  return before === after;
}
