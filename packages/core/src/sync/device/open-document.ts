import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import type { Clock, ErrorCode, InstantMs, Random } from '../../foundation/index.ts';
import type { DocumentName } from '../../protocol/index.ts';
import type { MovedRun } from './moved-structs.ts';
import type { DocumentNews, DocumentState, TabStore } from './ports.ts';
import { freshClient } from './replay-structs.ts';
import { replay } from './replay.ts';
import { SentEdits } from './sent-edits.ts';
import { StoreFollower } from './store-follower.ts';
import { WriteQueue, type SaveState, type UnstoredEdit } from './write-queue.ts';

/** Updates that came out of the device's store, from whatever tab. */
export const STORED = Symbol('from the store');

/** What an open document needs. */
export interface OpenParts {
  readonly store: TabStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Why the store refused a write. */
  reasonOf(error: unknown): 'full' | 'failed';
  /** An edit was stored that should go up soon. */
  edited(): void;
  /** What is known of the document may have changed: on this device, at the relay, refused. */
  changed(): void;
  /** The document was rebuilt after a refusal. This copy is of the past: nothing of it is stored any more; open it anew. */
  replaced(): void;
}

/**
 * One document open for writing in one tab: every update made here is stored in order, what other tabs and exchanges store is
 * taken in, and what a live connection brings and confirms is taken over. Its client id is its own: none that the document
 * knows, and never that of another tab.
 */
export class OpenDocument {
  readonly document: DocumentName;
  readonly doc: Doc;
  readonly #parts: OpenParts;
  readonly #queue: WriteQueue;
  readonly #edits: SentEdits;
  readonly #follower: StoreFollower;
  readonly #generation: number;
  readonly #moved: readonly MovedRun[];
  #isLive: (origin: unknown) => boolean = () => false;
  #isPast = false;
  /** When what is being applied was written; null: now. */
  #writtenAt: InstantMs | null = null;
  /** What came last over the live connection changed something. */
  #isNews = false;
  #past: UnstoredEdit[] = [];

  /**
   * Opens a document; null if nothing of it is on the device. `left`: edits of an earlier copy that could not be stored then;
   * they are written anew, as their author saw the document. Rejects if the store cannot be read.
   */
  static async open(
    parts: OpenParts,
    document: DocumentName,
    left: readonly UnstoredEdit[] = [],
  ): Promise<OpenDocument | null> {
    const news = await parts.store.news(document, 0, () => false);
    const { state } = news;
    if (state === null || news.rows.length + left.length === 0) return null;
    const moved = state.generation > 0 ? ((await parts.store.contents(document))?.moved ?? []) : [];
    return new OpenDocument(parts, document, state, news, moved, left);
  }

