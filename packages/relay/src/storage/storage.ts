import type { Assignment } from '@rukun/core/board';
import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type { InstantMs } from '@rukun/core/foundation';
import type { AccountsReader, AccountsWriter } from './accounts.ts';
import type { AccessReader, AccessWriter } from './access-store.ts';
import type { QuarantineReader, QuarantineWriter } from './quarantine.ts';
import type { AuditReader, AuditWriter } from './audit-store.ts';
import type { DirectoryReader, DirectoryWriter } from './directory.ts';
import type { ErasureReader, ErasureWriter, RedactedRow } from './erasures.ts';
import type { RetentionWriter } from './retention.ts';
import type {
  LogRow,
  LogSize,
  Merge,
  NewDevice,
  NewLogRow,
  NewPerson,
  Refusal,
  StoredArea,
  StoredDevice,
  StoredDocument,
  StoredPerson,
  Tail,
} from './records.ts';

/** Rows of one document in the log before older ones are merged. */
export const LONGEST_LOG = 64;

/** What a reader of the relay's storage can see: one state of it, everything in it *stored*. */
export interface StorageReader extends AuditReader {
  /** Random at creation; cursors and positions belong to it. */
  epoch(): string;
  /** The client id under which the relay itself writes into documents in this epoch. */
  relayClient(): number;
  /** All client ids the relay ever wrote under, the present one last. */
  relayClients(): readonly number[];
  /** A setting of this relay, or null. */
  setting(name: string): string | null;

  person(id: string): StoredPerson | null;
  personByUserName(userName: string): StoredPerson | null;
  /** Everybody, by user name. */
  people(): readonly StoredPerson[];
  /** Them, to be looked through. */
  readonly directory: DirectoryReader;

  /** Sign-ins, devices and passwords. */
  readonly accounts: AccountsReader;
  /** Edits that were not taken in and wait for a decision. */
  readonly quarantine: QuarantineReader;
  readonly access: AccessReader;

  /** Null also for a device that was signed out or revoked. */
  device(id: string): StoredDevice | null;
  /** Whose device that is, or was before it was signed out; null if there is none. */
  personOfDevice(id: string): string | null;
  isTagTaken(tag: string): boolean;

  /** The areas whose code begins with one of `within`, or all, by code. */
  areas(within?: readonly string[]): readonly StoredArea[];
  /** The boards' assignments of the areas whose code begins with one of `within`, or all, by area code. */
  assignments(within?: readonly string[]): readonly Assignment[];
  /**
   * Those that name the person as what they are, officer or supervisor, also where another stands beside them. Where they stand in
   * the column of a role that is no longer theirs, they have nothing.
   */
  assignmentsOf(person: Pick<StoredPerson, 'id' | 'role'>): readonly Assignment[];

  document(name: DocumentName): StoredDocument | null;
  /** Names of all documents of one kind, in order. */
  documentNames(kind: DocumentKind): readonly DocumentName[];
  /** Documents of an area with a commit after `after`, in the order of their last commit. */
  documentsOfArea(area: string, after: number): readonly StoredDocument[];
  /** The whole document: V1 updates without gaps, to be applied in this order. Empty if it is not known. */
  updates(name: DocumentName): readonly Uint8Array[];
  /**
   * The document's rows of the log, oldest first, with their bytes: applied in this order they are the document. With
   * `after` only those with a higher number, with `upTo` only those up to the one with that number, which must be one of
   * the document's.
   */
  log(name: DocumentName, after?: number, upTo?: number): readonly LogRow[];
  /**
   * Size and author of the document's rows after `after`, oldest first, without their bytes. A row that was merged from
   * several has the number of the last of them: who has all rows up to `after` lacks only what these hold.
   */
  logSizes(name: DocumentName, after: number): readonly LogSize[];
  /** The bytes of one row. */
  logUpdate(seq: number): Uint8Array;
  /** The number of the latest commit; 0 before the first. Numbers are in the order of the commits. */
  lastSeq(): number;
  /** Documents with more than {@link LONGEST_LOG} rows in the log, the longest first, at most `most`. */
  longLogs(most: number): readonly DocumentName[];
  /** The device a client id belongs to in a document, '' for one of the relay's own, or null. */
  clientOwner(name: DocumentName, client: number): string | null;
  /** The latest refused updates, newest first. */
  refusals(most: number): readonly Refusal[];
  /** The ledger of what was erased on lawful request. */
  readonly erasures: ErasureReader;
}

/** What a transaction can do. Nothing of it is stored before {@link Storage.transact} returns. */
export interface StorageWriter extends StorageReader, AuditWriter {
  readonly accounts: AccountsWriter;
  readonly quarantine: QuarantineWriter;
  readonly directory: DirectoryWriter;
  readonly access: AccessWriter;
  setSetting(name: string, value: string): void;
  addPerson(person: NewPerson): void;
  addDevice(device: NewDevice): void;
  markDeviceSeen(id: string, at: InstantMs): void;
  addArea(area: StoredArea): void;
  putAssignment(assignment: Assignment): void;
  /** Makes a document known and binds it to its area ('' for a board). */
  addDocument(name: DocumentName, kind: DocumentKind, area: string): void;
  /** Appends to the log of a known document and returns the row's number, higher than every one before. */
  append(row: NewLogRow): number;
  /** What the log has gained since the merged state was last kept. */
  tail(name: DocumentName): Tail;
  /** Keeps the merged state of a document as of its latest row, so that reading it needs no older rows. */
  keepState(name: DocumentName, state: Uint8Array): void;
  /**
   * Puts one row in the place of several that follow each other. False, and nothing is changed, if the log no longer holds
   * exactly these rows in this order. The merged state is dropped: the rows are few enough to read.
   */
  mergeRows(merge: Merge): boolean;
  readonly erasures: ErasureWriter;
  /** Removes what is kept for a while only. */
  readonly retention: RetentionWriter;
  /**
   * Replaces the content of rows of a document of which an erasure is open, drops the merged state, and empties what was
   * refused of it. Returns how many refused updates that were.
   */
  redact(name: DocumentName, rows: readonly RedactedRow[]): number;
  /** Binds a client id to a device; one that is bound stays where it is. */
  claim(name: DocumentName, client: number, device: string): void;
  /** Keeps a refused update for the supervisor to look at; old ones make room. */
  keepRefusal(refusal: Refusal): void;
}

/**
 * Where the relay keeps everything. Synchronous: what `transact` wrote is on disk when it returns, and it runs alone.
 * Throws {@link StorageUnavailable} when the disk does not do its part; whatever else `f` throws passes through. In
 * both cases nothing of the transaction is kept and the next one may succeed.
 */
export interface Storage {
  read<T>(f: (reader: StorageReader) => T): T;
  transact<T>(f: (writer: StorageWriter) => T): T;
  /** Overwrites on the disk what was removed or replaced, the journal included. False where somebody still reads: later. */
  sweep(): boolean;
  close(): void;
}

/** The disk is full, failing or locked: not a fault of the caller. `reason` is the storage's own short word for it. */
export class StorageUnavailable extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`storage unavailable: ${reason}`);
    this.name = 'StorageUnavailable';
    this.reason = reason;
  }
}
