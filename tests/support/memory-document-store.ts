import { ERRORS, type InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { AnswerToStore, DocumentStore, OutboxDocument, SyncPosition } from '@rukun/core/sync';

interface Row {
  readonly row: number;
  readonly isLocal: boolean;
  readonly update: Uint8Array;
  readonly at: InstantMs;
}

interface Entry {
  readonly rows: Row[];
  area: string;
  isNew: boolean;
  storedUpTo: number;
  /** Rows up to here were refused for good; they are sent again only with a later edit. */
  refusedUpTo: number;
}

/** Core's DocumentStore in memory, for simulated devices. Keeps the same promises as the vault, disk aside. */
export class MemoryDocumentStore implements DocumentStore {
  readonly #documents = new Map<DocumentName, Entry>();
  #position: SyncPosition = { epoch: '', feeds: [] };
  #lastRow = 0;

  appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number> {
    return Promise.resolve(this.#append(document, { isLocal: true, update, at }));
  }

  /** The first update of a household made on this device. */
  createLocal(document: DocumentName, area: string, update: Uint8Array, at: InstantMs): Promise<number> {
    const row = this.#append(document, { isLocal: true, update, at });
    Object.assign(this.#entry(document), { area, isNew: true });
    return Promise.resolve(row);
  }

  updates(document: DocumentName): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.#documents.get(document)?.rows.map(({ update }) => update) ?? []);
  }

  outbox(aimBytes: number): Promise<readonly OutboxDocument[]> {
    const dirty = [...this.#documents]
      .map(([document, entry]) => ({ document, entry, rows: unsent(entry) }))
      .filter(({ entry, rows }) => rows.some(({ row }) => row > entry.refusedUpTo))
      .sort((a, b) => (a.rows[0]?.row ?? 0) - (b.rows[0]?.row ?? 0));
    const list: OutboxDocument[] = [];
    let bytes = 0;
    for (const { document, entry, rows } of dirty) {
      if (bytes >= aimBytes) break;
      for (const { update } of rows) bytes += update.byteLength;
      const logged = rows.map(({ row, update, at }) => ({ row, update, at }));
      list.push({ document, area: entry.isNew ? entry.area : '', rows: logged });
    }
    return Promise.resolve(list);
  }

  resend(document: DocumentName): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry) Object.assign(entry, { storedUpTo: 0, refusedUpTo: 0 });
    return Promise.resolve();
  }

  position(): Promise<SyncPosition> {
    return Promise.resolve(this.#position);
  }

  async takeOver({ receipts, changes, position }: AnswerToStore): Promise<void> {
    for (const receipt of receipts) {
      if (receipt.status === 'stored') await this.acknowledge(receipt.document, receipt.upTo);
      else if (receipt.status === 'refused' && !ERRORS[receipt.code].retry) {
        const entry = this.#documents.get(receipt.document);
        if (entry) entry.refusedUpTo = Math.max(entry.refusedUpTo, receipt.upTo);
      }
    }
    for (const { document, update, area } of changes) {
      await this.appendRemote(document, update);
      if (area !== '') this.#entry(document).area = area;
    }
    this.#position = position;
  }

  acknowledge(document: DocumentName, upTo: number): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry) Object.assign(entry, { isNew: false, storedUpTo: Math.max(entry.storedUpTo, upTo) });
    return Promise.resolve();
  }

  appendRemote(document: DocumentName, update: Uint8Array): Promise<void> {
    this.#append(document, { isLocal: false, update, at: 0 });
    this.#entry(document).isNew = false;
    return Promise.resolve();
  }

  #append(document: DocumentName, row: Omit<Row, 'row'>): number {
    this.#lastRow++;
    this.#entry(document).rows.push({ row: this.#lastRow, ...row });
    return this.#lastRow;
  }

  #entry(document: DocumentName): Entry {
    let entry = this.#documents.get(document);
    if (!entry) {
      entry = { rows: [], area: '', isNew: false, storedUpTo: 0, refusedUpTo: 0 };
      this.#documents.set(document, entry);
    }
    return entry;
  }
}

function unsent({ rows, storedUpTo }: Entry): Row[] {
  return rows.filter(({ row, isLocal }) => isLocal && row > storedUpTo);
}
