import { olderMark } from './older-mark.ts';
import type { Seal } from './seal.ts';
import type { VaultDatabase } from './vault-database.ts';
import type { PlainRow } from './vault-schema.ts';

/** So many rows are sealed in one transaction. */
const SLICE = 200;

const STORES = ['updates', 'documents', 'refused'] as const;
type SealedStore = (typeof STORES)[number];

/**
 * Seals what version 0.1 of the app stored in clear text. A mark in the database says that there is some and how far it has come; each
 * slice moves it in the transaction that seals the rows, so it can be ended at any point and goes on from there. Nothing else may
 * use the vault meanwhile: whether a row is plain is told by the mark only. Rejects with a StoreFailure, and what was done stays.
 */
export async function sealOlderRows(
  database: VaultDatabase,
  seal: Seal,
  progress: (done: number, of: number) => void,
): Promise<void> {
  let mark = await olderMark(database);
  if (mark === null) return;
  const of = await countOf(database);
  let done = mark.done;
  for (const store of STORES.slice(STORES.indexOf(mark.store))) {
    let after: IDBValidKey | null = store === mark.store ? mark.after : null;
    for (;;) {
      const rows = await plainRows(database, store, after);
      const last = rows.at(-1);
      if (last === undefined) break;
      const sealed = await Promise.all(
        rows.map(async ({ key, bytes }) => ({ key, bytes: bytes && (await seal.seal(bytes)) })),
      );
      after = last.key;
      done += rows.length;
      mark = { key: 'plain', store, after, done };
      await putSealed(database, store, sealed, mark);
      progress(Math.min(done, of), of);
    }
  }
  await database.write((tx) => tx.objectStore('state').delete('plain'));
}

function countOf(database: VaultDatabase): Promise<number> {
  return database.read(async (tx) => {
    const counts = await Promise.all(STORES.map((store) => tx.objectStore(store).count()));
    return counts.reduce((sum, count) => sum + count, 0);
  });
}

interface Row {
  readonly key: IDBValidKey;
  /** null: the row has no personal bytes. */
  readonly bytes: Uint8Array | null;
}

function plainRows(
  database: VaultDatabase,
  store: SealedStore,
  after: IDBValidKey | null,
): Promise<readonly Row[]> {
  return database.read(async (tx) => {
    const range = after === null ? null : IDBKeyRange.lowerBound(after, true);
    // The stores have keys of different types; a range fits each.
    const from = tx.objectStore(store) as unknown as {
      getAllKeys(range: IDBKeyRange | null, count: number): Promise<IDBValidKey[]>;
      getAll(range: IDBKeyRange | null, count: number): Promise<Record<string, unknown>[]>;
    };
    const [keys, values] = await Promise.all([from.getAllKeys(range, SLICE), from.getAll(range, SLICE)]);
    return keys.map((key, index) => {
      const bytes = values[index]?.[fieldOf(store)];
      return { key, bytes: bytes instanceof Uint8Array ? bytes : null };
    });
  });
}

function putSealed(
  database: VaultDatabase,
  store: SealedStore,
  rows: readonly Row[],
  mark: PlainRow,
): Promise<void> {
  return database.write(async (tx) => {
    const into = tx.objectStore(store) as unknown as {
      readonly keyPath: string | null;
      get(key: IDBValidKey): Promise<Record<string, unknown> | undefined>;
      put(value: unknown, key?: IDBValidKey): Promise<unknown>;
    };
    for (const { key, bytes } of rows) {
      if (bytes === null) continue;
      const value = { ...(await into.get(key)), [fieldOf(store)]: bytes };
      await (into.keyPath === null ? into.put(value, key) : into.put(value));
    }
    await tx.objectStore('state').put(mark);
  });
}

function fieldOf(store: SealedStore): 'bytes' | 'entry' {
  return store === 'documents' ? 'entry' : 'bytes';
}
