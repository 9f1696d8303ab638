import type { ErrorCode, InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import {
  consequenceOf,
  MOST_MOVED_RUNS,
  type AnswerToStore,
  type DocumentContents,
  type DocumentNews,
  type DocumentState,
  type HeldDocument,
  type OutboxDocument,
  type MovedRun,
  type Rebuilt,
  type Refusal,
  type RefusedEdit,
  type StoredRow,
  type SyncPosition,
  type TabStore,
} from '@rukun/core/sync';

interface Entry {
  rows: StoredRow[];
  area: string;
  isNew: boolean;
  storedUpTo: number;
  onceStoredUpTo: number;
  /** Rows up to here were refused whole; they are sent again only with a later edit. */
  keptUpTo: number;
  isSplit: boolean;
  refusal: Refusal | null;
  rebuilds: number;
  generation: number;
  moved: readonly MovedRun[];
  refusedEdits: RefusedEdit[];
}

/** Core's TabStore in memory, for simulated devices. Keeps the same promises as the vault, disk aside. */
export class MemoryDocumentStore implements TabStore {
  readonly #documents = new Map<DocumentName, Entry>();
  readonly #listeners = new Set<(documents: readonly DocumentName[]) => void>();
  #position: SyncPosition = { epoch: '', feeds: [] };
  #lastRow = 0;

  /** Calls back after every change, as the tabs of one device hear of each other; returns how to stop. */
  onStored(listener: (documents: readonly DocumentName[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  appendLocal(document: DocumentName, update: Uint8Array, at: InstantMs): Promise<number>;
  appendLocal(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    generation: number,
  ): Promise<number | null>;
  appendLocal(
    document: DocumentName,
    update: Uint8Array,
    at: InstantMs,
    generation?: number,
  ): Promise<number | null> {
    const current = this.#documents.get(document)?.generation ?? 0;
    if (generation !== undefined && generation !== current) return Promise.resolve(null);
    const row = this.#append(document, { isLocal: true, update, at });
    this.#tell(document);
    return Promise.resolve(row);
  }

  /** The first update of a household made on this device. */
  createLocal(document: DocumentName, area: string, update: Uint8Array, at: InstantMs): Promise<number> {
    const row = this.#append(document, { isLocal: true, update, at });
    Object.assign(this.#entry(document), { area, isNew: true });
    this.#tell(document);
    return Promise.resolve(row);
  }

  updates(document: DocumentName): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.#documents.get(document)?.rows.map(({ update }) => update) ?? []);
  }

  news(document: DocumentName, row: number, held: (row: number) => boolean): Promise<DocumentNews> {
    const entry = this.#documents.get(document);
    if (!entry) return Promise.resolve({ state: null, lastRow: 0, rows: [] });
    const rows = entry.rows.filter((each) => each.row > row && !held(each.row));
    return Promise.resolve({ state: stateOf(document, entry), lastRow: entry.rows.at(-1)?.row ?? 0, rows });
  }

  unsentRows(document: DocumentName): Promise<readonly number[]> {
    const entry = this.#documents.get(document);
    return Promise.resolve(entry ? unsent(entry).map(({ row }) => row) : []);
  }

  contents(document: DocumentName): Promise<DocumentContents | null> {
    const entry = this.#documents.get(document);
    if (!entry) return Promise.resolve(null);
    const { generation, storedUpTo, onceStoredUpTo, rebuilds, refusal, moved, rows } = entry;
    return Promise.resolve({
      generation,
      storedUpTo,
      onceStoredUpTo,
      rebuilds,
      refusal,
      moved,
      rows: [...rows],
    });
  }

  documents(): Promise<readonly DocumentName[]> {
    return Promise.resolve([...this.#documents.keys()]);
  }

  held(): Promise<readonly HeldDocument[]> {
    const list = [...this.#documents].map(([document, entry]) => ({
      document,
      area: entry.area,
      isWaiting: entry.refusal !== null || unsent(entry).length > 0,
    }));
    return Promise.resolve(list);
  }

  outbox(aimBytes: number): Promise<readonly OutboxDocument[]> {
    const dirty = [...this.#documents]
      .map(([document, entry]) => ({ document, entry, rows: unsent(entry) }))
      .filter(({ entry, rows }) => entry.refusal === null && rows.some(({ row }) => row > entry.keptUpTo))
      .sort((a, b) => (a.rows[0]?.row ?? 0) - (b.rows[0]?.row ?? 0));
    const list: OutboxDocument[] = [];
    let bytes = 0;
    for (const { document, entry, rows } of dirty) {
      if (bytes >= aimBytes) break;
      for (const { update } of rows) bytes += update.byteLength;
      const logged = rows.map(({ row, update, at }) => ({ row, update, at }));
      list.push({ document, area: entry.isNew ? entry.area : '', isSplit: entry.isSplit, rows: logged });
    }
    return Promise.resolve(list);
  }

  resend(document: DocumentName): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry) markUnsent(entry);
    this.#tell(document);
    return Promise.resolve();
  }

  position(): Promise<SyncPosition> {
    return Promise.resolve(this.#position);
  }

  takeOver({ receipts, changes, whole, erased = [], position }: AnswerToStore): Promise<void> {
    const isOtherEpoch = this.#position.epoch !== '' && position.epoch !== this.#position.epoch;
    if (isOtherEpoch) {
      for (const entry of this.#documents.values()) markUnsent(entry);
    }
    for (const receipt of receipts) {
      const { document, upTo } = receipt;
      if (receipt.status === 'stored') {
        if (!isOtherEpoch) this.#acknowledge(document, upTo);
      } else if (receipt.status === 'refused') this.#refuse(document, upTo, receipt.code, receipt.paths);
    }
    const awaited = new Set(whole);
    for (const { document, update, area } of changes) {
      this.#append(document, { isLocal: false, update, at: 0 });
      const entry = this.#entry(document);
      entry.isNew = false;
      if (area !== '') entry.area = area;
      if (awaited.delete(document) && entry.refusal)
        entry.refusal = { ...entry.refusal, hasWhole: true, wholeRow: this.#lastRow };
    }
    for (const document of erased) {
      const entry = this.#documents.get(document);
      if (entry) entry.refusal = { code: 'erased', paths: [], upTo: 0, hasWhole: false };
    }
    this.#position = position;
    this.#tell(...[...receipts, ...changes].map(({ document }) => document), ...erased);
    return Promise.resolve();
  }

  acknowledge(document: DocumentName, upTo: number): Promise<void> {
    this.#acknowledge(document, upTo);
    this.#tell(document);
    return Promise.resolve();
  }

  refuse(document: DocumentName, upTo: number, code: ErrorCode, paths: readonly string[]): Promise<void> {
    this.#refuse(document, upTo, code, paths);
    this.#tell(document);
    return Promise.resolve();
  }

  appendRemote(document: DocumentName, update: Uint8Array): Promise<void> {
    this.#append(document, { isLocal: false, update, at: 0 });
    this.#entry(document).isNew = false;
    this.#tell(document);
    return Promise.resolve();
  }

  refusedDocuments(): Promise<readonly DocumentName[]> {
    return Promise.resolve([...this.#documents].filter(([, { refusal }]) => refusal).map(([name]) => name));
  }

  rebuild(document: DocumentName, rebuilt: Rebuilt): Promise<boolean> {
    const entry = this.#documents.get(document);
    const lastRow = entry?.rows.at(-1)?.row ?? 0;
    if (!entry || entry.generation !== rebuilt.generation || lastRow !== rebuilt.lastRow)
      return Promise.resolve(false);
    entry.rows = entry.rows.filter(({ row }) => !rebuilt.replaced.includes(row));
    for (const { update, at } of rebuilt.rows) this.#append(document, { isLocal: true, update, at });
    Object.assign(entry, { refusal: null, generation: entry.generation + 1, rebuilds: entry.rebuilds + 1 });
    entry.moved = [...entry.moved, ...rebuilt.moved].slice(-MOST_MOVED_RUNS);
    if (rebuilt.isWhole === true) entry.refusedEdits = [];
    entry.refusedEdits.push(...rebuilt.refused);
    this.#tell(document);
    return Promise.resolve(true);
  }

  release(document: DocumentName): Promise<void> {
    const entry = this.#documents.get(document);
    const { refusal } = entry ?? {};
    if (entry && refusal?.code === 'erased') {
      entry.rows = unsent(entry).filter(({ row }) => row !== refusal.upTo);
      Object.assign(entry, { refusal: null, refusedEdits: [], generation: entry.generation + 1 });
      if (entry.rows.length === 0) this.#documents.delete(document);
    }
    this.#tell(document);
    return Promise.resolve();
  }

  refusedEdits(document: DocumentName): Promise<readonly RefusedEdit[]> {
    return Promise.resolve([...(this.#documents.get(document)?.refusedEdits ?? [])]);
  }

  forgetRefused(document: DocumentName): Promise<void> {
    const entry = this.#documents.get(document);
    if (entry) entry.refusedEdits = [];
    this.#tell(document);
    return Promise.resolve();
  }

  #acknowledge(document: DocumentName, upTo: number): void {
    const entry = this.#documents.get(document);
    if (!entry) return;
    const last = entry.refusal ? Math.min(upTo, entry.refusal.upTo - 1) : upTo;
    entry.storedUpTo = Math.max(entry.storedUpTo, last);
    entry.onceStoredUpTo = Math.max(entry.onceStoredUpTo, last);
    Object.assign(entry, { isNew: false, rebuilds: 0 });
    if (unsent(entry).length === 0) entry.isSplit = false;
  }

  #refuse(document: DocumentName, upTo: number, code: ErrorCode, paths: readonly string[]): void {
    const entry = this.#documents.get(document);
    if (!entry || entry.storedUpTo >= upTo) return;
    const met = unsent(entry).filter(({ row }) => row <= upTo);
    const consequence = consequenceOf(code, paths, met.length, entry.rebuilds);
    if (consequence === 'split') entry.isSplit = true;
    else if (consequence === 'keep')
      entry.keptUpTo = Math.max(entry.keptUpTo, unsent(entry).at(-1)?.row ?? upTo);
    else if (consequence === 'rebuild')
      entry.refusal = { code, paths, upTo, hasWhole: entry.isNew && code !== 'erased' };
  }

  #append(document: DocumentName, row: Omit<StoredRow, 'row'>): number {
    this.#lastRow++;
    this.#entry(document).rows.push({ row: this.#lastRow, ...row });
    return this.#lastRow;
  }

  #entry(document: DocumentName): Entry {
    let entry = this.#documents.get(document);
    if (!entry) {
      entry = {
        rows: [],
        area: '',
        isNew: false,
        storedUpTo: 0,
        onceStoredUpTo: 0,
        keptUpTo: 0,
        isSplit: false,
        refusal: null,
        rebuilds: 0,
        generation: 0,
        moved: [],
        refusedEdits: [],
      };
      this.#documents.set(document, entry);
    }
    return entry;
  }

  #tell(...documents: readonly DocumentName[]): void {
    for (const listener of this.#listeners) listener(documents);
  }
}

function stateOf(document: DocumentName, entry: Entry): DocumentState {
  const rows = unsent(entry);
  const last = rows.at(-1)?.row ?? 0;
  const isKept = rows.length > 0 && entry.keptUpTo >= last;
  return {
    document,
    area: entry.area,
    isWaiting: rows.length > 0,
    isKept,
    refused: isKept ? 'forbidden' : (entry.refusedEdits[0]?.code ?? null),
    generation: entry.generation,
    merges: 0,
    updatedAt: 0,
  };
}

function markUnsent(entry: Entry): void {
  const isNew = entry.area !== '' && entry.rows.some(({ isLocal }) => isLocal);
  Object.assign(entry, { storedUpTo: 0, keptUpTo: 0, isNew });
}

function unsent({ rows, storedUpTo }: Entry): StoredRow[] {
  return rows.filter(({ row, isLocal }) => isLocal && row > storedUpTo);
}
