/**
 * Stands between personal data and the disk: everything personal goes through `seal` before a transaction begins and
 * through `open` after it ended (IndexedDB commits a transaction that waits for anything else).
 */
export interface Seal {
  seal(bytes: Uint8Array): Promise<Uint8Array>;
  /** Rejects if the bytes were not sealed by this seal. */
  open(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A seal that works under the key of whoever unlocked, and not at all while nobody has. */
export interface KeyedSeal extends Seal {
  /** null: locked. */
  use(key: CryptoKey | null): void;
}
