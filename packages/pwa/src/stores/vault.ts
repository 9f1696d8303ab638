import type { Clock, ErrorCode, InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type {
  AnswerToStore,
  DocumentContents,
  DocumentNews,
  DocumentState,
  HeldDocument,
  OutboxDocument,
  Rebuilt,
  RefusedEdit,
  SyncPosition,
  TabStore,
} from '@rukun/core/sync';
import {
  addLocal,
  addRemote,
  documentRow,
  generationOf,
  localRows,
  markAllUnsent,
  markErased,
  markRefused,
  markStored,
  markUnsent,
  markWhole,
  releaseErased,
} from './document-rows.ts';
import { forgetRefused, readContents, readRefused, swapRows } from './rebuild-rows.ts';
import type { Seal } from './seal.ts';
import type { VaultDatabase, VaultReading } from './vault-database.ts';
import type { DocumentRow, UpdateRow } from './vault-schema.ts';

/** Tells what changed once it is stored; `isElsewhere`: by another tab. */
export type VaultListener = (documents: readonly DocumentName[], isElsewhere: boolean) => void;

/**
 * The vault of one person on this device: core's {@link TabStore} on IndexedDB, and what the app needs besides. Every
 * promise that resolves means *stored*; every one that rejects is a StoreFailure, and nothing of it was kept.
 */
export class Vault implements TabStore {
  readonly database: VaultDatabase;
  readonly seal: Seal;
  readonly #clock: Clock;
  readonly #listeners: Set<VaultListener>;

  constructor(database: VaultDatabase, seal: Seal, clock: Clock, listeners = new Set<VaultListener>()) {
    this.database = database;
    this.seal = seal;
    this.#clock = clock;
    this.#listeners = listeners;
  }

  /** The vault of the person who is signed in now; it fails once somebody else is. */
  lease(): Vault {
    return new Vault(this.database.lease(), this.seal, this.#clock, this.#listeners);
  }

  /** Calls back after every transaction that changed documents; returns how to stop. */
  onStored(listener: VaultListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the listeners (no names: how far the feeds have come, or everything); used by what writes to the same database (catalogue, other tabs). */
  announce(documents: readonly DocumentName[], isElsewhere = false): void {
    for (const listener of this.#listeners) listener(documents, isElsewhere);
  }

  appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number>;
  appendLocal(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    generation: number,
  ): Promise<number | null>;
  async appendLocal(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    generation?: number,
  ): Promise<number | null> {
    return this.#append(document, update, at, '', generation);
  }

  /** The first update of a household made on this device; the area travels with its first exchange item. */
  async createLocal(
    document: DocumentName,
    area: string,
    update: Uint8Array,
    at: InstantMs,
  ): Promise<number> {
    const row = await this.#append(document, update, at, area);
    if (row === null) throw new Error('only an edit of an open copy can be of the past');
    return row;
  }

  async #append(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    area: string,
    generation?: number,
  ): Promise<number | null> {
    const bytes = await this.seal.seal(update);
    const row = await this.database.write(async (tx) => {
      const isPast = generation !== undefined && generationOf(await documentRow(tx, document)) !== generation;
      return isPast ? null : addLocal(tx, document, bytes, at, area);
    });
    if (row !== null) this.announce([document]);
    return row;
  }

  async updates(document: DocumentName): Promise<readonly Uint8Array[]> {
    return (await this.news(document, 0, () => false)).rows.map(({ update }) => update);
  }

  /** Updates whose row is above `row` and not `held`, oldest first, and the state of the document at that moment. */
  async news(document: DocumentName, row: number, held: (row: number) => boolean): Promise<DocumentNews> {
    const range = IDBKeyRange.bound([document, 0], [document, 1]);
    const { record, sealed } = await this.database.read(async (tx) => {
      const updates = tx.objectStore('updates');
      const keys = await updates.index('document').getAllKeys(range);
      const wanted = keys.filter((key) => key > row && !held(key)).sort((a, b) => a - b);
      const rows = await Promise.all(wanted.map((key) => updates.get(key)));
      return { record: await tx.objectStore('documents').get(document), sealed: rows };
    });
    const rows = await Promise.all(
      sealed
        .filter((each) => each !== undefined)
        .map(async (each) => ({
          row: each.row,
          isLocal: each.local === 1,
          update: await this.seal.open(each.bytes),
        })),
    );
    return { state: record ? stateOfRow(record) : null, lastRow: record?.lastRow ?? 0, rows };
  }

  async outbox(aimBytes: number): Promise<readonly OutboxDocument[]> {
    const sealed = await this.database.read(async (tx) => {
      const list: { record: DocumentRow; rows: UpdateRow[] }[] = [];
      let bytes = 0;
      let cursor = await tx.objectStore('documents').index('dirty').openCursor();
      while (cursor && bytes < aimBytes) {
        const record = cursor.value;
        const all = await tx
          .objectStore('updates')
          .index('document')
          .getAll(IDBKeyRange.only([record.document, 1]));
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
        isSplit: record.isSplit === 1,
        rows: await Promise.all(
          rows.map(async ({ row, at, bytes, marks }) => ({
            row,
            at,
            update: await this.seal.open(bytes),
            ...(marks ? { marks } : {}),
          })),
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
    if (found?.key !== 'position') return { epoch: '', feeds: [] };
    const { key: _, ...position } = found;
    return position;
  }

  async takeOver({ receipts, changes, whole, erased = [], position }: AnswerToStore): Promise<void> {
    const sealed = await Promise.all(
      changes.map(async (each) => ({ ...each, bytes: await this.seal.seal(each.update) })),
    );
    const at = this.#clock.now();
    await this.database.write(async (tx) => {
      const before = await tx.objectStore('state').get('position');
      const isOtherEpoch =
        before?.key === 'position' && before.epoch !== '' && before.epoch !== position.epoch;
      if (isOtherEpoch) await markAllUnsent(tx);
      for (const receipt of receipts) {
        const { document, upTo } = receipt;
        // A receipt says nothing of the rows before it that only the earlier epoch had stored.
        if (receipt.status === 'stored') {
          if (!isOtherEpoch) await markStored(tx, document, upTo);
        } else if (receipt.status === 'refused')
          await markRefused(tx, document, upTo, receipt.code, receipt.paths);
      }
      for (const { document, bytes, area } of sealed) await addRemote(tx, document, bytes, at, area);
      const sent = new Set(sealed.map(({ document }) => document));
      for (const document of whole) if (sent.has(document)) await markWhole(tx, document);
      for (const document of erased) await markErased(tx, document);
      await tx.objectStore('state').put({ key: 'position', ...position });
    });
    this.announce([
      ...new Set([
        ...receipts.map(({ document }) => document),
        ...changes.map(({ document }) => document),
        ...erased,
      ]),
    ]);
  }

  /** The last complete comparison with the centre, and the epoch it was made in; null before the first. */
  async audited(): Promise<{ readonly epoch: string; readonly at: InstantMs } | null> {
    const found = await this.database.read((tx) => tx.objectStore('state').get('audit'));
    return found?.key === 'audit' ? { epoch: found.epoch, at: found.at } : null;
  }

  async noteAudit(epoch: string, at: InstantMs): Promise<void> {
    await this.database.write((tx) => tx.objectStore('state').put({ key: 'audit', epoch, at }));
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
  async refuse(
    document: DocumentName,
    upTo: number,
    code: ErrorCode,
    paths: readonly string[],
  ): Promise<void> {
    await this.database.write((tx) => markRefused(tx, document, upTo, code, paths));
    this.announce([document]);
  }

  contents(document: DocumentName): Promise<DocumentContents | null> {
    return readContents(this, document);
  }

  documents(): Promise<readonly DocumentName[]> {
    return this.database.read((tx) => tx.objectStore('documents').getAllKeys());
  }

  async held(): Promise<readonly HeldDocument[]> {
    const records = await this.database.read((tx) => tx.objectStore('documents').getAll());
    return records.map(({ document, area, waiting }) => ({ document, area, isWaiting: waiting === 1 }));
  }

  refusedDocuments(): Promise<readonly DocumentName[]> {
    return this.database.read((tx) => tx.objectStore('documents').index('refused').getAllKeys());
  }

  async rebuild(document: DocumentName, rebuilt: Rebuilt): Promise<boolean> {
    const isDone = await swapRows(this, document, rebuilt);
    if (isDone) this.announce([document]);
    return isDone;
  }

  async release(document: DocumentName): Promise<void> {
    await this.database.write((tx) => releaseErased(tx, document));
    this.announce([document]);
  }

  refusedEdits(document: DocumentName): Promise<readonly RefusedEdit[]> {
    return readRefused(this, document);
  }

  async forgetRefused(document: DocumentName): Promise<void> {
    await forgetRefused(this, document);
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
    return this.database.read((tx) => tx.objectStore('documents').index('waiting').count());
  }

  /**
   * Deletes the documents from this device, if none of them has edits that only this device has: resolves with how many have, and
   * with 0 once it is empty. The numbers for ids and rows go on from where they are: nothing made here later can be taken for
   * something made before.
   */
  async empty(
    waiting: (tx: VaultReading) => Promise<number> = (tx) =>
      tx.objectStore('documents').index('waiting').count(),
  ): Promise<number> {
    const count = await this.database.write(async (tx) => {
      const left = await waiting(tx);
      if (left > 0) return left;
      await Promise.all([
        tx.objectStore('updates').clear(),
        tx.objectStore('documents').clear(),
        tx.objectStore('state').clear(),
        tx.objectStore('refused').clear(),
      ]);
      return 0;
    });
    this.announce([]);
    return count;
  }
}

export function stateOfRow(record: DocumentRow): DocumentState {
  const { document, area, updatedAt } = record;
  const refused = record.refused ?? record.refusedEdits ?? null;
  return {
    document,
    area,
    isWaiting: record.waiting === 1,
    isKept: record.refused !== null,
    refused,
    generation: generationOf(record),
    merges: record.merges ?? 0,
    updatedAt,
  };
}
