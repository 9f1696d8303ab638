import { Value } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { RefusedEdit } from '@rukun/core/sync';
import type { Vault } from '../stores/vault.ts';

/** The edits of one document that the centre did not take, as the vault keeps them for their author. */
export class RefusedEdits {
  /** Oldest first; empty until they are read. */
  readonly list = new Value<readonly RefusedEdit[]>([]);
  readonly #vault: Vault;
  readonly #document: DocumentName;
  #reading: Promise<void> | null = null;
  #isStale = false;

  constructor(vault: Vault, document: DocumentName) {
    this.#vault = vault;
    this.#document = document;
  }

  /** What is known of the document may have changed. `hasAny`: the vault may keep some; they are read (again). */
  look(hasAny: boolean): void {
    if (!hasAny && this.#reading === null) {
      if (this.list.get().length > 0) this.list.set([]);
      return;
    }
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
  }

  /** Resolves when what is known of by now was read, or could not be. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  /** Their author has read them: the vault forgets them. Rejects, and nothing is forgotten, if the vault cannot be written. */
  async forget(): Promise<void> {
    await this.#vault.forgetRefused(this.#document);
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      // A vault that cannot be read now is asked again when something changes: the ticks say meanwhile that there are some.
      const found = await this.#vault.refusedEdits(this.#document).catch(() => null);
      if (found && JSON.stringify(found) !== JSON.stringify(this.list.get())) this.list.set(found);
    }
  }
}
