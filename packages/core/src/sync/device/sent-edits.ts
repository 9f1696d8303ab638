import type { DocumentName } from '../../protocol/index.ts';
import type { TabStore } from './ports.ts';

/**
 * Which edits of one sitting are stored where: on the device (a row) and at the relay (a frame was confirmed). Only what is
 * both is acknowledged, and only so far that no unsent row of another tab lies below it.
 */
export class SentEdits {
  readonly #store: Pick<TabStore, 'unsentRows' | 'acknowledge'>;
  readonly #document: DocumentName;
  /** Rows the document was opened with. */
  readonly #openedWith: number;
  readonly #rowsByEdit = new Map<number, number>();
  readonly #rows = new Set<number>();
  #last = 0;
  #confirmed = -1;
  #acknowledging: Promise<void> | null = null;
  #isDue = false;

  constructor(
    store: Pick<TabStore, 'unsentRows' | 'acknowledge'>,
    document: DocumentName,
    openedWith: number,
  ) {
    this.#store = store;
    this.#document = document;
    this.#openedWith = openedWith;
  }

  /** The last edit applied in memory; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** A new edit is being applied. */
  next(): number {
    this.#last++;
    return this.#last;
  }

  /** The edit is stored on the device. */
  storedHere(edit: number, row: number): void {
    this.#rowsByEdit.set(edit, row);
    this.#rows.add(row);
    if (edit <= this.#confirmed) this.#acknowledge();
  }

  /** Everything up to this edit is stored at the relay. */
  storedThere(edit: number): void {
    if (edit <= this.#confirmed) return;
    this.#confirmed = edit;
    this.#acknowledge();
  }

  /** The row of the edit, or of the last one before it; null while it is not stored here. */
  rowOf(edit: number): number | null {
    if (edit <= 0) return this.#openedWith;
    return this.#rowsByEdit.get(edit) ?? null;
  }

  /** Whether the row was written by or applied in this sitting. */
  holds(row: number): boolean {
    return row <= this.#openedWith || this.#rows.has(row);
  }

  /** Resolves when nothing is being acknowledged. */
  async settled(): Promise<void> {
    while (this.#acknowledging) await this.#acknowledging;
  }

  #acknowledge(): void {
    this.#isDue = true;
    this.#acknowledging ??= this.#run().finally(() => {
      this.#acknowledging = null;
      if (this.#isDue) this.#acknowledge();
    });
  }

  async #run(): Promise<void> {
    this.#isDue = false;
    try {
      const confirmed = new Set<number>();
      for (const [edit, row] of this.#rowsByEdit) if (edit <= this.#confirmed) confirmed.add(row);
      let upTo = 0;
      for (const row of await this.#store.unsentRows(this.#document)) {
        if (row > this.#openedWith && !confirmed.has(row)) break;
        upTo = row;
      }
      if (upTo > 0) await this.#store.acknowledge(this.#document, upTo);
    } catch {
      // Nothing is lost: the rows stay marked as unsent, go up again with the next exchange and are acknowledged there.
    }
  }
}
