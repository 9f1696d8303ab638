import type { DocumentName, RescueContents, RescuedDocument, RescuedRefusal } from '@rukun/core/protocol';
import { addLocal, documentRow, keep } from './document-rows.ts';
import { openJson, sealJson } from './sealed-json.ts';
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

/** Every edit that the relay did not take and that its author has not put away. */
export async function refusedEdits(vault: Vault): Promise<RescuedRefusal[]> {
  const rows = await vault.database.read((tx) => tx.objectStore('refused').getAll());
  return Promise.all(rows.map(async ({ bytes }) => (await openJson(vault.seal, bytes)) as RescuedRefusal));
}

/**
 * Stores rescued edits as unsent edits of this device, all of them or none. What is here already is left out, so that
 * taking a file over twice changes nothing. Resolves with how many were stored; rejects with a StoreFailure.
 */
export async function storeRescued(
  vault: Vault,
  { documents, refused }: Pick<RescueContents, 'documents' | 'refused'>,
): Promise<number> {
  const lacking = await Promise.all(documents.map((each) => lackingOf(vault, each)));
  const sealed = await Promise.all(
    lacking.flatMap(({ document, area, edits }) =>
      edits.map(async ({ at, update }) => ({ document, area, at, bytes: await vault.seal.seal(update) })),
    ),
  );
  const known = new Set((await refusedEdits(vault)).map((each) => JSON.stringify(each)));
  const unread = refused.filter((each) => !known.has(JSON.stringify(each)));
  const sealedRefused = await Promise.all(
    unread.map(async (edit) => ({ edit, bytes: await sealJson(vault.seal, edit) })),
  );
  if (sealed.length + sealedRefused.length === 0) return 0;
  await vault.database.write(async (tx) => {
    for (const { document, bytes, at, area } of sealed) await addLocal(tx, document, bytes, at, area);
    for (const { edit, bytes } of sealedRefused) {
      await tx.objectStore('refused').add({ document: edit.document, bytes });
      const record = await documentRow(tx, edit.document);
      record.refusedEdits ??= edit.code;
      await keep(tx, record);
    }
  });
  vault.announce([...new Set([...sealed, ...unread].map(({ document }) => document))]);
  return sealed.length + sealedRefused.length;
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
