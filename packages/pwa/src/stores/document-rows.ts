import type { ErrorCode, InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { consequenceOf } from '@rukun/core/sync';
import type { VaultReading, VaultTransaction } from './vault-database.ts';
import { newDocumentRow, type DocumentRow } from './vault-schema.ts';

/** What one transaction does to the rows of one document. Every function runs inside the caller's transaction. */

/** Keys of the local rows, in order. */
export async function localRows(tx: VaultReading, document: DocumentName): Promise<number[]> {
  return tx
    .objectStore('updates')
    .index('document')
    .getAllKeys(IDBKeyRange.only([document, 1]));
}

/** The bookkeeping of a document; a new one if nothing of it is here. */
export async function documentRow(tx: VaultReading, document: DocumentName): Promise<DocumentRow> {
  return (await tx.objectStore('documents').get(document)) ?? newDocumentRow(document);
}

/** The rebuilds of a document so far. */
export function generationOf(record: DocumentRow): number {
  return record.generation ?? 0;
}

/** Appends an edit made on this device and sets the dirty mark. */
export async function addLocal(
  tx: VaultTransaction,
  document: DocumentName,
  bytes: Uint8Array,
  at: InstantMs,
  area = '',
): Promise<number> {
  const record = await documentRow(tx, document);
  // The key is given by the database, so the row is added without one.
  const row = await tx.objectStore('updates').add({ document, local: 1, at, bytes } as never);
  if (area !== '') Object.assign(record, { area, isNew: true });
  if (record.dirtyFrom === undefined && !record.refusal) {
    const unsent = (await localRows(tx, document)).find((key) => key > record.storedUpTo);
    record.dirtyFrom = unsent ?? row;
  }
  await grow(tx, record, row, at);
  return row;
}

/** Appends what came from the relay. */
export async function addRemote(
  tx: VaultTransaction,
  document: DocumentName,
  bytes: Uint8Array,
  at: InstantMs,
  area = '',
): Promise<void> {
  const record = await documentRow(tx, document);
  const row = await tx.objectStore('updates').add({ document, local: 0, at, bytes } as never);
  if (area !== '') record.area = area;
  record.isNew = false;
  await grow(tx, record, row, at);
}

/** Takes the relay's word that everything up to `upTo` is stored there, but for a row that it refused. */
export async function markStored(tx: VaultTransaction, document: DocumentName, upTo: number): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (!record) return;
  const last = record.refusal ? Math.min(upTo, record.refusal.upTo - 1) : upTo;
  record.storedUpTo = Math.max(record.storedUpTo, last);
  record.onceStoredUpTo = Math.max(record.onceStoredUpTo ?? 0, record.storedUpTo);
  record.isNew = false;
  delete record.rebuilds;
  const unsent = (await localRows(tx, document)).find((row) => row > record.storedUpTo);
  if (unsent === undefined) {
    delete record.dirtyFrom;
    delete record.isSplit;
    record.refused = null;
  } else if (record.refused === null && !record.refusal) record.dirtyFrom = unsent;
  await keep(tx, record);
}

/**
 * Takes a refusal over: what can be worked off by a rebuild waits for it, what was refused whole stays on the device and is
 * not sent again before the next edit.
 */
export async function markRefused(
  tx: VaultTransaction,
  document: DocumentName,
  upTo: number,
  code: ErrorCode,
  paths: readonly string[],
): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (!record || record.storedUpTo >= upTo) return;
  const unsent = (await localRows(tx, document)).filter((row) => row > record.storedUpTo);
  const met = unsent.filter((row) => row <= upTo);
  const consequence = consequenceOf(code, paths, met.length, record.rebuilds ?? 0);
  if (consequence === 'later') return;
  if (consequence === 'split') record.isSplit = 1;
  else if (consequence === 'rebuild') {
    // Of what the relay has nothing of there is nothing to wait for.
    record.refusal = { code, paths, upTo, hasWhole: record.isNew && code !== 'erased' };
    record.isRefused = 1;
    delete record.dirtyFrom;
  } else {
    record.refused = code;
    delete record.dirtyFrom;
  }
  await keep(tx, record);
}

/** The relay's whole document has come: a rebuild may start from it. */
export async function markWhole(tx: VaultTransaction, document: DocumentName): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (!record?.refusal) return;
  record.refusal = { ...record.refusal, hasWhole: true, wholeRow: record.lastRow };
  await keep(tx, record);
}

/** Something was erased of it: nothing of it is sent before all of it was replaced by the relay's whole. */
export async function markErased(tx: VaultTransaction, document: DocumentName): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (!record) return;
  record.refusal = { code: 'erased', paths: [], upTo: 0, hasWhole: false };
  record.isRefused = 1;
  delete record.dirtyFrom;
  await keep(tx, record);
}

/**
 * The relay does not send the document of which something was erased: of it stays what was never sent, but for an edit that was
 * refused as erased. Without such an edit nothing of it stays.
 */
export async function releaseErased(tx: VaultTransaction, document: DocumentName): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (record?.refusal?.code !== 'erased') return;
  const { upTo } = record.refusal;
  const local = await localRows(tx, document);
  const unsent = local.filter((row) => row > record.storedUpTo && row !== upTo);
  const range = IDBKeyRange.bound([document, 0], [document, 1]);
  for (const row of await tx.objectStore('updates').index('document').getAllKeys(range))
    if (!unsent.includes(row)) await tx.objectStore('updates').delete(row);
  for (const key of await tx.objectStore('refused').index('document').getAllKeys(document))
    await tx.objectStore('refused').delete(key);
  const [first] = unsent;
  if (first === undefined) {
    await tx.objectStore('documents').delete(document);
    return;
  }
  delete record.refusal;
  delete record.isRefused;
  delete record.refusedEdits;
  Object.assign(record, { dirtyFrom: first, entry: null, entryRow: 0, stale: 1 });
  record.generation = generationOf(record) + 1;
  await keep(tx, record);
}

/** Marks the local logs of all documents as unsent: the relay may have lost what it acknowledged. */
export async function markAllUnsent(tx: VaultTransaction): Promise<void> {
  for (const document of await tx.objectStore('documents').getAllKeys()) await markUnsent(tx, document);
}

/** Marks the whole local log as unsent; its area is named again, since the relay may have lost all of the document. */
export async function markUnsent(tx: VaultTransaction, document: DocumentName): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  const [first] = await localRows(tx, document);
  if (!record || first === undefined) return;
  record.onceStoredUpTo = Math.max(record.onceStoredUpTo ?? 0, record.storedUpTo);
  record.storedUpTo = 0;
  record.isNew = record.area !== '';
  if (!record.refusal) record.dirtyFrom = first;
  await keep(tx, record);
}

async function grow(tx: VaultTransaction, record: DocumentRow, row: number, at: InstantMs): Promise<void> {
  record.lastRow = row;
  record.updatedAt = Math.max(record.updatedAt, at);
  record.stale = 1;
  await keep(tx, record);
}

/** Puts the bookkeeping back, with the marks that follow from it. */
export async function keep(tx: VaultTransaction, record: DocumentRow): Promise<void> {
  if (record.dirtyFrom !== undefined || record.refused !== null || record.refusal) record.waiting = 1;
  else delete record.waiting;
  await tx.objectStore('documents').put(record);
}
