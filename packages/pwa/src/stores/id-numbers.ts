import type { DocumentName } from '@rukun/core/protocol';
import { storeFailure } from './store-failure.ts';
import type { VaultDatabase } from './vault-database.ts';

const BLOCK = 20;
const REFILL_AT = 10;

/**
 * Numbers for ids made in one document (`device tag + number`). They are taken from the database in blocks, in a completed
 * transaction, before any of them is used: no crash, tab or undo makes one twice. Numbers left over are lost.
 */
export class IdNumbers {
  readonly #database: VaultDatabase;
  readonly #document: DocumentName;
  #free: number[] = [];
  #isRefilling = false;

  private constructor(database: VaultDatabase, document: DocumentName) {
    this.#database = database;
    this.#document = document;
  }

  /** Reserves the first block. On a full disk there is none: the household can still be read and answered. */
  static async reserve(database: VaultDatabase, document: DocumentName): Promise<IdNumbers> {
    const numbers = new IdNumbers(database, document);
    await numbers.refill();
    return numbers;
  }

  /** The next number. Throws when the reserve is used up, which means that the database has refused to give more. */
  next(): number {
    const number = this.#free.shift();
    void this.refill();
    if (number === undefined) throw storeFailure('no id is reserved');
    return number;
  }

  /** Sees to it that there are enough; called when the database has just written something. Never rejects. */
  async refill(): Promise<void> {
    if (this.#isRefilling || this.#free.length >= REFILL_AT) return;
    this.#isRefilling = true;
    // A refusal is heard of by the edits themselves; here the next use asks again.
    await this.#take().catch(() => undefined);
    this.#isRefilling = false;
  }

  async #take(): Promise<void> {
    const first = await this.#database.write(async (tx) => {
      const counters = tx.objectStore('counters');
      const next = (await counters.get(this.#document))?.next ?? 1;
      await counters.put({ document: this.#document, next: next + BLOCK });
      return next;
    });
    for (let number = first; number < first + BLOCK; number++) this.#free.push(number);
  }
}
