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
  /** As `auth/password.ts` writes it. */
  readonly passwordHash: string;
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
  /** SHA-256 of the token; the token itself is never stored. */
  readonly tokenHash: Uint8Array;
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

export interface LogRow extends NewLogRow {
  readonly seq: number;
}

export interface LogSize {
  readonly seq: number;
  readonly bytes: number;
  readonly device: string;
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
