import type { Log } from '@rukun/core/foundation';
import { describeFault } from '../monitoring/fault.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import type { ScratchCopies } from './scratch-copies.ts';
import { storeSubmission, type Stored } from './store-submission.ts';
import { refused, type Commit, type Outcome, type Submission } from './submission.ts';

/** Most submissions in one transaction: what a single batch may hold up everybody else. */
const LARGEST_BATCH = 512;

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (outcome: Outcome) => void;
}

/**
 * The only way into the log. What is waiting is judged in order and committed in one transaction, so that one fsync
 * serves many; after it returned, listeners hear of the commits, then the outcomes resolve. A disk that does not do its
 * part makes the outcomes `unavailable`, nothing of the batch is stored, and the next batch may succeed.
 */
export class CommitQueue {
  readonly #storage: Storage;
  readonly #copies: ScratchCopies;
  readonly #log: Log;
  readonly #listeners: ((commits: readonly Commit[]) => void)[] = [];
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #isClosed = false;

  constructor(storage: Storage, copies: ScratchCopies, log: Log) {
    this.#storage = storage;
    this.#copies = copies;
    this.#log = log;
  }

  /** Calls back with the updates of each transaction after it is committed, in the order of the log. */
  onCommit(listener: (commits: readonly Commit[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Resolves once it is clear what became of the update; never rejects. Outcomes come in the order of submission. */
  submit(submission: Submission): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve(refused({ code: 'unavailable' }));
    return new Promise((resolve) => {
      this.#waiting.push({ submission, resolve });
      this.#schedule();
    });
  }

  /** Commits what is waiting and takes nothing more. */
  close(): void {
    this.#isClosed = true;
    while (this.#waiting.length > 0) this.#flush();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    const batch = this.#waiting.slice(0, LARGEST_BATCH);
    this.#waiting = this.#waiting.slice(LARGEST_BATCH);
    if (batch.length > 0) this.#commit(batch);
  }

  #commit(batch: readonly Waiting[]): void {
    const names = new Set(batch.map(({ submission }) => submission.document));
    let stored: Stored[];
    try {
      stored = this.#storage.transact((writer) =>
        batch.map(({ submission }) => storeSubmission(writer, this.#copies, submission)),
      );
    } catch (error) {
      for (const name of names) this.#copies.drop(name);
      this.#fail(batch, error);
      return;
    }
    this.#copies.dropUnlessLive(names);
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
      for (const waiting of batch) this.#commit([waiting]);
      return;
    }
    const code = isOutside ? 'unavailable' : 'internal';
    const reason = isOutside ? error.reason : describeFault(error);
    this.#log.error('commit.failed', { code, reason, items: batch.length });
    for (const { resolve } of batch) resolve(refused({ code }));
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
