import type { Log } from '@rukun/core/foundation';
import { describeFault } from '../monitoring/fault.ts';
import { StorageUnavailable, type Storage, type StorageWriter } from '../storage/storage.ts';
import { Lanes, type Waiting } from './lanes.ts';
import type { ScratchCopies } from './scratch-copies.ts';
import { storeSubmission, type Stored } from './store-submission.ts';
import { refused, type Commit, type Outcome, type Submission } from './submission.ts';

/** What one transaction may hold up everybody else: submissions, and ms until the last of them is begun. */
const LARGEST_BATCH = 512;
const LONGEST_BATCH_MS = 10;

/** A clock that never goes back, ms. */
type Stopwatch = () => number;

/**
 * The only way into the log. What is waiting is judged and committed in one transaction, so that one fsync serves many; of
 * one device in order, between devices in turns ({@link Lanes}). After it returned, listeners hear of the commits, then the
 * outcomes resolve. A disk that does not do its part makes the outcomes `unavailable`, nothing of the batch is stored, and
 * the next batch may succeed.
 */
export class CommitQueue {
  readonly #storage: Storage;
  readonly #copies: ScratchCopies;
  readonly #log: Log;
  readonly #listeners: ((commits: readonly Commit[]) => void)[] = [];
  readonly #lanes = new Lanes();
  readonly #now: Stopwatch;
  #isScheduled = false;
  #isClosed = false;

  /** Without a clock all that waits is one transaction, whatever it takes. */
  constructor(storage: Storage, copies: ScratchCopies, log: Log, now: Stopwatch = () => 0) {
    this.#storage = storage;
    this.#copies = copies;
    this.#log = log;
    this.#now = now;
  }

  /** Calls back with the updates of each transaction after it is committed, in the order of the log. */
  onCommit(listener: (commits: readonly Commit[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves once it is clear what became of the update; never rejects. Outcomes of a device come in the order it submitted. */
  submit(submission: Submission): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(refused({ code: 'unavailable' }));
    return new Promise((resolve) => {
      this.#lanes.add({ submission, resolve });
      this.#schedule();
    });
  }

  /** Commits what is waiting and takes nothing more. */
  close(): void {
    this.#isClosed = true;
    while (this.#lanes.size > 0) this.#flush();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flushAndGoOn();
    });
  }

  #flushAndGoOn(): void {
    this.#flush();
    if (this.#lanes.size > 0) this.#schedule();
  }

  #flush(): void {
    const start = this.#now();
    let now = start;
    const taken: Waiting[] = [];
    const next = this.#lanes.batch(() => taken.length < LARGEST_BATCH && now - start < LONGEST_BATCH_MS);
    this.#commit(taken, (writer) => {
      const stored: Stored[] = [];
      for (const waiting of next) {
        taken.push(waiting);
        const begun = now;
        stored.push(storeSubmission(writer, this.#copies, waiting.submission));
        now = this.#now();
        this.#lanes.took(waiting.submission.device, now - begun);
      }
      return stored;
    });
  }

  #commit(batch: readonly Waiting[], store: (writer: StorageWriter) => Stored[]): void {
    let stored: Stored[];
    try {
      stored = this.#storage.transact(store);
    } catch (error) {
      for (const { submission } of batch) this.#copies.drop(submission.document);
      this.#fail(batch, error);
      return;
    }
    this.#copies.dropUnlessLive(new Set(batch.map(({ submission }) => submission.document)));
    this.#tell(stored.flatMap(({ commit }) => commit ?? []));
    for (const [index, { resolve }] of batch.entries()) {
      const outcome = stored[index]?.outcome;
      if (outcome) resolve(outcome);
    }
  }

  /** A fault of ours may lie in one item: the others are tried again, each alone. */
  #fail(batch: readonly Waiting[], error: unknown): void {
    const isOutside = error instanceof StorageUnavailable;
    if (!isOutside && batch.length > 1) {
      for (const waiting of batch)
        this.#commit([waiting], (writer) => [storeSubmission(writer, this.#copies, waiting.submission)]);
      return;
    }
    const code = isOutside ? 'unavailable' : 'internal';
    const reason = isOutside ? error.reason : describeFault(error);
    // With the disk not doing its part, those who wait behind them need not try one by one.
    const all = isOutside || batch.length === 0 ? [...batch, ...this.#lanes.drain(LARGEST_BATCH)] : batch;
    this.#log.error('commit.failed', { code, reason, items: all.length });
    for (const { resolve } of all) resolve(refused({ code }));
  }

  #tell(commits: readonly Commit[]): void {
    if (commits.length === 0) return;
    for (const listener of this.#listeners) {
      try {
        listener(commits);
      } catch (error) {
        this.#log.error('commit.listener-failed', { reason: describeFault(error) });
      }
    }
  }
}
