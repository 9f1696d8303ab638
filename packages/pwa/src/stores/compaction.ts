import type { DocumentName } from '@rukun/core/protocol';
import { marksOf } from '@rukun/core/sync';
import { decodeUpdate, mergeUpdates, parseUpdateMeta, Skip } from 'yjs';
import { documentRow } from './document-rows.ts';
import type { UpdateRow } from './vault-schema.ts';
import type { Vault } from './vault.ts';

/** A document with more rows than this is worth merging. */
const ROWS = 50;
/** A merged row stays well within what the relay takes as one item. */
const LARGEST_BYTES = 64 * 1024;
const MOST_CLIENTS = 128;

/**
 * Merges rows of a document into one row of this device and one of the relay's. Unsent rows are left alone, and the row of
 * this device still is the whole local log, so `resend` loses nothing. Gives way to whatever was written meanwhile.
 * Returns whether it merged anything.
 */
export async function compact(vault: Vault, document: DocumentName): Promise<boolean> {
  const range = IDBKeyRange.bound([document, 0], [document, 1]);
  const before = await vault.database.read(async (tx) => {
    const { storedUpTo } = await documentRow(tx, document);
    const rows = await tx.objectStore('updates').index('document').getAll(range);
    return rows.filter((row) => row.local === 0 || row.row <= storedUpTo);
  });
  if (before.length <= ROWS) return false;
  const merged: UpdateRow[] = [];
  const replaced: UpdateRow[] = [];
  for (const local of [0, 1] as const) {
    const rows = before.filter((row) => row.local === local).sort((a, b) => a.row - b.row);
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last || first === last) continue;
    const opened = await Promise.all(
      rows.map(async (row) => ({ ...row, update: await vault.seal.open(row.bytes) })),
    );
    const update = mergeUpdates(opened.map((row) => row.update));
    // What would be too large for one item could never go up again.
    const isSmall = update.byteLength <= LARGEST_BYTES && parseUpdateMeta(update).from.size <= MOST_CLIENTS;
    if (!isSmall) continue;
    // Never across a gap: what is missing may still come, or is asked for when the rows go up again.
    if (decodeUpdate(update).structs.some((struct) => struct instanceof Skip)) continue;
    const times = local === 1 ? { marks: marksOf(opened) } : {};
    const bytes = await vault.seal.seal(update);
    merged.push({ row: last.row, document, local, at: first.at, bytes, ...times });
    replaced.push(...rows);
  }
  if (merged.length === 0) return false;
  return vault.database.write(async (tx) => {
    const record = await documentRow(tx, document);
    const { storedUpTo } = record;
    const keys = new Set(await tx.objectStore('updates').index('document').getAllKeys(range));
    const isUntouched = before.every(
      (row) => keys.has(row.row) && (row.local === 0 || row.row <= storedUpTo),
    );
    if (!isUntouched) return false;
    for (const { row } of replaced) await tx.objectStore('updates').delete(row);
    for (const row of merged) await tx.objectStore('updates').put(row);
    record.merges = (record.merges ?? 0) + 1;
    await tx.objectStore('documents').put(record);
    return true;
  });
}
