import type { DocumentName, RescuedDocument } from '@rukun/core/protocol';
import { addLocal } from './document-rows.ts';
import type { UpdateRow } from './vault-schema.ts';
import type { Vault } from './vault.ts';

/** Every edit in the vault that is not known to be stored at the relay, refused ones included, in the order they were made. */
export async function unstoredEdits(vault: Vault): Promise<RescuedDocument[]> {
  const sealed = await vault.database.read(async (tx) => {
    const list: { document: DocumentName; area: string; rows: UpdateRow[] }[] = [];
    for (const record of await tx.objectStore('documents').index('waiting').getAll()) {
      const { document, isNew, area, storedUpTo } = record;
      const local = await tx
        .objectStore('updates')
        .index('document')
        .getAll(IDBKeyRange.only([document, 1]));
      list.push({ document, area: isNew ? area : '', rows: local.filter(({ row }) => row > storedUpTo) });
    }
    return list;
  });
  return Promise.all(
    sealed.map(async ({ document, area, rows }) => ({
      document,
      area,
      edits: await Promise.all(
        rows.map(async ({ at, bytes }) => ({ at, update: await vault.seal.open(bytes) })),
      ),
    })),
  );
}

/**
 * Stores rescued edits as unsent edits of this device, all of them or none. What is here already is left out, so that
 * taking a file over twice changes nothing. Resolves with how many were stored; rejects with a StoreFailure.
 */
export async function storeRescued(vault: Vault, documents: readonly RescuedDocument[]): Promise<number> {
  const lacking = await Promise.all(documents.map((each) => lackingOf(vault, each)));
  const sealed = await Promise.all(
    lacking.flatMap(({ document, area, edits }) =>
      edits.map(async ({ at, update }) => ({ document, area, at, bytes: await vault.seal.seal(update) })),
    ),
  );
  if (sealed.length === 0) return 0;
  await vault.database.write(async (tx) => {
    for (const { document, bytes, at, area } of sealed) await addLocal(tx, document, bytes, at, area);
  });
  vault.announce([...new Set(sealed.map(({ document }) => document))]);
  return sealed.length;
}

/** What of a document is not here; its area only where nothing of it is. */
async function lackingOf(vault: Vault, rescued: RescuedDocument): Promise<RescuedDocument> {
  const { state, rows } = await vault.news(rescued.document, 0, () => false);
  const here = new Set(rows.filter(({ isLocal }) => isLocal).map(({ update }) => keyOf(update)));
  return {
    document: rescued.document,
    area: state === null ? rescued.area : '',
    edits: rescued.edits.filter(({ update }) => !here.has(keyOf(update))),
  };
}

/** The same bytes, the same key. */
function keyOf(update: Uint8Array): string {
  return update.join(' ');
}
