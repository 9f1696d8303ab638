import type { Clock, InstantMs, Log } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { describeFault } from '../monitoring/fault.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import { buildMerge } from './merge.ts';

/** Without a commit for so long the relay counts as idle … */
const QUIET_MS = 200;
/** … and where it never is, it begins after so many times as long all the same, and goes on until nothing is due. */
const PATIENCE = 10;
/** Between two merges, for whoever waits: in quiet times, and while others are served. */
const PAUSE_MS = 10;
const BUSY_PAUSE_MS = 50;
/** While others are served, a merge is followed by a pause so many times as long, at most … */
const BUSY_PAUSE_TIMES = 19;
const LONGEST_BUSY_PAUSE_MS = 1000;
/** … but none that is longer than the merge where a log has got so far behind. */
const FAR_BEHIND_ROWS = 8192;
/** After a disk that did not do its part. */
const AFTER_FAILURE_MS = 60_000;
/** Documents that cannot be merged before it is left alone until the next start. */
const MOST_FAILED = 100;

export interface CompactorParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Keeps the logs of documents short, one merge at a time, when nothing else is going on, and in a small part of the time where
 * something always is: a log may then grow for a while. Which ones are long stands in
 * the storage, so an ended process forgets none. A failure is logged and leaves the document as it was.
 */
export class Compactor {
  readonly #parts: CompactorParts;
  readonly #failed = new Set<DocumentName>();
  /** Something was committed since the last tick. */
  #isBusy = false;
  #waited = 0;
  /** Rows of the log that was merged last, before it was. */
  #rows = 0;
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(parts: CompactorParts) {
    this.#parts = parts;
  }

  /** Something was committed: there may be work, once it is quiet. Cheap, and safe to call from a commit's listener. */
  notice(): void {
    this.#isBusy = true;
    if (!this.#cancel && !this.#isClosed) this.#wait(QUIET_MS);
  }

  /** Merges what is due in one document; false if no log is too long. Throws what the storage throws. */
  compactOne(): boolean {
    const { storage } = this.#parts;
    const name = storage
      .read((reader) => reader.longLogs(this.#failed.size + 1))
      .find((each) => !this.#failed.has(each));
    if (name === undefined) return false;
    try {
      this.#compact(name);
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
      this.#failed.add(name);
      this.#parts.log.error('compaction.failed', { reason: describeFault(error) });
    }
    return this.#failed.size < MOST_FAILED;
  }

  /** Does nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #compact(name: DocumentName): void {
    const { storage } = this.#parts;
    const merge = storage.read((reader) => {
      const sizes = reader.logSizes(name, 0);
      this.#rows = sizes.length;
      return buildMerge(reader, name, sizes);
    });
    // False where another was faster: then its turn is over.
    if (merge) storage.transact((writer) => writer.mergeRows(merge));
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#parts.clock.after(delayMs, () => this.#tick());
  }

  #tick(): void {
    this.#cancel = null;
    if (this.#isBusy && this.#waited < PATIENCE) {
      this.#isBusy = false;
      this.#waited++;
      this.#wait(QUIET_MS);
      return;
    }
    const isBusy = this.#isBusy;
    this.#isBusy = false;
    const begun = this.#parts.clock.now();
    try {
      if (this.compactOne()) this.#wait(isBusy ? this.#busyPauseMs(begun) : PAUSE_MS);
      else this.#waited = 0;
    } catch (error) {
      const reason = error instanceof StorageUnavailable ? error.reason : describeFault(error);
      this.#parts.log.error('compaction.failed', { reason });
      this.#waited = 0;
      this.#wait(AFTER_FAILURE_MS);
    }
  }

  /** After a merge that was begun then: so that merges take the time of others by a small part only. */
  #busyPauseMs(begun: InstantMs): number {
    const tookMs = this.#parts.clock.now() - begun;
    const times = this.#rows < FAR_BEHIND_ROWS ? BUSY_PAUSE_TIMES : 1;
    return Math.min(Math.max(BUSY_PAUSE_MS, tookMs * times), LONGEST_BUSY_PAUSE_MS);
  }
}
