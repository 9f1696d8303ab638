import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Role } from '@rukun/core/foundation';
import type { RecoveryKeyInfo } from '@rukun/core/protocol';
import type { WrappedKey } from '../platform/data-key.ts';
import { storeFailure, type StoreFailure } from './store-failure.ts';

/** What opens the vault of one person on this device. Nothing in it says who that is. */
export interface KeySlot {
  /** Opaque id. */
  readonly person: string;
  /** First letters only. */
  readonly maskedName: string;
  readonly role: Role;
  /** Device time of the last unlock, ms. */
  readonly usedAt: number;
  /** null once too many PINs were wrong: only the centre opens it then. */
  readonly pin: PinLock | null;
  /** Wrong tries, counted before each is tried. */
  readonly tries: { readonly wrong: number; readonly lastAt: number };
  /** The data key as the centre can open it; null before the first contact. */
  readonly centre: { readonly keyId: string; readonly sealed: Uint8Array } | null;
  /** The newest recovery key the centre named: what is not sealed to it is sealed anew at the next unlock. */
  readonly centreKey: RecoveryKeyInfo | null;
  /** Opens by the phone's own lock; absent or null where that is not set up. */
  readonly authenticator?: AuthenticatorLock | null;
  /** Minutes without input before it locks. */
  readonly idleMinutes: number;
  /** Sealed StoredSession; null once signed out. */
  readonly session: Uint8Array | null;
}

export interface PinLock {
  readonly salt: Uint8Array;
  readonly rounds: number;
  readonly key: WrappedKey;
}

export interface AuthenticatorLock {
  /** Id of the key pair that the phone keeps. */
  readonly id: Uint8Array;
  readonly salt: Uint8Array;
  readonly key: WrappedKey;
}

interface KeyringSchema extends DBSchema {
  slots: { key: string; value: KeySlot };
  device: { key: string; value: CryptoKey };
}

const SECRET = 'secret';

/** The slots of everybody with a vault on this device, in a small database of its own. Every use may reject with a StoreFailure. */
export class Keyring {
  readonly #name: string;
  readonly #wrote: (failure: StoreFailure | null) => void;

  /** `wrote` hears of every write: null when it was stored. */
  constructor(name: string, wrote: (failure: StoreFailure | null) => void = () => undefined) {
    this.#name = name;
    this.#wrote = wrote;
  }

  /** All slots, the one used last first. */
  async slots(): Promise<readonly KeySlot[]> {
    const slots = await this.#use((db) => db.getAll('slots'));
    return slots.sort((a, b) => b.usedAt - a.usedAt);
  }

  async slot(person: string): Promise<KeySlot | null> {
    return (await this.#use((db) => db.get('slots', person))) ?? null;
  }

  /**
   * Puts what `change` makes of a slot in its place (null: there is none, or there shall be none) and resolves with it once it is
   * stored. No other change comes in between.
   */
  change(person: string, change: (slot: KeySlot | null) => KeySlot | null): Promise<KeySlot | null> {
    return this.#write((db) =>
      complete(db.transaction('slots', 'readwrite', { durability: 'strict' }), async ({ store }) => {
        const slot = change((await store.get(person)) ?? null);
        await (slot === null ? store.delete(person) : store.put(slot));
        return slot;
      }),
    );
  }

  /** The secret of this device; `make` is called where there is none yet. Two tabs get the same one. */
  async deviceSecret(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    const known = await this.#use((db) => db.get('device', SECRET));
    if (known) return known;
    const made = await make();
    return this.#write((db) =>
      complete(db.transaction('device', 'readwrite', { durability: 'strict' }), async ({ store }) => {
        const other = await store.get(SECRET);
        if (!other) await store.put(made, SECRET);
        return other ?? made;
      }),
    );
  }

  async #write<T>(work: (db: IDBPDatabase<KeyringSchema>) => Promise<T>): Promise<T> {
    try {
      const value = await this.#use(work);
      this.#wrote(null);
      return value;
    } catch (error) {
      this.#wrote(storeFailure(error));
      throw error;
    }
  }

  async #use<T>(work: (db: IDBPDatabase<KeyringSchema>) => Promise<T>): Promise<T> {
    try {
      const db = await openDB<KeyringSchema>(this.#name, 1, {
        upgrade(upgraded) {
          upgraded.createObjectStore('slots', { keyPath: 'person' });
          upgraded.createObjectStore('device');
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

type KeyringTransaction<S extends 'slots' | 'device'> = IDBPTransaction<KeyringSchema, [S], 'readwrite'>;

/** Resolves once the transaction is complete; rejects with why it is not. */
async function complete<S extends 'slots' | 'device', T>(
  tx: KeyringTransaction<S>,
  work: (tx: KeyringTransaction<S>) => Promise<T>,
): Promise<T> {
  try {
    const [value] = await Promise.all([work(tx), tx.done]);
    return value;
  } catch (error) {
    // The request only says that the transaction was aborted; the transaction says why.
    const last = await tx.done.then(() => undefined).catch((reason: unknown) => reason);
    throw storeFailure(tx.error, last, error);
  }
}
