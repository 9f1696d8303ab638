import type { Log } from '@rukun/core/foundation';
import { reportFault } from '../monitoring/fault.ts';
import type { Storage } from '../storage/storage.ts';
import type { AuditEvent } from './events.ts';
import { recordEvent } from './record.ts';

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: (isStored: boolean) => void;
}

/** Events that are told of before anything is answered; many at the same time share one transaction. */
export class AuditRecorder {
  readonly #storage: Storage;
  readonly #log: Log;
  #waiting: Waiting[] = [];

  constructor(storage: Storage, log: Log) {
    this.#storage = storage;
    this.#log = log;
  }

  /** Resolves once the event is stored: true; false where the disk does not do its part. Never rejects. */
  record(event: AuditEvent): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#waiting.push({ event, resolve }) === 1) setImmediate(() => this.flush());
    });
  }

  /** Stores what is waiting. */
  flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const isStored = this.#store(waiting);
    for (const { resolve } of waiting) resolve(isStored);
  }

  #store(waiting: readonly Waiting[]): boolean {
    try {
      this.#storage.transact((writer) => {
        for (const { event } of waiting) recordEvent(writer, event);
      });
      return true;
    } catch (error) {
      reportFault(this.#log, 'audit.failed', error);
      return false;
    }
  }
}
