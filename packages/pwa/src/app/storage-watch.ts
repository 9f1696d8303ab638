import { type Clock, Value } from '@rukun/core/foundation';
import type { StorageQuota } from '../platform/storage-quota.ts';
import type { StoreFailure } from '../stores/store-failure.ts';
import type { StorageState } from './app.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const AMBER_BYTES = 500 * 1024 * 1024;
const RED_BYTES = 100 * 1024 * 1024;

/** What the watch asks of the rest of the app. */
export interface StorageOwner {
  /** Whether a copy that could be fetched again is being used now. */
  isInUse(name: string): boolean;
  /** There may be room again: what could not be stored is worth another try. */
  retry(): void;
}

/**
 * How much room the device has: looked at when the app starts, at sign-in and daily, and told by every write. A write
 * refused for want of room is red at once, whatever the browser estimates, until a later estimate or write says otherwise.
 */
export class StorageWatch {
  readonly state = new Value<StorageState>({
    persisted: false,
    usage: null,
    quota: null,
    level: 'amber',
    isFull: false,
  });
  readonly #quota: StorageQuota;
  readonly #clock: Clock;
  readonly #owner: StorageOwner;
  #cancel: () => void = () => undefined;
  #isFull = false;
  #isUsed = false;

  constructor(quota: StorageQuota, clock: Clock, owner: StorageOwner) {
    this.#quota = quota;
    this.#clock = clock;
    this.#owner = owner;
    quota.onRefused(() => {
      this.#full();
    });
  }

  /** Asks the browser never to throw the data away, then looks. */
  async persist(): Promise<void> {
    await this.#quota.persist().catch(() => false);
    await this.look();
  }

  /** Something was written by hand: a browser that did not promise at the start may do so for an app in use. Once. */
  used(): void {
    if (this.#isUsed || this.state.get().persisted) return;
    this.#isUsed = true;
    void this.persist();
  }

  /** Looks now, and again every day. */
  async look(): Promise<void> {
    this.#cancel();
    this.#cancel = this.#clock.after(DAY_MS, () => void this.look());
    await this.#read(true);
  }

  /** Every write of the device's databases reports here: null when it was stored. */
  wrote(failure: StoreFailure | null): void {
    if (failure?.reason === 'full') this.#full();
    else if (failure === null && this.#isFull) {
      this.#isFull = false;
      void this.look();
    }
  }

  /** The person is back, perhaps from making room: worth a try while anything could not be stored. */
  returned(): void {
    if (!this.#isFull) return;
    void this.look();
    this.#owner.retry();
  }

  #full(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.state.set({ ...this.state.get(), level: 'red', isFull: true });
    void this.#makeRoom();
  }

  /** Text comes before copies that can be fetched again. */
  async #makeRoom(): Promise<void> {
    const dropped = await this.#quota.makeRoom((name) => this.#owner.isInUse(name)).catch(() => 0);
    await this.#read(false);
    if (dropped > 0) this.#owner.retry();
  }

  /** `isLater`: the estimate may say that what was refused before would fit now. */
  async #read(isLater: boolean): Promise<void> {
    const read = await this.#quota.read().catch(() => ({ persisted: false, usage: null, quota: null }));
    const free = freeBytes(read);
    if (isLater && free !== null && free >= RED_BYTES) this.#isFull = false;
    const isFull = this.#isFull;
    this.state.set({ ...read, level: isFull ? 'red' : levelOf(read.persisted, free), isFull });
  }
}

function freeBytes({ usage, quota }: Pick<StorageState, 'usage' | 'quota'>): number | null {
  return usage === null || quota === null ? null : quota - usage;
}

function levelOf(persisted: boolean, free: number | null): StorageState['level'] {
  if (free !== null && free < RED_BYTES) return 'red';
  return !persisted || (free !== null && free < AMBER_BYTES) ? 'amber' : 'green';
}
