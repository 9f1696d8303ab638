import { mergeUpdates, type Doc } from 'yjs';
import { Value, type InstantMs } from '../../foundation/index.ts';

/** What became of the edits of an open document on this device. */
export type SaveState =
  | { readonly state: 'stored' }
  | { readonly state: 'storing' }
  /** The device could not write; the answer stays in memory and on the screen, `retry` tries again. */
  | { readonly state: 'failed'; readonly reason: 'full' | 'failed'; retry(): void };

/** An edit that is in memory only. */
export interface UnstoredEdit {
  readonly update: Uint8Array;
  readonly at: InstantMs;
  /** The copy it was made in, which knows what it means where the store has moved on. */
  readonly view?: Doc;
}

/** Where a queue writes to. What resolves is stored; what rejects was not kept. */
export interface QueueTarget {
  local(update: Uint8Array, at: InstantMs, edit: number): Promise<void>;
  remote(update: Uint8Array): Promise<void>;
}

type Entry =
  | { readonly from: 'here'; readonly update: Uint8Array; readonly at: InstantMs; readonly edit: number }
  | { readonly from: 'relay'; readonly update: Uint8Array };

/**
 * Brings the updates of one open document to the device's database, one after the other and in the order they were
 * applied: a later one is never stored before an earlier one, since the gap would hide it. After a failure everything
 * waits in memory until `retry` or the next update.
 */
export class WriteQueue {
  readonly save = new Value<SaveState>({ state: 'stored' });
  readonly #target: QueueTarget;
  readonly #reasonOf: (error: unknown) => 'full' | 'failed';
  readonly #waiting: Entry[] = [];
  #running: Promise<void> | null = null;

  /** `reasonOf`: why the store refused. */
  constructor(target: QueueTarget, reasonOf: (error: unknown) => 'full' | 'failed') {
    this.#target = target;
    this.#reasonOf = reasonOf;
  }

  /** An edit made here; `edit` is its number in this sitting. */
  addLocal(update: Uint8Array, at: InstantMs, edit: number): void {
    this.#waiting.push({ from: 'here', update, at, edit });
    this.#start();
  }

  /** What came from the relay over the live connection. */
  addRemote(update: Uint8Array): void {
    const last = this.#waiting.at(-1);
    const isFree = this.#waiting.length > (this.#running ? 1 : 0);
    if (last?.from === 'relay' && isFree) this.#waiting.pop();
    const merged = last?.from === 'relay' && isFree ? mergeUpdates([last.update, update]) : update;
    this.#waiting.push({ from: 'relay', update: merged });
    this.#start();
  }

  /** The edits made here that are not stored, in order. */
  unstored(): readonly UnstoredEdit[] {
    return this.#waiting.filter((entry) => entry.from === 'here').map(({ update, at }) => ({ update, at }));
  }

  /** Resolves when everything added so far is stored, or has failed. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #start(): void {
    if (this.#running) return;
    this.save.set({ state: 'storing' });
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    try {
      await this.#writeAll();
      this.#running = null;
      // Something may have been added after the last look.
      if (this.#waiting.length > 0) this.#start();
      else this.save.set({ state: 'stored' });
    } catch (error) {
      this.#running = null;
      const reason = this.#reasonOf(error);
      this.save.set({
        state: 'failed',
        reason,
        retry: () => {
          this.#retry();
        },
      });
    }
  }

  #retry(): void {
    if (this.#waiting.length > 0) this.#start();
  }

  async #writeAll(): Promise<void> {
    for (let head = this.#waiting[0]; head; head = this.#waiting[0]) {
      if (head.from === 'here') await this.#target.local(head.update, head.at, head.edit);
      else await this.#target.remote(head.update);
      this.#waiting.shift();
    }
  }
}
