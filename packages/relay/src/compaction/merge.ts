import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { authoredRows } from '../commit/authorship.ts';
import type { AuthoredRow, LogRow, LogSize, Merge } from '../storage/records.ts';
import type { StorageReader } from '../storage/storage.ts';
import { ClockSet } from './clock-set.ts';
import { mergeMany } from './merge-many.ts';
import { planMerge } from './plan.ts';
import { isSameContent } from './same-content.ts';

/** A log of at most so many bytes is opened whole to compare; that takes about 5 ms. */
const WHOLE_BYTES = 32 * 1024;

/**
 * One row for several that follow each other in the log of a document: all they brought, also what was overwritten since,
 * and whose each was. `sizes` are those of the whole log. Reads only the rows it merges unless the log is small. Null if none
 * need to be merged.
 *
 * Throws unless the row brings exactly what they brought, without a gap, by the same authors; and, of a small log, unless
 * the document with it is the same to the byte.
 */
export function buildMerge(
  reader: StorageReader,
  document: DocumentName,
  sizes: readonly LogSize[],
): Merge | null {
  const plan = planMerge(sizes);
  if (!plan) return null;
  const [first] = plan;
  const last = plan.at(-1);
  if (!first || !last) throw new RangeError('nothing to merge');
  const isSmall = sizes.reduce((sum, { bytes }) => sum + bytes, 0) <= WHOLE_BYTES;
  const before = sizes.findLast(({ seq }) => seq < first.seq)?.seq ?? 0;
  const log = (isSmall ? reader.log(document) : reader.log(document, before, last.seq)).map(withAuthors);
  const start = log.findIndex(({ seq }) => seq === first.seq);
  const rows = log.slice(start, start + plan.length);
  const latest = rows.at(-1);
  if (latest?.seq !== last.seq) throw new RangeError('rows to merge that are not in the log');
  const updates = rows.map((row) => row.update);
  const update = mergeMany(updates);
  if (!isSameContent(updates, update)) throw new Error('the merged row holds something else');
  const authors = sayOnce(authoredRows(rows));
  const after = log.toSpliced(start, rows.length, { ...latest, first: first.first, update, authors });
  if (!isSameAuthorship(log, after)) throw new Error('the merged row has other authors');
  if (isSmall && !isSameDocument(log, after)) throw new Error('the merged row makes another document');
  return { document, rows, update, authors };
}

/** A row that says itself what it was the first of these to bring: reading that out of the bytes is done once. */
function withAuthors(row: LogRow): LogRow {
  return row.authors.length > 0 ? row : { ...row, authors: authoredRows([row]) };
}

/** Each deletion is kept where it was said first: who sends what a phone holds repeats all it knows of. */
function sayOnce(rows: readonly AuthoredRow[]): AuthoredRow[] {
  const said = new ClockSet();
  return rows.map((row) => ({ ...row, deleted: row.deleted.flatMap((range) => said.add(range)) }));
}

function isSameDocument(log: readonly LogRow[], other: readonly LogRow[]): boolean {
  const [before, after] = [log, other].map(encodeWhole);
  return before !== undefined && after !== undefined && Buffer.compare(before, after) === 0;
}

/** The document rows make, with all that was overwritten; applied as one, since each by itself costs ten times as much. */
function encodeWhole(rows: readonly LogRow[]): Uint8Array {
  const doc = new Doc({ gc: false, guid: '' });
  doc.transact(() => {
    for (const { update } of rows) applyUpdate(doc, update);
  });
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log of a document has a gap');
  return encodeStateAsUpdate(doc);
}

function isSameAuthorship(log: readonly LogRow[], other: readonly LogRow[]): boolean {
  const [before, after] = [log, other].map((rows) =>
    JSON.stringify(authoredRows(rows).map((row) => ({ ...row, deleted: [] }))),
  );
  return before === after;
}
