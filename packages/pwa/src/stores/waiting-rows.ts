import type { DocumentName } from '@rukun/core/protocol';
import type { LocalRow } from '@rukun/core/sync';
import type { VaultReading } from './vault-database.ts';
import type { UpdateRow } from './vault-schema.ts';
import type { Vault } from './vault.ts';

/** The edits of one document that are not known to be stored at the relay, refused ones included, in the order they were made. */
export interface WaitingDocument {
  readonly document: DocumentName;
  /** 16 digits for a household the relay does not know, else ''. */
  readonly area: string;
  readonly rows: readonly LocalRow[];
}

/** The same with its rows as they are stored. */
export async function waitingRows(
  tx: VaultReading,
): Promise<
  { readonly document: DocumentName; readonly area: string; readonly rows: readonly UpdateRow[] }[]
> {
  const list: { document: DocumentName; area: string; rows: UpdateRow[] }[] = [];
  for (const record of await tx.objectStore('documents').index('waiting').getAll()) {
    const { document, isNew, area, storedUpTo } = record;
    const range = IDBKeyRange.only([document, 1]);
    const local = await tx.objectStore('updates').index('document').getAll(range);
    list.push({ document, area: isNew ? area : '', rows: local.filter(({ row }) => row > storedUpTo) });
  }
  return list;
}

/** Everything in the vault that nobody else may have. */
export async function waitingDocuments(vault: Vault): Promise<WaitingDocument[]> {
  const sealed = await vault.database.read(waitingRows);
  return Promise.all(
    sealed.map(async ({ document, area, rows }) => ({
      document,
      area,
      rows: await Promise.all(
        rows.map(async ({ row, at, bytes, marks }) => ({
          row,
          at,
          update: await vault.seal.open(bytes),
          ...(marks ? { marks } : {}),
        })),
      ),
    })),
  );
}
