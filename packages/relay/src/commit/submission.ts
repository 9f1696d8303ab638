import type { Actor } from '@rukun/core/access';
import type { Failure, InstantMs } from '@rukun/core/foundation';
import type { DocumentName, TimeMark } from '@rukun/core/protocol';

/** One update somebody wants to have stored. */
export interface Submission {
  readonly document: DocumentName;
  /** V1, as it came. */
  readonly update: Uint8Array;
  readonly actor: Actor;
  /** Device id. */
  readonly device: string;
  /** Where a new household lies; '' otherwise. Ignored for a document that is known: only the relay rebinds it. */
  readonly area: string;
  /** When the relay received it. */
  readonly at: InstantMs;
  /** When its parts were written, as the device says. */
  readonly marks: readonly TimeMark[];
  /** It holds structs of others that the sender vouches for; taken only while the relay recovers. Absent: no. */
  readonly isVouched?: boolean;
  /** A live client's answer to step 1: whatever its copy holds and the relay does not, also others'. Absent: no. */
  readonly isStep2?: boolean;
  /** The live connection it came over, or null. */
  readonly connection: symbol | null;
}

/** What became of a submission. `stored`: it is on disk. Otherwise nothing of it is. */
export type Outcome =
  | { readonly status: 'stored' }
  | { readonly status: 'refused'; readonly failure: Failure };

/** One update that is stored, for whoever passes it on. */
export interface Commit {
  readonly document: DocumentName;
  readonly update: Uint8Array;
  /** What the relay added in the same commit, or null. */
  readonly relayUpdate: Uint8Array | null;
  readonly connection: symbol | null;
  /** It gave areas to somebody, or took them. */
  readonly changesAccess: boolean;
}

export const STORED: Outcome = { status: 'stored' };

/** Wraps a failure as an outcome. */
export function refused(failure: Failure): Outcome {
  return { status: 'refused', failure };
}
