import { deleteDB, openDB, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { storeFailure, StoreFailure } from './store-failure.ts';
import { VAULT_VERSION, type VaultSchema, type VaultStoreName } from './vault-schema.ts';

export type VaultTransaction = IDBPTransaction<VaultSchema, VaultStoreName[], 'readwrite'>;
export type VaultReading = IDBPTransaction<VaultSchema, VaultStoreName[], 'readonly' | 'readwrite'>;

const ALL: VaultStoreName[] = ['updates', 'documents', 'counters', 'state', 'refused'];

/** What a database and its leases share. */
interface Connection {
  name: string | null;
  open: Promise<IDBPDatabase<VaultSchema>> | null;
  /** Counts up with every change of owner. */
  turn: number;
  /** Hears of every write: null when it was stored. */
  wrote(failure: StoreFailure | null): void;
}

/**
 * The connection to one vault. A lost connection (the browser closed it, another tab wants to upgrade) is opened again
 * with the next use.
 */
export class VaultDatabase {
  readonly #shared: Connection;
  /** null: not a lease. */
  readonly #turn: number | null;

  /** `null`: nobody is signed in, every use fails until {@link use} names a vault. */
  constructor(name: string | null, leased: Connection | null = null) {
    this.#shared = leased ?? { name, open: null, turn: 0, wrote: () => undefined };
    this.#turn = leased?.turn ?? null;
  }

  /** Closes the vault that is open and goes on with another one (or none). */
  async use(name: string | null): Promise<void> {
    if (name === this.#shared.name) return;
    this.revoke();
    await this.close();
    this.#shared.name = name;
  }

  /**
   * The vault that is open now, and never another one: what works for one person over a longer time holds a lease, so that
   * nothing of it lands with whoever is next.
   */
  lease(): VaultDatabase {
    return new VaultDatabase(null, this.#shared);
  }

  /** Ends all leases. */
  revoke(): void {
    this.#shared.turn++;
  }

  /** Calls back after every write of this database and its leases: with null when it was stored, else with why not. */
  onWrite(heard: (failure: StoreFailure | null) => void): void {
    this.#shared.wrote = heard;
  }

  /**
   * Runs `work` in one transaction on all stores. Resolves when the transaction is complete, on disk where `strict`; rejects
   * with a {@link StoreFailure}, and then nothing of it was kept. `work` may wait for nothing but its own requests.
   */
  async write<T>(
    work: (tx: VaultTransaction) => Promise<T>,
    durability: 'strict' | 'relaxed' = 'strict',
  ): Promise<T> {
    try {
      const value = await this.#write(work, durability);
      this.#shared.wrote(null);
      return value;
    } catch (error) {
      const failure = storeFailure(error);
      this.#shared.wrote(failure);
      throw failure;
    }
  }

  async #write<T>(work: (tx: VaultTransaction) => Promise<T>, durability: 'strict' | 'relaxed'): Promise<T> {
    const tx = await this.#begin((db) => db.transaction(ALL, 'readwrite', { durability }));
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
    const tx = await this.#begin((db) => db.transaction(ALL, 'readonly'));
    try {
      return await work(tx);
    } catch (error) {
      throw storeFailure(error);
    }
  }

  /** Closes the connection. Transactions under way complete. */
  async close(): Promise<void> {
    const { open } = this.#shared;
    this.#shared.open = null;
    // One that could not be opened is closed.
    if (open) (await open.catch(() => null))?.close();
  }

  /** Closes and deletes everything in it. */
  async destroy(): Promise<void> {
    await this.close();
    if (this.#shared.name !== null) await deleteDB(this.#shared.name);
  }

  /** Begins a transaction; where the connection turns out to be closed, on a new one. Nothing was written yet. */
  async #begin<T>(begin: (db: IDBPDatabase<VaultSchema>) => T): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      const opening = this.#connection();
      const db = await opening;
      try {
        return begin(db);
      } catch (error) {
        if (this.#shared.open === opening) this.#shared.open = null;
        if (isAgain || !(error instanceof DOMException) || error.name !== 'InvalidStateError')
          throw storeFailure(error);
      }
    }
  }

  #connection(): Promise<IDBPDatabase<VaultSchema>> {
    const { name, turn } = this.#shared;
    const isOver = this.#turn !== null && this.#turn !== turn;
    if (name === null || isOver)
      return Promise.reject(
        new StoreFailure('failed', isOver ? 'the vault of somebody else is open' : 'no vault is open'),
      );
    if (this.#shared.open) return this.#shared.open;
    const opening = this.#connect(name, () => {
      if (this.#shared.open === opening) this.#shared.open = null;
    });
    this.#shared.open = opening;
    return opening;
  }

  async #connect(name: string, forget: () => void): Promise<IDBPDatabase<VaultSchema>> {
    return new Promise((resolve, reject) => {
      openDB<VaultSchema>(name, VAULT_VERSION, {
        upgrade(db, from, _to, tx) {
          if (from < 1) createFirst(db);
          if (from < 2) {
            tx.objectStore('documents').createIndex('refused', 'isRefused');
            db.createObjectStore('refused', { autoIncrement: true }).createIndex('document', 'document');
          }
          if (from > 0 && from < 3)
            void tx.objectStore('state').put({ key: 'plain', store: 'updates', after: null, done: 0 });
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

function createFirst(db: IDBPDatabase<VaultSchema>): void {
  const updates = db.createObjectStore('updates', { keyPath: 'row', autoIncrement: true });
  updates.createIndex('document', ['document', 'local']);
  const documents = db.createObjectStore('documents', { keyPath: 'document' });
  documents.createIndex('dirty', 'dirtyFrom');
  documents.createIndex('stale', 'stale');
  documents.createIndex('waiting', 'waiting');
  db.createObjectStore('counters', { keyPath: 'document' });
  db.createObjectStore('state', { keyPath: 'key' });
}

function abort(tx: VaultTransaction): void {
  try {
    tx.abort();
  } catch {
    // it is over already
  }
}
