import type { DocumentName } from '@rukun/core/protocol';
import { MOST_MOVED_RUNS, type DocumentContents, type Rebuilt, type RefusedEdit } from '@rukun/core/sync';
import { addLocal, documentRow, generationOf, keep, localRows } from './document-rows.ts';
import { openJson, sealJson } from './sealed-json.ts';
import type { Vault } from './vault.ts';

/** What a rebuild after a refusal reads and writes (DESIGN.md section 5, P5). */

/** Everything of a document in one consistent view; null if nothing of it is here. */
export async function readContents(vault: Vault, document: DocumentName): Promise<DocumentContents | null> {
  const range = IDBKeyRange.bound([document, 0], [document, 1]);
  const found = await vault.database.read(async (tx) => {
    const record = await tx.objectStore('documents').get(document);
    return record ? { record, rows: await tx.objectStore('updates').index('document').getAll(range) } : null;
  });
  if (!found) return null;
  const { record } = found;
  const rows = await Promise.all(
    found.rows
      .sort((a, b) => a.row - b.row)
      .map(async ({ row, local, at, bytes }) => ({
        row,
        at,
        isLocal: local === 1,
        update: await vault.seal.open(bytes),
      })),
  );
  return {
    generation: generationOf(record),
    storedUpTo: record.storedUpTo,
    onceStoredUpTo: Math.max(record.onceStoredUpTo ?? 0, record.storedUpTo),
    rebuilds: record.rebuilds ?? 0,
    refusal: record.refusal ?? null,
    moved: record.moved ?? [],
    rows,
  };
}

/** Swaps the unsent rows for the rebuilt ones in one transaction; false, and nothing done, if anything came in between. */
export async function swapRows(vault: Vault, document: DocumentName, rebuilt: Rebuilt): Promise<boolean> {
  const rows = await Promise.all(
    rebuilt.rows.map(async ({ update, at }) => ({ at, bytes: await vault.seal.seal(update) })),
  );
  const refused = await Promise.all(rebuilt.refused.map((edit) => sealJson(vault.seal, edit)));
  return vault.database.write(async (tx) => {
    const before = await documentRow(tx, document);
    if (generationOf(before) !== rebuilt.generation || before.lastRow !== rebuilt.lastRow) return false;
    for (const row of rebuilt.replaced) await tx.objectStore('updates').delete(row);
    delete before.refusal;
    delete before.isRefused;
    before.refused = null;
    delete before.dirtyFrom;
    before.generation = rebuilt.generation + 1;
    before.rebuilds = (before.rebuilds ?? 0) + 1;
    before.moved = [...(before.moved ?? []), ...rebuilt.moved].slice(-MOST_MOVED_RUNS);
    if (rebuilt.isWhole === true) {
      const listed = await tx.objectStore('refused').index('document').getAllKeys(document);
      for (const key of listed) await tx.objectStore('refused').delete(key);
      delete before.refusedEdits;
      Object.assign(before, { entry: null, entryRow: 0 });
    }
    const [first] = rebuilt.refused;
    if (first) before.refusedEdits ??= first.code;
    const unsent = (await localRows(tx, document)).find((row) => row > before.storedUpTo);
    if (unsent !== undefined) before.dirtyFrom = unsent;
    before.stale = 1;
    await keep(tx, before);
    for (const { bytes, at } of rows) await addLocal(tx, document, bytes, at);
    for (const bytes of refused) await tx.objectStore('refused').add({ document, bytes });
    return true;
  });
}

/** Edits that were refused and that their author has not put away, oldest first. */
export async function readRefused(vault: Vault, document: DocumentName): Promise<readonly RefusedEdit[]> {
  const rows = await vault.database.read((tx) =>
    tx.objectStore('refused').index('document').getAll(document),
  );
  return Promise.all(rows.map(async ({ bytes }) => (await openJson(vault.seal, bytes)) as RefusedEdit));
}

/** Their author has read them. */
export async function forgetRefused(vault: Vault, document: DocumentName): Promise<void> {
  await vault.database.write(async (tx) => {
    const keys = await tx.objectStore('refused').index('document').getAllKeys(document);
    for (const key of keys) await tx.objectStore('refused').delete(key);
    const record = await tx.objectStore('documents').get(document);
    if (!record) return;
    delete record.refusedEdits;
    await keep(tx, record);
  });
}
