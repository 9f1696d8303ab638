import { deleteDB, openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { storeFailure, StoreFailure } from './store-failure.ts';
import { VAULT_VERSION, type VaultSchema, type VaultStoreName } from './vault-schema.ts';

export type VaultTransaction = IDBPTransaction<VaultSchema, VaultStoreName[], 'readwrite'>;
export type VaultReading = IDBPTransaction<VaultSchema, VaultStoreName[], 'readonly' | 'readwrite'>;

const ALL: VaultStoreName[] = ['updates', 'documents', 'counters', 'state'];

/**
 * The connection to one vault. A lost connection (the browser closed it, another tab wants to upgrade) is opened again
 * with the next use; until then every use fails loudly.
 */
export class VaultDatabase {
  #name: string | null;
  #open: Promise<IDBPDatabase<VaultSchema>> | null = null;

  /** `null`: nobody is signed in, every use fails until {@link use} names a vault. */
  constructor(name: string | null) {
    this.#name = name;
  }

  /** Closes the vault that is open and goes on with another one (or none). */
  async use(name: string | null): Promise<void> {
    if (name === this.#name) return;
    await this.close();
    this.#name = name;
  }

  /**
   * Runs `work` in one transaction on all stores. Resolves when the transaction is complete, on disk where `strict`; rejects
   * with a {@link StoreFailure}, and then nothing of it was kept. `work` may wait for nothing but its own requests.
   */
  async write<T>(
    work: (tx: VaultTransaction) => Promise<T>,
    durability: 'strict' | 'relaxed' = 'strict',
  ): Promise<T> {
    const db = await this.#connection();
    let tx: VaultTransaction;
    try {
      tx = db.transaction(ALL, 'readwrite', { durability });
    } catch (error) {
      this.#open = null;
      throw storeFailure(error);
    }
    try {
      const [value] = await Promise.all([work(tx), tx.done]);
      return value;
    } catch (error) {
      abort(tx);
      const last = await tx.done.then(() => undefined).catch((reason: unknown) => reason);
      throw storeFailure(tx.error, last, error);
    }
  }

  /** Runs `work` in one reading transaction, a consistent view of all stores. */
  async read<T>(work: (tx: VaultReading) => Promise<T>): Promise<T> {
    const db = await this.#connection();
    try {
      return await work(db.transaction(ALL, 'readonly'));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'InvalidStateError') this.#open = null;
      throw storeFailure(error);
    }
  }

  /** Closes the connection. Transactions under way complete. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open) (await open).close();
  }

  /** Closes and deletes everything in it. */
  async destroy(): Promise<void> {
    await this.close();
    if (this.#name !== null) await deleteDB(this.#name);
  }

  #connection(): Promise<IDBPDatabase<VaultSchema>> {
    this.#open ??= this.#connect();
    return this.#open;
  }

  async #connect(): Promise<IDBPDatabase<VaultSchema>> {
    const name = this.#name;
    const forget = (): void => {
      this.#open = null;
    };
    if (name === null) {
      forget();
      throw new StoreFailure('failed', 'no vault is open');
    }
    return new Promise((resolve, reject) => {
      openDB<VaultSchema>(name, VAULT_VERSION, {
        upgrade(db) {
          db.createObjectStore('updates', { keyPath: 'row', autoIncrement: true }).createIndex('document', [
            'document',
            'local',
          ]);
          const documents = db.createObjectStore('documents', { keyPath: 'document' });
          documents.createIndex('dirty', 'dirtyFrom');
          documents.createIndex('stale', 'stale');
          documents.createIndex('waiting', 'waiting');
          db.createObjectStore('counters', { keyPath: 'document' });
          db.createObjectStore('state', { keyPath: 'key' });
        },
        blocked() {
          // An older tab holds the database and has not let go: better a failure on the screen than endless waiting.
          forget();
          reject(new StoreFailure('failed', 'blocked by another tab'));
        },
        blocking(_current, _wanted, event) {
          forget();
          (event.target as IDBDatabase).close();
        },
        terminated: forget,
      }).then(resolve, (error: unknown) => {
        forget();
        reject(storeFailure(error));
      });
    });
  }
}

function abort(tx: VaultTransaction): void {
  try {
    tx.abort();
  } catch {
    // it is over already
  }
}
