/**
 * Stands between personal data and the disk: everything personal goes through `seal` before a transaction begins and
 * through `open` after it ended (IndexedDB commits a transaction that waits for anything else).
 */
export interface Seal {
  seal(bytes: Uint8Array): Promise<Uint8Array>;
  /** Rejects if the bytes were not sealed by this seal. */
  open(bytes: Uint8Array): Promise<Uint8Array>;
}
