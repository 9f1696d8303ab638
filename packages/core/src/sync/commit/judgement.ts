import type { Failure, InstantMs } from '../../foundation/index.ts';

/** Who wrote a struct, and when (device time where it is known). */
export interface Authorship {
  /** Person id. */
  readonly by: string;
  readonly at: InstantMs;
}

/** One key an accepted update wrote, in no particular order. */
export interface Write {
  readonly root: string;
  readonly key: string;
  readonly value: unknown;
  /** The struct, for attribution. */
  readonly client: number;
  readonly clock: number;
}

/** What the commit path must know about a document and its author to judge an update. */
export interface JudgeContext {
  /** Device id of the author. */
  readonly device: string;
  /**
   * The relay recovers from a backup, and the sender vouches for structs of others: client ids are nobody's to claim, and what
   * the relay itself once wrote beside answers may be among it. Absent: no.
   */
  readonly isVouched?: boolean;
  /** The device that first committed with this client id in this document, '' for one of the relay's own, or null. */
  owner(client: number): string | null;
  /** The relay's own client id in this epoch. */
  readonly relayClient: number;
  /** The policy's word on the keys an update would write: null to accept. */
  mayWrite(writes: readonly Write[]): Failure | null;
  /** Whether a key holds an answer that may stand beside another (P2). */
  isAnswer(root: string, key: string): boolean;
  /** Who wrote a struct that is already stored. */
  authorOf(client: number, clock: number): Authorship;
  /** Who writes this update: `at` by clock, from the marks it came with. */
  authorOfNew(client: number, clock: number): Authorship;
}

export type Judgement =
  | {
      readonly verdict: 'accepted';
      /** False when everything in it was known: nothing to store, still *stored*. */
      readonly advances: boolean;
      /** Client ids to bind to the author's device. */
      readonly claims: readonly number[];
      readonly writes: readonly Write[];
      /** What of the update was not known, V1: what is to be stored. The same memory as the update if that is all of it. */
      readonly fresh: Uint8Array;
      /** The first new clock of each client id with new structs. */
      readonly firstClocks: ReadonlyMap<number, number>;
      /** What the relay adds in the same commit (answers that stand side by side), or null. */
      readonly relayUpdate: Uint8Array | null;
    }
  /** Nothing may be stored. `isSpoiled`: the scratch copy is no longer as it was, open a new one from the stored state. */
  | { readonly verdict: 'refused'; readonly failure: Failure; readonly isSpoiled: boolean };
