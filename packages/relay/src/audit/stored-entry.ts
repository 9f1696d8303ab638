import type { DocumentName } from '@rukun/core/protocol';
import type { SealedEntry } from './trail.ts';
import type { RowAuthorship } from './row-digest.ts';

/** An entry as it was found; nothing about it is certain. */
export interface StoredEntry extends Omit<SealedEntry, 'documentsDigest'> {
  /** Of a `read`; '?' for one that cannot be told. */
  readonly documents: readonly (DocumentName | '?')[];
}

/** One state of a storage, for whoever checks or copies its audit log. Nothing is held in memory as a whole. */
export interface AuditSource {
  /** In the order of the log. */
  entries(): Iterable<StoredEntry>;
  /** Whose the rows `from` to `to` of the log of documents are, merged or not, in order. */
  authorship(from: number, to: number): Iterable<RowAuthorship>;
  /** The number of the last row of the log of documents; 0 if there is none. */
  lastRow(): number;
  /** Whether the entry is found by each of its documents. */
  isFoundByDocuments(entry: StoredEntry): boolean;
  /** Documents of all entries together, as they are found by document. */
  readingCount(): number;
}

/** A time as it is shown; one that cannot be one is not. */
export function timeText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'no time' : date.toISOString();
}
