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

/** Where a part reports what an operator should know. Never personal data, never answers. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  error(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}
