import type { ErrorCode } from './errors.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type InstantMs = number;

/** Time, handed in. Nothing in core reads a clock of its own. */
export interface Clock {
  /** The present moment, ms since the epoch. May jump; never trust it for order. */
  now(): InstantMs;
  /** Calls back once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Chance, handed in. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** `length` random bytes, good enough for ids and tokens. */
  bytes(length: number): Uint8Array;
}

/** All that a line of the log may say besides its event; a closed set, so that nothing of a person's gets in unnoticed. */
export interface LogFields {
  /** What failed and where, in words of our own or of the disk: never the message of a fault, which may hold what people wrote. */
  readonly reason?: string;
  readonly code?: ErrorCode;
  /** How many things it concerned. */
  readonly items?: number;
  /** Where the audit log ends: number and hash. */
  readonly head?: string;
}

/** Where a part reports what an operator should know. Never personal data, never answers, no ids of documents. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
