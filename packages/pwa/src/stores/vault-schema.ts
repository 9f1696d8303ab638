import type { DBSchema } from 'idb';
import type { ErrorCode, InstantMs } from '@rukun/core/foundation';
import type { DocumentName, Feed, TimeMark } from '@rukun/core/protocol';
import type { MovedRun, Refusal } from '@rukun/core/sync';

/**
 * 1 - updates, documents, counters, state.
 * 2 - `refused`: edits the centre did not take, for their author.
 * 3 - everything is sealed; a mark in `state` where rows of an earlier version are not yet.
 */
export const VAULT_VERSION = 3;

/** One update as it was stored. Rows count up over all documents and are never given out twice. */
export interface UpdateRow {
  readonly row: number;
  readonly document: DocumentName;
  /** 1: written on this device; 0: came from the relay. A number, since IndexedDB indexes no booleans. */
  readonly local: 0 | 1;
  readonly at: InstantMs;
  /** Sealed Yjs update, V1. */
  readonly bytes: Uint8Array;
  /** Of merged rows of this device: when each part was written. */
  readonly marks?: readonly TimeMark[];
}

/** What is known of a document without opening it. Nothing personal outside `entry`. */
export interface DocumentRow {
  readonly document: DocumentName;
  /** Sub-SLS, 16 digits; '' if unknown. */
  area: string;
  /** The relay has not stored anything of it yet: the next exchange item has to name the area. */
  isNew: boolean;
  /** First unsent local row, and so the order of the outbox. Absent: nothing to send. */
  dirtyFrom?: number;
  /** Local rows up to this one are stored at the relay. */
  storedUpTo: number;
  /** Local rows up to this one were stored in some epoch; absent: as `storedUpTo`. */
  onceStoredUpTo?: number;
  /** 1 while the relay has not confirmed every edit made here; absent otherwise. */
  waiting?: 1;
  /** Why the relay refused all of the last item, until a later one is stored. Until the next edit nothing is sent again. */
  refused: ErrorCode | null;
  /** What a rebuild has to work off; nothing of the document is sent before. */
  refusal?: Refusal;
  /** 1 while `refusal` is there; absent otherwise. */
  isRefused?: 1;
  /** 1: every row goes up as an item of its own, until all are stored. */
  isSplit?: 1;
  /** Counts how often rows were merged; absent: 0. */
  merges?: number;
  /** Counts the rebuilds; absent: 0. */
  generation?: number;
  /** Structs that rebuilds wrote anew; absent: none. */
  moved?: readonly MovedRun[];
  /** Rebuilds since the relay last stored something of it; absent: 0. */
  rebuilds?: number;
  /** Why edits of this document were not taken that their author has not put away; absent: there are none. */
  refusedEdits?: ErrorCode;
  /** The last row of any origin. */
  lastRow: number;
  updatedAt: InstantMs;
  /** Sealed catalogue entry, made of the rows up to `entryRow`. */
  entry: Uint8Array | null;
  entryRow: number;
  /** 1 while rows came after the entry; absent otherwise. */
  stale?: 1;
}

interface PositionRow {
  readonly key: 'position';
  readonly epoch: string;
  readonly feeds: readonly Feed[];
  /** Absent: 0. */
  readonly erasures?: number;
}

/** The last complete comparison with the centre. */
interface AuditRow {
  readonly key: 'audit';
  readonly epoch: string;
  readonly at: InstantMs;
}

/** Rows of an earlier version that were not sealed: those of `store` behind `after`, and of the stores that follow. */
export interface PlainRow {
  readonly key: 'plain';
  readonly store: 'updates' | 'documents' | 'refused';
  /** Key of the last row that is sealed; null: none of this store is. */
  readonly after: IDBValidKey | null;
  /** Rows looked at so far. */
  readonly done: number;
}

/** The vault: all personal documents of one person on one device, in one database. */
export interface VaultSchema extends DBSchema {
  updates: {
    key: number;
    value: UpdateRow;
    indexes: { document: [DocumentName, 0 | 1] };
  };
  documents: {
    key: DocumentName;
    value: DocumentRow;
    indexes: { dirty: number; stale: number; waiting: number; refused: number };
  };
  /** The next free number of ids made in a document. */
  counters: { key: DocumentName; value: { readonly document: DocumentName; readonly next: number } };
  state: { key: string; value: PositionRow | AuditRow | PlainRow };
  /** Edits the centre did not take: a sealed RefusedEdit each. */
  refused: {
    key: number;
    value: { readonly document: DocumentName; readonly bytes: Uint8Array };
    indexes: { document: DocumentName };
  };
}

export type VaultStoreName = 'updates' | 'documents' | 'counters' | 'state' | 'refused';

/** A document of which nothing is here yet. */
export function newDocumentRow(document: DocumentName): DocumentRow {
  return {
    document,
    area: '',
    isNew: false,
    storedUpTo: 0,
    refused: null,
    lastRow: 0,
    updatedAt: 0,
    entry: null,
    entryRow: 0,
  };
}
