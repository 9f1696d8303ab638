import type { DocumentName } from '../../protocol/index.ts';
import type { DocumentState, TabStore } from './ports.ts';
import type { SentEdits } from './sent-edits.ts';

/** What a follower tells the owner of the document. */
export interface FollowerOwner {
  /** An update that another tab or an exchange stored. */
  apply(update: Uint8Array): void;
  /** What is known of the document may have changed. */
  changed(): void;
  /** The document was rebuilt: this copy is of the past. */
  replaced(): void;
}

/** Follows what other tabs and exchanges store of one open document, and what the relay said of it. */
export class StoreFollower {
  readonly #store: TabStore;
  readonly #document: DocumentName;
  readonly #edits: SentEdits;
  readonly #owner: FollowerOwner;
  readonly #stopListening: () => void;
  #state: DocumentState;
  #heldRow: number;
  #reading: Promise<void> | null = null;
  #hasNews = false;

  constructor(
    store: TabStore,
    edits: SentEdits,
    opened: { readonly state: DocumentState; readonly row: number },
    owner: FollowerOwner,
  ) {
    this.#store = store;
    this.#document = opened.state.document;
    this.#edits = edits;
    this.#owner = owner;
    this.#state = opened.state;
    this.#heldRow = opened.row;
    this.#stopListening = store.onStored((documents) => {
      if (documents.includes(this.#document)) void this.read();
    });
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** Everything up to this row is in the open document. */
  get heldRow(): number {
    return this.#heldRow;
  }

  /** An edit was stored: the second tick goes out before anything else is said. */
  edited(): void {
    this.#state = { ...this.#state, isWaiting: true };
  }

  /** Brings in what is new; resolves when nothing is. */
  async read(): Promise<void> {
    this.#hasNews = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  close(): void {
    this.#stopListening();
  }

  async #readAll(): Promise<void> {
    while (this.#hasNews) {
      this.#hasNews = false;
      try {
        const { state, rows, lastRow } = await this.#store.news(this.#document, this.#heldRow, (row) =>
          this.#edits.holds(row),
        );
        const isMerged = state !== null && state.merges !== this.#state.merges;
        if (state && state.generation !== this.#state.generation) {
          this.#owner.replaced();
          return;
        }
        for (const { row, isLocal, update } of rows) {
          if (isLocal) this.#edits.storedHere(this.#edits.next(), row);
          this.#owner.apply(update);
        }
        // A row of ours may hold those of another tab by now.
        if (isMerged)
          for (const update of await this.#store.updates(this.#document)) this.#owner.apply(update);
        this.#heldRow = Math.max(this.#heldRow, lastRow);
        // What was read before the latest change is no news any more.
        if (this.#hasNews) continue;
        if (state) this.#state = state;
        this.#owner.changed();
      } catch {
        // The database cannot be read now; the next write will say so, and the next news come with it.
      }
    }
  }
}
