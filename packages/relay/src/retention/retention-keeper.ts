import type { Clock, Log } from '@rukun/core/foundation';
import type { Eraser } from '../erasure/eraser.ts';
import { reportFault } from '../monitoring/fault.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { Storage } from '../storage/storage.ts';
import { applyRetention, isRetentionDue, retentionRanAt } from './apply.ts';
import type { RetentionDays } from './table.ts';

/** How long after the start, and how often from then on, it looks whether a day has passed. */
const FIRST_LOOK_MS = 600_000;
const LOOK_MS = 3_600_000;

export interface RetentionKeeperParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly eraser: Pick<Eraser, 'sweep'>;
  readonly days: RetentionDays;
}

/** Removes what is past its time once a day, over restarts, and sweeps the file after it. */
export class RetentionKeeper {
  readonly #parts: RetentionKeeperParts;
  #cancel: () => void = () => undefined;

  constructor(parts: RetentionKeeperParts) {
    this.#parts = parts;
  }

  /** The relay begins. */
  start(): void {
    this.#wait(FIRST_LOOK_MS);
  }

  close(): void {
    this.#cancel();
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#parts.clock.after(delayMs, () => {
      this.#look();
      this.#wait(LOOK_MS);
    });
  }

  #look(): void {
    const { storage, clock, log, eraser, days } = this.#parts;
    try {
      const now = clock.now();
      const ranAt = storage.read((reader) => retentionRanAt(reader.setting(SETTINGS.retentionRanAt)));
      if (!isRetentionDue(ranAt, now)) return;
      const counts = storage.transact((writer) => applyRetention(writer, days, now));
      eraser.sweep();
      log.info('retention.done', { items: Object.values(counts).reduce((sum, count) => sum + count, 0) });
    } catch (error) {
      reportFault(log, 'retention.failed', error);
    }
  }
}
