import type { ErrorCode, InstantMs, Result } from '../../foundation/index.ts';
import type { MovedRun } from './moved-structs.ts';
import type { Change, DocumentName, Feed, Receipt, RescuedRefusal, TimeMark } from '../../protocol/index.ts';

/** One local edit as it went into the log of raw local updates; never a re-encoding of a merged document. */
export interface LocalRow {
  /** Counts up per device, over all documents. */
  readonly row: number;
  /** Yjs update, V1. */
  readonly update: Uint8Array;
  /** Device time of the edit; of several merged ones, of the first. */
  readonly at: InstantMs;
  /** Several merged edits: when each part was written. */
  readonly marks?: readonly TimeMark[];
}

/** One stored update of any origin. */
export interface StoredRow extends LocalRow {
  readonly isLocal: boolean;
}

/** A document with edits that are not yet known to be stored at the relay. */
export interface OutboxDocument {
  readonly document: DocumentName;
  /** The area of a household that the relay does not know yet; '' otherwise. */
  readonly area: string;
  /** Something of it was refused: every row goes up as an item of its own, so that the refusal meets one edit only. */
  readonly isSplit: boolean;
  readonly rows: readonly LocalRow[];
}

export interface SyncPosition {
  /** '' before the first answer. */
  readonly epoch: string;
  readonly feeds: readonly Feed[];
  /** Number of the relay's ledger of erasures that everything here has been through; absent: 0, none. */
  readonly erasures?: number;
}

/** What the relay answered, to be taken over in one transaction. */
export interface AnswerToStore {
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
  /** Documents whose first change is the whole document as the relay has it. */
  readonly whole: readonly DocumentName[];
  /** Documents here of which something was erased: all there is of each has to be replaced. Absent: none. */
  readonly erased?: readonly DocumentName[];
  readonly position: SyncPosition;
}

/** Why the relay did not take one row, or all unsent ones. */
export interface Refusal {
  readonly code: ErrorCode;
  /** `<root>/<key>` of what was not acceptable; empty: all of it. */
  readonly paths: readonly string[];
  /** The row that was refused, the first that is not stored. */
  readonly upTo: number;
  /** Whether the relay's whole document came after it, which a rebuild starts from. */
  readonly hasWhole: boolean;
  /** The row that holds it; absent: none has come. */
  readonly wholeRow?: number;
}

/** An edit of this person that the relay did not take, for the author to read (P5). */
export type RefusedEdit = RescuedRefusal;

/** Everything the device has of one document. */
export interface DocumentContents {
  /** Counts the rebuilds. An open copy of an earlier generation may not be written to any more. */
  readonly generation: number;
  /** Local rows up to this one are stored at the relay. */
  readonly storedUpTo: number;
  /** Local rows up to this one were stored in some epoch: the relay took them once. */
  readonly onceStoredUpTo: number;
  /** Rebuilds since the relay last stored something of it. */
  readonly rebuilds: number;
  readonly refusal: Refusal | null;
  /** Structs that rebuilds wrote anew. */
  readonly moved: readonly MovedRun[];
  /** In the order they were stored. */
  readonly rows: readonly StoredRow[];
}

/** Where a document belongs, and whether it may differ from the relay's. */
export interface HeldDocument {
  readonly document: DocumentName;
  /** 16 digits; '' if unknown. */
  readonly area: string;
  /** Edits made here are not yet known to be stored at the relay, or were refused. */
  readonly isWaiting: boolean;
}

/** What takes the place of a document's unsent rows. */
export interface Rebuilt {
  /** Of the contents it was made from. */
  readonly generation: number;
  /** The last row of the contents it was made from; 0 if there was none. */
  readonly lastRow: number;
  /** The unsent rows it replaces. */
  readonly replaced: readonly number[];
  readonly rows: readonly { readonly update: Uint8Array; readonly at: InstantMs }[];
  /** What it wrote anew; the store keeps the last {@link MOST_MOVED_RUNS}. */
  readonly moved: readonly MovedRun[];
  readonly refused: readonly RefusedEdit[];
  /** It replaces all there is of the document: what the list shows of it and what was refused of it go as well. Absent: no. */
  readonly isWhole?: boolean;
}

/**
 * Where a device keeps its documents: the vault in the app, memory in simulations. A returned promise that resolves means
 * *stored*: the transaction is complete. One that rejects means nothing of it was kept.
 */
