import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Me } from '@rukun/core/protocol';
import { openJson, sealJson } from './sealed-json.ts';
import type { Seal } from './seal.ts';
import { storeFailure, type StoreFailure } from './store-failure.ts';

/** Who is signed in on this device. */
export interface StoredSession {
  /** The refresh token. '' once the relay has said that it no longer counts: the person signs in again, the data stays. */
  readonly token: string;
  /** The access token and until when it is good by this device's clock; none in what was stored by earlier versions. */
  readonly access?: string;
  readonly accessUntil?: number;
  /** Signed in with a one-time password that has to be replaced first. */
  readonly mustChangePassword?: boolean;
  readonly me: Me;
}

interface SessionSchema extends DBSchema {
  session: { key: string; value: Uint8Array };
}

const KEY = 'session';

/** Keeps the session in a small database of its own: it tells whose vault to open. */
export class SessionStore {
  readonly #name: string;
  readonly #seal: Seal;
  readonly #wrote: (failure: StoreFailure | null) => void;

  /** `wrote` hears of every write: null when it was stored. */
  constructor(name: string, seal: Seal, wrote: (failure: StoreFailure | null) => void = () => undefined) {
    this.#name = name;
    this.#seal = seal;
    this.#wrote = wrote;
  }

  /** The session, or null. */
  async read(): Promise<StoredSession | null> {
    const bytes = await this.#use((db) => db.get('session', KEY));
    return bytes ? ((await openJson(this.#seal, bytes)) as StoredSession) : null;
  }

  /** Keeps the session; resolves when it is stored. */
  async write(session: StoredSession): Promise<void> {
    const bytes = await sealJson(this.#seal, session);
    try {
      await this.#use(async (db) => {
        const tx = db.transaction('session', 'readwrite', { durability: 'strict' });
        // The request only says that the transaction was aborted; the transaction says why.
        await Promise.all([tx.store.put(bytes, KEY), tx.done]).catch(async (error: unknown) => {
          const last = await tx.done.catch((reason: unknown) => reason);
          throw storeFailure(tx.error, last, error);
        });
      });
    } catch (error) {
      this.#wrote(storeFailure(error));
      throw error;
    }
    this.#wrote(null);
  }

  /** Forgets the session. */
  async clear(): Promise<void> {
    await this.#use((db) => db.delete('session', KEY));
  }

  /** Deletes the database. */
  async destroy(): Promise<void> {
    await deleteDB(this.#name);
  }

  async #use<T>(work: (db: IDBPDatabase<SessionSchema>) => Promise<T>): Promise<T> {
    try {
      const db = await openDB<SessionSchema>(this.#name, 1, {
        upgrade: (upgraded) => {
          upgraded.createObjectStore('session');
        },
      });
      try {
        return await work(db);
      } finally {
        db.close();
      }
    } catch (error) {
      throw storeFailure(error);
    }
  }
}
