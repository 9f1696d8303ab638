import { ERRORS, type InstantMs } from '@rukun/core/foundation';
import type { DocumentName, Receipt } from '@rukun/core/protocol';
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
  if (record.dirtyFrom === undefined) {
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

/** Takes the relay's word that everything up to `upTo` is stored there. */
export async function markStored(tx: VaultTransaction, document: DocumentName, upTo: number): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  if (!record) return;
  record.storedUpTo = Math.max(record.storedUpTo, upTo);
  record.isNew = false;
  const unsent = (await localRows(tx, document)).find((row) => row > record.storedUpTo);
  if (unsent === undefined) {
    delete record.dirtyFrom;
    record.refused = null;
  } else if (record.refused === null) record.dirtyFrom = unsent;
  await keep(tx, record);
}

/**
 * Takes over one receipt. What was refused for good stays on the device and is not sent again before the next edit; the
 * rebuild of the document without it (DESIGN.md section 5) comes with the access issue and belongs here.
 */
export async function takeReceipt(tx: VaultTransaction, receipt: Receipt): Promise<void> {
  if (receipt.status === 'stored') await markStored(tx, receipt.document, receipt.upTo);
  if (receipt.status !== 'refused' || ERRORS[receipt.code].retry) return;
  const record = await tx.objectStore('documents').get(receipt.document);
  if (!record || record.storedUpTo >= receipt.upTo) return;
  record.refused = receipt.code;
  const newer = (await localRows(tx, receipt.document)).some((row) => row > receipt.upTo);
  if (!newer) delete record.dirtyFrom;
  await keep(tx, record);
}

/** Marks the whole local log as unsent. */
export async function markUnsent(tx: VaultTransaction, document: DocumentName): Promise<void> {
  const record = await tx.objectStore('documents').get(document);
  const [first] = await localRows(tx, document);
  if (!record || first === undefined) return;
  record.storedUpTo = 0;
  record.dirtyFrom = first;
  await keep(tx, record);
}

async function grow(tx: VaultTransaction, record: DocumentRow, row: number, at: InstantMs): Promise<void> {
  record.lastRow = row;
  record.updatedAt = Math.max(record.updatedAt, at);
  record.stale = 1;
  await keep(tx, record);
}

async function keep(tx: VaultTransaction, record: DocumentRow): Promise<void> {
  if (record.dirtyFrom !== undefined || record.refused !== null) record.waiting = 1;
  else delete record.waiting;
  await tx.objectStore('documents').put(record);
}
