import { deleteDB, openDB } from 'idb';
import type { StoredSession } from './session-store.ts';
import { storeFailure } from './store-failure.ts';

const STORE = 'session';

/**
 * The session as version 0.1 kept it, in clear text in a database of its own; null if there is none. It is read once more, to be
 * sealed under a PIN, and then deleted.
 */
export async function readOlderSession(name: string): Promise<StoredSession | null> {
  try {
    const all = await indexedDB.databases();
    if (!all.some((each) => each.name === name)) return null;
    const db = await openDB(name);
    try {
      if (!db.objectStoreNames.contains(STORE)) return null;
      const bytes: unknown = await db.get(STORE, STORE);
      return bytes instanceof Uint8Array
        ? (JSON.parse(new TextDecoder().decode(bytes)) as StoredSession)
        : null;
    } finally {
      db.close();
    }
  } catch (error) {
    throw storeFailure(error);
  }
}

/** Deletes it; another tab that still holds it lets go first. */
export function deleteOlderSession(name: string): Promise<void> {
  return deleteDB(name);
}
