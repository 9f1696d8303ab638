import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';

/** One lawful request that was carried out. Holds no personal value, and is kept for ever. */
export interface Erasure {
  /** Random; names it in the document, in the ledger and in every backup it is applied to. */
  readonly id: string;
  readonly document: DocumentName;
  /** Where the document lies, 16 digits: a backup may not have it yet. */
  readonly area: string;
  /** Null for the whole household. */
  readonly member: string | null;
  /** What else went, `<root>/<key>`. */
  readonly fields: readonly string[];
  /** Whether anything had been answered on a device. */
  readonly isAnswered: boolean;
  readonly at: InstantMs;
  /** The number the request is filed under. */
  readonly request: string;
  /** Person id of who did it; '' from the command line. */
  readonly by: string;
}

export interface NumberedErasure extends Erasure {
  /** From 1, in the order this storage learned of them. */
  readonly number: number;
}

export interface ErasureReader {
  /** Those after a number, in order, at most `most`. */
  after(number: number, most: number): readonly NumberedErasure[];
  /** The latest number; 0 before the first. */
  last(): number;
  /** Whether anything of a document was erased. */
  concerns(document: DocumentName): boolean;
  /** Whether one is in the ledger. */
  has(id: string): boolean;
}

export interface ErasureWriter extends ErasureReader {
  /** Puts it into the ledger, and lets the rows of its document be redacted until {@link close}. */
  open(erasure: Erasure): number;
  /** The document is as it should be. */
  close(number: number): void;
}

/** Another content for a row of the log; all else of the row stays. */
export interface RedactedRow {
  readonly seq: number;
  readonly update: Uint8Array;
}
