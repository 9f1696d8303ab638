import type { ErrorCode, InstantMs, Role } from '@rukun/core/foundation';
import type { DocumentKind, DocumentName, TimeMark } from '@rukun/core/protocol';

/** Someone who can sign in. */
export interface StoredPerson {
  /** Opaque; what documents name as author. */
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly role: Role;
  /** Printed code of officers and supervisors, else ''. */
  readonly code: string;
  /** The beginning of the area codes the office covers: of a coordinator 7 digits, of an administrator 4 or '' for all; else mostly ''. */
  readonly area: string;
  /** As `auth/password.ts` writes it. */
  readonly passwordHash: string;
  /** It is a one-time password: all it opens is the way to an own one. */
  readonly mustChangePassword: boolean;
  /** Since when the person may no longer sign in, or null. What they wrote stays theirs. */
  readonly endedAt: InstantMs | null;
}

/** A person as they are added: active. */
export interface NewPerson extends Omit<StoredPerson, 'area' | 'mustChangePassword' | 'endedAt'> {
  /** '' where it is left out. */
  readonly area?: string;
  /** False where it is left out. */
  readonly mustChangePassword?: boolean;
}

/** One sign-in on one machine. */
export interface StoredDevice {
  readonly id: string;
  readonly person: string;
  /** Prefix of the ids made on it. */
  readonly tag: string;
  readonly lastSeenAt: InstantMs;
}

export interface NewDevice {
  readonly id: string;
  readonly person: string;
  readonly tag: string;
  readonly label: string;
  readonly enrolledAt: InstantMs;
}

/** One sub-SLS. */
export interface StoredArea {
  /** 16 digits. */
  readonly id: string;
  readonly name: string;
  readonly village: string;
  readonly kecamatan: string;
  readonly regency: string;
  readonly province: string;
  readonly codesAreMadeUp: boolean;
}

export interface StoredDocument {
  readonly name: DocumentName;
  readonly kind: DocumentKind;
  /** The relay's binding, 16 digits; '' for a board. */
  readonly area: string;
  /** Number of the latest row. */
  readonly lastSeq: number;
}

/** `device`: sent by one; `relay`: the relay's own in the same commit; `import`: the relay's own at an import. */
export type LogSource = 'device' | 'relay' | 'import';

export interface NewLogRow {
  readonly document: DocumentName;
  /** V1. */
  readonly update: Uint8Array;
  readonly source: LogSource;
  /** '' where the relay wrote. */
  readonly person: string;
  readonly device: string;
  /** Device time of the latest part, as the device says. */
  readonly deviceAt: InstantMs;
  readonly receivedAt: InstantMs;
  readonly marks: readonly TimeMark[];
}

/** Structs of one client id: clocks from `from` up to, not including, `to`. */
export interface ClockRange {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

/** Who brought what into a document in one row, whether that row still stands or was merged with others. */
export interface AuthoredRow extends Omit<NewLogRow, 'document' | 'update'> {
  readonly seq: number;
  /** The structs it was the first to bring. */
  readonly structs: readonly ClockRange[];
  /** The structs it said are deleted; none that an earlier row of the same merge had said already. */
  readonly deleted: readonly ClockRange[];
}

export interface LogRow extends NewLogRow {
  readonly seq: number;
  /** The number of the earliest row merged into this one; `seq` where none was. */
  readonly first: number;
  /** Whose the rows merged into this one were, oldest first; empty where none was. */
  readonly authors: readonly AuthoredRow[];
}

export interface LogSize {
  readonly seq: number;
  /** As in {@link LogRow}. Two rows of a document with the same `first` and `seq` hold the same. */
  readonly first: number;
  readonly bytes: number;
  /**
   * The device that surely has it on its disk, since it came out of the log there, with marks. '' for a row of the relay's own,
   * for one that was merged from several, and for one that came over a live connection: a tab may die between sending an
   * edit and storing it.
   */
  readonly device: string;
}

/** Rows of one document that follow each other, to become one row with the number of the last. */
export interface Merge {
  readonly document: DocumentName;
  /** The rows as they were read. */
  readonly rows: readonly Pick<LogSize, 'first' | 'seq'>[];
  /** V1: all they brought, also what was overwritten since. */
  readonly update: Uint8Array;
  readonly authors: readonly AuthoredRow[];
}

/** What has to be read of a document besides its kept state. */
export interface Tail {
  readonly rows: number;
  readonly bytes: number;
  /** Size of the kept state; 0 if there is none. */
  readonly stateBytes: number;
}

/** An update that was not accepted. */
export interface Refusal {
  readonly at: InstantMs;
  readonly document: DocumentName;
  readonly person: string;
  readonly device: string;
  readonly code: ErrorCode;
  readonly paths: readonly string[];
  /** The update, or its beginning. */
  readonly bytes: Uint8Array;
}