  private constructor(
    parts: OpenParts,
    document: DocumentName,
    state: DocumentState,
    { rows }: DocumentNews,
    moved: readonly MovedRun[],
    left: readonly UnstoredEdit[],
  ) {
    const { store, clock } = parts;
    this.#parts = parts;
    this.document = document;
    this.#generation = state.generation;
    this.#moved = moved;
    this.doc = new Doc({ gc: false });
    const updates = rows.map(({ update }) => update);
    if (updates.length > 0) applyUpdate(this.doc, mergeUpdates(updates), STORED);
    this.doc.clientID = freshClient(parts.random, this.doc);
    const row = rows.at(-1)?.row ?? 0;
    this.#edits = new SentEdits(store, document, row);
    this.#queue = new WriteQueue(
      {
        local: (update, at, edit) => this.#keep(update, at, edit),
        remote: (update) => (this.#isPast ? Promise.resolve() : store.appendRemote(document, update)),
      },
      (error) => parts.reasonOf(error),
    );
    this.#follower = new StoreFollower(
      store,
      this.#edits,
      { state, row },
      {
        apply: (update) => {
          applyUpdate(this.doc, update, STORED);
        },
        changed: () => {
          parts.changed();
        },
        replaced: () => {
          this.#retire();
        },
      },
    );
    this.#queue.save.subscribe(() => {
      parts.changed();
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (this.#isLive(origin)) this.#isNews = true;
      else if (origin !== STORED)
        this.#queue.addLocal(update, this.#writtenAt ?? clock.now(), this.#edits.next());
    });
    this.adopt(left);
  }

  /** Whether everything applied here is stored on the device; what came too late for this copy is not, until another has it. */
  get save(): SaveState {
    return this.#past.length > 0 ? { state: 'storing' } : this.#queue.save.get();
  }

  /** Whether a rebuild has left this copy behind: open another. */
  get isPast(): boolean {
    return this.#isPast;
  }

  /** What the store knows of it. */
  get state(): DocumentState {
    return this.#follower.state;
  }

  /** Everything up to this row of the store is in the open document. */
  get heldRow(): number {
    return this.#follower.heldRow;
  }

  /** The last edit applied in memory; 0 before the first. Edits count up per open copy. */
  get lastEdit(): number {
    return this.#edits.last;
  }

  /** Writes edits of an earlier copy anew, each as its author saw the document. */
  adopt(edits: readonly UnstoredEdit[]): void {
    if (edits.length === 0) return;
    const { rows } = replay([encodeStateAsUpdate(this.doc)], edits, this.#parts.random, this.#moved);
    for (const { update, at } of rows) {
      this.#writtenAt = at;
      applyUpdate(this.doc, update);
    }
    this.#writtenAt = null;
  }

  /** From now on, updates of which `isLive` is true of the origin came over the live connection. */
  follow(isLive: (origin: unknown) => boolean): void {
    this.#isLive = isLive;
  }

  /** The relay sent this over a live connection, and it was applied: it is stored as it came, if it brought anything. */
  receivedThere(update: Uint8Array): void {
    if (this.#isNews) this.#queue.addRemote(update);
    this.#isNews = false;
  }

  /** The relay confirmed over a live connection that everything up to this edit is stored there. */
  storedThere(edit: number): void {
    if (!this.#isPast) this.#edits.storedThere(edit);
  }

  /** The relay refused what reached to this edit. Never rejects: what is not noted now, the next exchange hears again. */
  async refusedThere(edit: number, code: ErrorCode, paths: readonly string[]): Promise<void> {
    await this.#queue.settled();
    const row = this.#edits.rowOf(edit);
    if (row === null || this.#isPast) return;
    await this.#parts.store.refuse(this.document, row, code, paths).catch(() => undefined);
  }

  /** Brings in what other tabs and exchanges stored; resolves when nothing is new. */
  async catchUp(): Promise<void> {
    await this.#follower.read();
  }

  /** Edits made here that are not on the device, in order; of a copy of the past those that came too late for it. */
  unstored(): readonly UnstoredEdit[] {
    return [...this.#past, ...this.#queue.unstored()].map((edit) => ({ ...edit, view: this.doc }));
  }

  /** Resolves when everything written so far is stored, or has failed. */
  async settled(): Promise<void> {
    await this.#queue.settled();
    await this.#edits.settled();
  }

  /** Stores what can be stored, and ends it. What could not be is in {@link unstored} afterwards. */
  async close(): Promise<void> {
    await this.#queue.settled();
    const save = this.#queue.save.get();
    if (save.state === 'failed') save.retry();
    await this.settled();
    if (!this.#isPast) await this.#follower.read();
    this.#follower.close();
    this.doc.destroy();
  }

  async #keep(update: Uint8Array, at: number, edit: number): Promise<void> {
    const { store } = this.#parts;
    const row = this.#isPast ? null : await store.appendLocal(this.document, update, at, this.#generation);
    if (row === null) {
      this.#past.push({ update, at });
      this.#retire();
      return;
    }
    this.#follower.edited();
    this.#edits.storedHere(edit, row);
    this.#parts.edited();
  }

  #retire(): void {
    this.#isPast = true;
    this.#parts.replaced();
  }
}
