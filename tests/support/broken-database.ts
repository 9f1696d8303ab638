/**
 * From now on writing transactions of this page abort, as on a device that is full or failing; returns how to mend it.
 * The rest of IndexedDB is the real one.
 */
export function breakDatabase(how: 'full' | 'failing'): () => void {
  const original = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction');
  const begin = original?.value as (...args: Parameters<IDBDatabase['transaction']>) => IDBTransaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = begin.call(this, stores, mode, options);
    if (mode !== 'readwrite') return tx;
    if (how === 'full') {
      Object.defineProperty(tx, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    }
    queueMicrotask(() => {
      tx.abort();
    });
    return tx;
  };
  return () => {
    if (original) Object.defineProperty(IDBDatabase.prototype, 'transaction', original);
  };
}
