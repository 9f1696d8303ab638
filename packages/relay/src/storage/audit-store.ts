import type { InstantMs, Role } from '@rukun/core/foundation';
import type { DocumentName, ReadingWay } from '@rukun/core/protocol';
import type { AuditHead } from '../audit/chain.ts';
import type { NewAuditEntry } from '../audit/entry.ts';

/** That somebody was sent a document. */
export interface DocumentReading {
  /** Number of the entry in the audit log. */
  readonly entry: number;
  readonly at: InstantMs;
  readonly person: string;
  readonly device: string;
  /** What the person was then. */
  readonly role: Role;
  readonly how: ReadingWay;
}

/** What ended with an entry of the audit log: a device's sign-in, somebody's work here, the password before; or somebody is back. */
export interface AccessEnd {
  readonly what: (typeof ACCESS_ENDS)[number];
  /** The device's id, or the person's; '' for everybody. */
  readonly id: string;
  readonly at: InstantMs;
}

/** What can end, and `back`: somebody who had left works here again. The first three are of devices. */
export const ACCESS_ENDS = [
  'revoked',
  'token-reused',
  'signed-out',
  'password',
  'left',
  'back',
  'sessions',
] as const;

/** What a reader can see of the audit log. */
export interface AuditReader {
  /** Where the audit log ends. */
  auditHead(): AuditHead;
  /** What ended with entries after that number, in order. */
  accessEnds(after: number): readonly AccessEnd[];
  /** Who was sent a document, latest first, at most `most`; `before`: only entries with a lower number. */
  readersOf(document: DocumentName, most: number, before?: number): readonly DocumentReading[];
}

/** What a transaction can do to the audit log: nothing but make it longer. */
export interface AuditWriter {
  /**
   * Appends an entry to the chain; one of a throttled kind may be counted instead. Rows of the log that the transaction
   * appends need none: they get theirs when it ends.
   */
  appendAudit(entry: NewAuditEntry): void;
  /** Tells of what was only counted, at most once a minute. */
  settleAudit(): void;
}
