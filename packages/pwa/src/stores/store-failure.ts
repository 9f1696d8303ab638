/** The device could not write: nothing of the transaction was kept. `full`: there is no room left. */
export class StoreFailure extends Error {
  readonly reason: 'full' | 'failed';

  constructor(reason: 'full' | 'failed', cause: unknown) {
    super(`the device's database refused: ${reason}`, { cause });
    this.name = 'StoreFailure';
    this.reason = reason;
  }
}

/** What went wrong, from whatever IndexedDB threw. */
export function storeFailure(...causes: readonly unknown[]): StoreFailure {
  const own = causes.find((cause) => cause instanceof StoreFailure);
  if (own) return own;
  const isFull = causes.some((cause) => cause instanceof DOMException && cause.name === 'QuotaExceededError');
  return new StoreFailure(
    isFull ? 'full' : 'failed',
    causes.find((cause) => cause !== undefined),
  );
}
