/**
 * From now on writing transactions of this page abort, as on a device that is full or failing; returns how to mend it.
 * `late`: every request succeeds, and then the transaction does not complete. The first `spared`
 * ones still succeed. The rest of IndexedDB is the real one.
 */
export function breakDatabase(how: 'full' | 'failing' | 'late', spared = 0): () => void {
  let left = spared;
  const original = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction');
  const begin = original?.value as (...args: Parameters<IDBDatabase['transaction']>) => IDBTransaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = begin.call(this, stores, mode, options);
    if (mode !== 'readwrite' || left-- > 0) return tx;
    if (how === 'full') {
      Object.defineProperty(tx, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    }
    if (how === 'late') abortAfterPut(tx);
    else {
      queueMicrotask(() => {
        tx.abort();
      });
    }
    return tx;
  };
  return () => {
    if (original) Object.defineProperty(IDBDatabase.prototype, 'transaction', original);
  };
}

/** Bookkeeping is what every change of the vault writes last. */
function abortAfterPut(tx: IDBTransaction): void {
  const documents = tx.objectStore('documents');
  const put = documents.put.bind(documents);
  documents.put = (value) => {
    const request = put(value);
    request.addEventListener('success', () => {
      tx.abort();
    });
    return request;
  };
}
