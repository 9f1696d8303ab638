import type { Clock, ErrorCode, InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { AnswerToStore, DocumentStore, OutboxDocument, SyncPosition } from '@rukun/core/sync';
import { addLocal, addRemote, documentRow, localRows, markStored, markUnsent, takeReceipt } from './document-rows.ts';
import type { Seal } from './seal.ts';
import { VaultDatabase } from './vault-database.ts';
import type { DocumentRow, UpdateRow } from './vault-schema.ts';

/** What the database knows of a document without opening it. */
export interface DocumentState {
  readonly document: DocumentName;
  readonly area: string;
  /** Edits made here are not yet known to be stored at the relay. */
  readonly isWaiting: boolean;
  readonly refused: ErrorCode | null;
  readonly updatedAt: InstantMs;
}

/** Tells what changed once it is stored. */
export type VaultListener = (documents: readonly DocumentName[]) => void;

/**
 * The vault of one person on this device: core's {@link DocumentStore} on IndexedDB, and what the app needs besides. Every
 * promise that resolves means *stored*; every one that rejects is a StoreFailure, and nothing of it was kept.
 */
export class Vault implements DocumentStore {
  readonly database: VaultDatabase;
  readonly seal: Seal;
  readonly #clock: Clock;
  readonly #listeners = new Set<VaultListener>();

  constructor(database: VaultDatabase, seal: Seal, clock: Clock) {
    this.database = database;
    this.seal = seal;
    this.#clock = clock;
  }

  /** Calls back after every transaction that changed documents; returns how to stop. */
  onStored(listener: VaultListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners; used by what writes to the same database (catalogue, other tabs). */
  announce(documents: readonly DocumentName[]): void {
    if (documents.length > 0) for (const listener of this.#listeners) listener(documents);
  }

  async appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number> {
    return this.#append(document, update, at, '');
  }

  /** The first update of a household made on this device; the area travels with its first exchange item. */
  async createLocal(document: DocumentName, area: string, update: Uint8Array, at: InstantMs): Promise<number> {
    return this.#append(document, update, at, area);
  }

  async #append(document: DocumentName, update: Uint8Array, at: InstantMs, area: string): Promise<number> {
    const bytes = await this.seal.seal(update);
    const row = await this.database.write((tx) => addLocal(tx, document, bytes, at, area));
    this.announce([document]);
    return row;
  }

  async updates(document: DocumentName): Promise<readonly Uint8Array[]> {
    return (await this.updatesAfter(document, 0)).map(({ update }) => update);
  }

  /** Updates with a row number above `row`, oldest first. */
  async updatesAfter(
    document: DocumentName,
    row: number,
  ): Promise<readonly { readonly row: number; readonly isLocal: boolean; readonly update: Uint8Array }[]> {
    const range = IDBKeyRange.bound([document, 0], [document, 1]);
    const rows = await this.database.read((tx) => tx.objectStore('updates').index('document').getAll(range));
    const wanted = rows.filter((each) => each.row > row).sort((a, b) => a.row - b.row);
    return Promise.all(
      wanted.map(async (each) => ({
        row: each.row,
        isLocal: each.local === 1,
        update: await this.seal.open(each.bytes),
      })),
    );
  }

  async outbox(aimBytes: number): Promise<readonly OutboxDocument[]> {
    const sealed = await this.database.read(async (tx) => {
      const list: { record: DocumentRow; rows: UpdateRow[] }[] = [];
      let bytes = 0;
      let cursor = await tx.objectStore('documents').index('dirty').openCursor();
      while (cursor && bytes < aimBytes) {
        const record = cursor.value;
        const all = await tx.objectStore('updates').index('document').getAll(IDBKeyRange.only([record.document, 1]));
        const rows = all.filter((each) => each.row > record.storedUpTo);
        for (const each of rows) bytes += each.bytes.byteLength;
        list.push({ record, rows });
        cursor = await cursor.continue();
      }
      return list;
    });
    return Promise.all(
      sealed.map(async ({ record, rows }) => ({
        document: record.document,
        area: record.isNew ? record.area : '',
        rows: await Promise.all(
          rows.map(async ({ row, at, bytes }) => ({ row, at, update: await this.seal.open(bytes) })),
        ),
      })),
    );
  }

  async resend(document: DocumentName): Promise<void> {
    await this.database.write((tx) => markUnsent(tx, document));
    this.announce([document]);
  }

  async position(): Promise<SyncPosition> {
    const found = await this.database.read((tx) => tx.objectStore('state').get('position'));
    return found ? { epoch: found.epoch, feeds: found.feeds } : { epoch: '', feeds: [] };
  }

  async takeOver({ receipts, changes, position }: AnswerToStore): Promise<void> {
    const sealed = await Promise.all(changes.map(async (each) => ({ ...each, bytes: await this.seal.seal(each.update) })));
    const at = this.#clock.now();
    await this.database.write(async (tx) => {
      for (const receipt of receipts) await takeReceipt(tx, receipt);
      for (const { document, bytes, area } of sealed) await addRemote(tx, document, bytes, at, area);
      await tx.objectStore('state').put({ key: 'position', ...position });
    });
    this.announce([...new Set([...receipts, ...changes].map(({ document }) => document))]);
  }

  async acknowledge(document: DocumentName, upTo: number): Promise<void> {
    await this.database.write((tx) => markStored(tx, document, upTo));
    this.announce([document]);
  }

  async appendRemote(document: DocumentName, update: Uint8Array): Promise<void> {
    const bytes = await this.seal.seal(update);
    const at = this.#clock.now();
    await this.database.write((tx) => addRemote(tx, document, bytes, at));
    this.announce([document]);
  }

  /** The relay refused row `upTo` on a live connection. */
  async refuse(document: DocumentName, upTo: number, code: ErrorCode, paths: readonly string[]): Promise<void> {
    await this.database.write((tx) => takeReceipt(tx, { document, upTo, status: 'refused', code, paths }));
    this.announce([document]);
  }

  /** Local rows that are not known to be stored at the relay, in order; of every tab of this device. */
  async unsentRows(document: DocumentName): Promise<readonly number[]> {
    return this.database.read(async (tx) => {
      const { storedUpTo } = await documentRow(tx, document);
      return (await localRows(tx, document)).filter((row) => row > storedUpTo);
    });
  }

  /** What is known of a document; null if nothing of it is here. */
  async state(document: DocumentName): Promise<DocumentState | null> {
    const record = await this.database.read((tx) => tx.objectStore('documents').get(document));
    return record ? stateOfRow(record) : null;
  }

  /** Documents with edits that are not known to be stored at the relay, refused ones included. */
  async waitingCount(): Promise<number> {
    const records = await this.database.read((tx) => tx.objectStore('documents').getAll());
    return records.filter((record) => stateOfRow(record).isWaiting).length;
  }
}

export function stateOfRow(record: DocumentRow): DocumentState {
  const { document, area, refused, updatedAt } = record;
  return { document, area, isWaiting: record.dirtyFrom !== undefined || refused !== null, refused, updatedAt };
}
