import type { DocumentName } from '@rukun/core/protocol';
import { openJson, sealJson } from './sealed-json.ts';
import type { Vault } from './vault.ts';
import type { DocumentState } from '@rukun/core/sync';
import { stateOfRow } from './vault.ts';
import { LockedError } from './vault-seal.ts';
import type { DocumentRow } from './vault-schema.ts';

/** A document as the catalogue has it: `entry` is what was last computed from its content, as parsed JSON. */
export interface CatalogueRow extends DocumentState {
  readonly entry: unknown;
}

/** The catalogue of the vault: enough of every document for a list, without opening any of them. */
export class Catalogue {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** All documents. */
  async all(): Promise<readonly CatalogueRow[]> {
    return this.#open(await this.#vault.database.read((tx) => tx.objectStore('documents').getAll()));
  }

  /** The named ones of those that are here. */
  async of(documents: readonly DocumentName[]): Promise<readonly CatalogueRow[]> {
    const rows = await this.#vault.database.read((tx) =>
      Promise.all(documents.map((document) => tx.objectStore('documents').get(document))),
    );
    return this.#open(rows.filter((row) => row !== undefined));
  }

  /** Documents whose entry is older than their content. */
  async stale(): Promise<readonly DocumentName[]> {
    return this.#vault.database.read((tx) => tx.objectStore('documents').index('stale').getAllKeys());
  }

  /** Keeps entries computed from the content up to a row; an entry from older content than the kept one is dropped. */
  async put(
    entries: readonly {
      readonly document: DocumentName;
      readonly upToRow: number;
      readonly entry: unknown;
    }[],
  ): Promise<void> {
    const sealed = await Promise.all(
      entries.map(async (each) => ({ ...each, bytes: await sealJson(this.#vault.seal, each.entry) })),
    );
    await this.#vault.database.write(async (tx) => {
      const documents = tx.objectStore('documents');
      for (const { document, upToRow, bytes } of sealed) {
        const record = await documents.get(document);
        if (!record || record.entryRow > upToRow) continue;
        record.entry = bytes;
        record.entryRow = upToRow;
        if (record.lastRow <= upToRow) delete record.stale;
        await documents.put(record);
      }
      // Nothing is confirmed by it: if it is lost, the row is still marked as stale.
    }, 'relaxed');
    this.#vault.announce(entries.map(({ document }) => document));
  }

  #open(rows: readonly DocumentRow[]): Promise<CatalogueRow[]> {
    return Promise.all(
      rows.map(async (row) => ({
        ...stateOfRow(row),
        // One that does not open is computed anew with the next change; the others are there all the same.
        entry: row.entry === null ? null : await openJson(this.#vault.seal, row.entry).catch(unread),
      })),
    );
  }
}

/** Nothing, unless it is only that nobody has unlocked. */
function unread(error: unknown): null {
  if (error instanceof LockedError) throw error;
  return null;
}
