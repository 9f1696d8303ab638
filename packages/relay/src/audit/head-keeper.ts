import type { Clock, InstantMs, Log } from '@rukun/core/foundation';
import { addEnds } from '../access-ends/ends-file.ts';
import { describeFault } from '../monitoring/fault.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import { printHead } from './chain.ts';
import { writeHeadFile } from './head-file.ts';

const EVERY_MS = 60_000;
const LOGGED_EVERY_MS = 3_600_000;

export interface HeadKeeperParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where nothing is kept on disk. */
  readonly headFile: string | null;
  /** The ledger of what ended; null as well. */
  readonly endsFile: string | null;
}

/**
 * Notes where the audit log ends outside of it, so that an end that was cut off is noticed: every minute in a file beside the
 * database, with what ended in one for restores, and at the start, hourly and at the end in the process log, which other machines may keep.
 */
export class HeadKeeper {
  readonly #parts: HeadKeeperParts;
  #noted = '';
  /** Up to which entry the ledger of ends has all. */
  #endsUpTo = 0;
  #loggedAt: InstantMs = 0;
  #cancel: () => void = () => undefined;

  constructor(parts: HeadKeeperParts) {
    this.#parts = parts;
  }

  /** The relay begins: the first note, and one a minute from now on. */
  start(): void {
    this.#note(true);
    this.#wait();
  }

  /** The relay ends: the last note. */
  close(): void {
    this.#cancel();
    this.#note(true);
  }

  #wait(): void {
    this.#cancel = this.#parts.clock.after(EVERY_MS, () => {
      this.#note(false);
      this.#wait();
    });
  }

  #note(isLogged: boolean): void {
    const { storage, clock, log, headFile, endsFile } = this.#parts;
    try {
      storage.transact((writer) => writer.settleAudit());
      const head = storage.read((reader) => reader.auditHead());
      const printed = printHead(head);
      if (endsFile !== null && head.seq > this.#endsUpTo)
        addEnds(
          endsFile,
          storage.read((reader) => reader.accessEnds(this.#endsUpTo)),
        );
      this.#endsUpTo = head.seq;
      if (headFile !== null && printed !== this.#noted) writeHeadFile(headFile, head);
      this.#noted = printed;
      const now = clock.now();
      if (!isLogged && Math.abs(now - this.#loggedAt) < LOGGED_EVERY_MS) return;
      this.#loggedAt = now;
      log.info('audit.head', { head: printed });
    } catch (error) {
      const reason = error instanceof StorageUnavailable ? error.reason : describeFault(error);
      log.error('audit.failed', { reason });
    }
  }
}