export interface DocumentStore {
  /**
   * Appends one local edit and sets the dirty mark, in one transaction. Returns the row number. Where `generation` is given
   * and the document was rebuilt since, nothing is kept and it resolves to null: the open copy is of the past.
   */
  appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number>;
  appendLocal(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    generation: number,
  ): Promise<number | null>;
  /** All updates of a document, in the order they were stored; empty if it is not here. */
  updates(document: DocumentName): Promise<readonly Uint8Array[]>;
  /** Everything of a document in one consistent view; null if nothing of it is here. */
  contents(document: DocumentName): Promise<DocumentContents | null>;
  /** Names of all documents that are here. */
  documents(): Promise<readonly DocumentName[]>;
  /** All documents that are here, none of them opened. */
  held(): Promise<readonly HeldDocument[]>;
  /** Dirty documents, oldest edit first, with all their unsent rows; stops after the document that reaches `aimBytes`. */
  outbox(aimBytes: number): Promise<readonly OutboxDocument[]>;
  /**
   * The local log of one document from its first row, for `resync`: marks every row as unsent again. Its area is named again,
   * since the relay may have lost all of it.
   */
  resend(document: DocumentName): Promise<void>;
  /** How far the feeds have come. */
  position(): Promise<SyncPosition>;
  /**
   * Takes over an answer: changes, receipts and position, all or nothing. Documents touched count as changed. A position in
   * another epoch than the one before marks the local logs of all documents as unsent: the relay may have lost what it
   * acknowledged in the earlier one.
   */
  takeOver(answer: AnswerToStore): Promise<void>;
  /** Rows of `document` up to `upTo` are stored at the relay (from a live connection). */
  acknowledge(document: DocumentName, upTo: number): Promise<void>;
  /** The relay refused what reached to row `upTo` (from a live connection). */
  refuse(document: DocumentName, upTo: number, code: ErrorCode, paths: readonly string[]): Promise<void>;
  /** Appends what came in over a live connection. */
  appendRemote(document: DocumentName, update: Uint8Array): Promise<void>;
  /** Documents with a refusal that a rebuild could work off. */
  refusedDocuments(): Promise<readonly DocumentName[]>;
  /** Swaps the unsent rows for the rebuilt ones, in one transaction; false, and nothing done, if anything came in between. */
  rebuild(document: DocumentName, rebuilt: Rebuilt): Promise<boolean>;
  /**
   * Something was erased of a document that the relay does not send this person (any more): everything of it goes that came from
   * there or is stored there, and an edit that was refused as erased. What was never sent stays, and goes up.
   */
  release(document: DocumentName): Promise<void>;
  /** Edits that were refused and that their author has not put away, oldest first. */
  refusedEdits(document: DocumentName): Promise<readonly RefusedEdit[]>;
  /** Their author has read them. */
  forgetRefused(document: DocumentName): Promise<void>;
}

/** What the store knows of a document without opening it. */
export interface DocumentState {
  readonly document: DocumentName;
  readonly area: string;
  /** Edits made here are not yet known to be stored at the relay. */
  readonly isWaiting: boolean;
  /** All of what waits was refused: it is not sent before the next edit. */
  readonly isKept: boolean;
  /** Something was refused that its author has not dealt with. */
  readonly refused: ErrorCode | null;
  /** Counts the rebuilds after refusals. */
  readonly generation: number;
  /** Counts how often rows were merged: a row that was read may have become another under the same number. */
  readonly merges: number;
  readonly updatedAt: InstantMs;
}

/** What came to a document since a row. */
export interface DocumentNews {
  /** null if nothing of it is here. */
  readonly state: DocumentState | null;
  readonly lastRow: number;
  readonly rows: readonly { readonly row: number; readonly isLocal: boolean; readonly update: Uint8Array }[];
}

/** A store that several tabs of one device share. */
export interface TabStore extends DocumentStore {
  /** Updates whose row is above `row` and not `held`, oldest first, and the state of the document at that moment. */
  news(document: DocumentName, row: number, held: (row: number) => boolean): Promise<DocumentNews>;
  /** Local rows that are not known to be stored at the relay, in order; of every tab of this device. */
  unsentRows(document: DocumentName): Promise<readonly number[]>;
  /** Calls back after every transaction that changed documents, of whatever tab; returns how to stop. */
  onStored(listener: (documents: readonly DocumentName[]) => void): () => void;
}

/** Carries one request body to the relay and the answer body back; compression is its own business. */
export interface ExchangeTransport {
  /** A failure of the link or of the relay is `unavailable`; other codes are the relay's own. `waitMs`: its wish. */
  exchange(body: Uint8Array): Promise<Result<Uint8Array>>;
}
