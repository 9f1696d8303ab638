import type { ErrorCode, InstantMs } from '../foundation/index.ts';
import type { DocumentName } from './document-name.ts';
import type { HistoryEntry } from './session-messages.ts';

/** One edit that waits for somebody to decide, readable: an item of `GET /api/quarantine`. */
export interface HeldEdit {
  readonly number: number;
  /** `late`: after the grace period of a reassigned area; `revoked`: handed in by a device that was shut out. */
  readonly reason: 'late' | 'revoked';
  readonly state: 'waiting' | 'set-aside';
  /** When the relay received it. */
  readonly receivedAt: InstantMs;
  readonly document: DocumentName;
  readonly area: string;
  /** The head of the family, as far as the relay knows; ''. */
  readonly head: string;
  /** Who wrote it. */
  readonly by: string;
  readonly byName: string;
  /** What it would write, oldest first; `before` is what stands there now. None where `problem` says why it cannot be read. */
  readonly entries: readonly Omit<HistoryEntry, 'commit'>[];
  readonly problem: ErrorCode | null;
}

/** Answer to `GET /api/quarantine`; `?state=set-aside` for what was set aside. */
export interface HeldEdits {
  readonly edits: readonly HeldEdit[];
  /** More than one answer holds. */
  readonly more: boolean;
}

/** `POST /api/quarantine/<number>`: take it in under its author's name, set it aside, or take that back. */
export const QUARANTINE_DECISIONS = ['take', 'set-aside', 'reopen'] as const;
export type QuarantineDecision = (typeof QUARANTINE_DECISIONS)[number];
