import type { Clock } from '@rukun/core/foundation';
import type { StorageQuota } from '../platform/storage-quota.ts';
import type { StorageState } from './app.ts';
import { Value } from './value.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const AMBER_BYTES = 500 * 1024 * 1024;
const RED_BYTES = 100 * 1024 * 1024;

/** How much room the device has: looked at when the app starts, at sign-in and daily. */
export class StorageWatch {
  readonly state = new Value<StorageState>({ persisted: false, usage: null, quota: null, level: 'amber' });
  readonly #quota: StorageQuota;
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;

  constructor(quota: StorageQuota, clock: Clock) {
    this.#quota = quota;
    this.#clock = clock;
  }

  /** Asks the browser never to throw the data away, then looks. */
  async persist(): Promise<void> {
    await this.#quota.persist().catch(() => false);
    await this.look();
  }

  /** Looks now, and again every day. */
  async look(): Promise<void> {
    this.#cancel();
    this.#cancel = this.#clock.after(DAY_MS, () => void this.look());
    const read = await this.#quota.read().catch(() => ({ persisted: false, usage: null, quota: null }));
    this.state.set({ ...read, level: levelOf(read) });
  }
}

function levelOf({ persisted, usage, quota }: Omit<StorageState, 'level'>): StorageState['level'] {
  const free = usage === null || quota === null ? null : quota - usage;
  if (free !== null && free < RED_BYTES) return 'red';
  return !persisted || (free !== null && free < AMBER_BYTES) ? 'amber' : 'green';
}
