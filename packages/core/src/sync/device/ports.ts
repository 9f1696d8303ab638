import type { InstantMs, Result } from '../../foundation/index.ts';
import type { Change, DocumentName, Feed, Receipt } from '../../protocol/index.ts';

/** One local edit as it went into the log of raw local updates; never a re-encoding of a merged document. */
export interface LocalRow {
  /** Counts up per device, over all documents. */
  readonly row: number;
  /** Yjs update, V1. */
  readonly update: Uint8Array;
  /** Device time of the edit. */
  readonly at: InstantMs;
}

/** A document with edits that are not yet known to be stored at the relay. */
export interface OutboxDocument {
  readonly document: DocumentName;
  /** The area of a household that the relay does not know yet; '' otherwise. */
  readonly area: string;
  readonly rows: readonly LocalRow[];
}

export interface SyncPosition {
  /** '' before the first answer. */
  readonly epoch: string;
  readonly feeds: readonly Feed[];
}

/** What the relay answered, to be taken over in one transaction. */
export interface AnswerToStore {
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
  readonly position: SyncPosition;
}

/**
 * Where a device keeps its documents: the vault in the app, memory in simulations. A returned promise that resolves means
 * *stored*: the transaction is complete. One that rejects means nothing of it was kept.
 */
export interface DocumentStore {
  /** Appends one local edit and sets the dirty mark, in one transaction. Returns the row number. */
  appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number>;
  /** All updates of a document, in the order they were stored; empty if it is not here. */
  updates(document: DocumentName): Promise<readonly Uint8Array[]>;
  /** Dirty documents, oldest edit first, with all their unsent rows; stops after the document that reaches `aimBytes`. */
  outbox(aimBytes: number): Promise<readonly OutboxDocument[]>;
  /** The local log of one document from its first row, for `resync`: marks every row as unsent again. */
  resend(document: DocumentName): Promise<void>;
  /** How far the feeds have come. */
  position(): Promise<SyncPosition>;
  /** Takes over an answer: changes, receipts and position, all or nothing. Documents touched count as changed. */
  takeOver(answer: AnswerToStore): Promise<void>;
  /** Rows of `document` up to `upTo` are stored at the relay (from a live connection). */
  acknowledge(document: DocumentName, upTo: number): Promise<void>;
  /** Appends what came in over a live connection. */
  appendRemote(document: DocumentName, update: Uint8Array): Promise<void>;
}

/** Carries one request body to the relay and the answer body back; compression is its own business. */
export interface ExchangeTransport {
  /** A failure of the link or of the relay is `unavailable`; other codes are the relay's own. `waitMs`: its wish. */
  exchange(body: Uint8Array): Promise<Result<Uint8Array>>;
}
