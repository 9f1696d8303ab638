import type { DocumentName, Receipt } from '@rukun/core/protocol';
import type { DocumentStore } from '@rukun/core/sync';
import { Doc } from 'yjs';

/** A store under test: empty at first; `reopen` drops everything that is only in memory, if the store has a disk. */
export interface StoreUnderTest {
  readonly store: DocumentStore & {
    createLocal(document: DocumentName, area: string, update: Uint8Array, at: number): Promise<number>;
  };
  reopen(): Promise<StoreUnderTest>;
  dispose(): Promise<void>;
}

export const ANI: DocumentName = 'household/ani';
export const BUDI: DocumentName = 'household/budi';
export const AREA = '7102030004000100';
export const NOWHERE = { epoch: 'e1', feeds: [] };

/** Updates of one fresh document, each setting one key. */
export function edits<const Keys extends readonly string[]>(
  ...keys: Keys
): { [Index in keyof Keys]: Uint8Array } {
  const doc = new Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const key of keys) doc.getMap('answers').set(key, key);
  return updates as { [Index in keyof Keys]: Uint8Array };
}

/** One receipt of the relay, and nothing else. */
export function takeReceipt(store: DocumentStore, receipt: Receipt): Promise<void> {
  return store.takeOver({ receipts: [receipt], changes: [], whole: [], position: NOWHERE });
}

/** Numbers of the rows that would go up next. */
export async function unsentRows(store: DocumentStore): Promise<number[]> {
  return (await store.outbox(1_000_000)).flatMap(({ rows }) => rows.map(({ row }) => row));
}
