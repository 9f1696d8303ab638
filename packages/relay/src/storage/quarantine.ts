import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentName, TimeMark } from '@rukun/core/protocol';

/** `revoked`: handed in by a device that was shut out; `late`: made after the grace period of a reassigned area. */
export type QuarantineReason = 'revoked' | 'late';

/** `waiting` for the supervisor; `taken` into the document under its author's name; `set-aside`, kept but not taken. */
export type QuarantineState = 'waiting' | 'taken' | 'set-aside';

/** What a sealed update was sealed with. */
interface QuarantineSeal {
  /** Which of the relay's recovery keys. */
  readonly keyId: string;
  /** The content key (AES-GCM 256), wrapped by it. */
  readonly wrapped: Uint8Array;
}

export interface NewQuarantinedUpdate {
  readonly at: InstantMs;
  readonly reason: QuarantineReason;
  readonly document: DocumentName;
  /** 16 digits; '' where the document is not known and the device named none. */
  readonly area: string;
  readonly person: string;
  readonly device: string;
  /** V1; sealed where `seal` says so: 12 bytes of nonce, then the ciphertext with its tag. */
  readonly update: Uint8Array;
  readonly marks: readonly TimeMark[];
  readonly seal: QuarantineSeal | null;
}

/** An edit that was not taken in, kept until somebody decides; never dropped by itself. */
export interface QuarantinedUpdate extends NewQuarantinedUpdate {
  readonly number: number;
  readonly state: QuarantineState;
  /** Person id and moment of the decision; null while it waits. */
  readonly decidedBy: string | null;
  readonly decidedAt: InstantMs | null;
}

export interface QuarantineReader {
  update(number: number): QuarantinedUpdate | null;
  /** Those of an area in one state, oldest first, at most `most`. */
  ofArea(area: string, state: QuarantineState, most: number): readonly QuarantinedUpdate[];
  /** All of a document, whatever became of them. */
  ofDocument(document: DocumentName): readonly QuarantinedUpdate[];
  /** What one person has there from all devices, whatever became of it. */
  sizeOf(person: string): { readonly rows: number; readonly bytes: number };
}

export interface QuarantineWriter extends QuarantineReader {
  /** Keeps an edit; its number. */
  add(update: NewQuarantinedUpdate): number;
  /** Puts what is left of an edit in its place after an erasure; null: nothing, then it waits no longer. */
  redact(number: number, update: Uint8Array | null, at: InstantMs): void;
  /** Puts more of the same in the place of one that waits and is not sealed. */
  extend(number: number, update: Uint8Array, marks: readonly TimeMark[]): void;
  /** One that was set aside waits again; false, and nothing is changed, if it was not. */
  reopen(number: number): boolean;
  /** False, and nothing is changed, if it does not wait (any more). */
  decide(number: number, state: Exclude<QuarantineState, 'waiting'>, by: string, at: InstantMs): boolean;
}
