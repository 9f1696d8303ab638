import type { Clock, InstantMs, Log } from '@rukun/core/foundation';
import { DOCUMENT_KINDS, kindOf, type DocumentName, type ReadingWay } from '@rukun/core/protocol';
import type { Session } from '../auth/session.ts';
import { reportFault } from '../monitoring/fault.ts';
import type { Storage } from '../storage/storage.ts';
import type { AuditEvent } from './events.ts';
import { recordEvent } from './record.ts';

/** Between two lines of the process log that events could not be stored: whoever knocks at a relay with a full disk causes one. */
const TOLD_EVERY_MS = 60_000;

interface Waiting {
  readonly event: AuditEvent;
  readonly resolve: (isStored: boolean) => void;
}

/** Events that are told of before anything is answered; many at the same time share one transaction. */
export class AuditRecorder {
  readonly #storage: Storage;
  readonly #log: Log;
  readonly #clock: Pick<Clock, 'now'>;
  #toldAt: InstantMs | null = null;
  #waiting: Waiting[] = [];

  constructor(storage: Storage, log: Log, clock: Pick<Clock, 'now'>) {
    this.#storage = storage;
    this.#log = log;
    this.#clock = clock;
  }

  /** Resolves once the event is stored: true; false where the disk does not do its part. Never rejects. */
  record(event: AuditEvent): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#waiting.push({ event, resolve }) === 1) setImmediate(() => this.flush());
    });
  }

  /**
   * Tells that a session is about to be sent documents; resolves as {@link record} does, at once where none of them holds
   * personal data. False: nothing is to be sent.
   */
  async reading(
    { person, device }: Session,
    how: ReadingWay,
    names: readonly DocumentName[],
  ): Promise<boolean> {
    const documents = names.filter(isPersonal);
    if (documents.length === 0) return true;
    const { id, role } = person;
    return this.record({ kind: 'read', person: id, device: device.id, role, how, documents });
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
      this.#toldAt = null;
      return true;
    } catch (error) {
      this.#tell(error);
      return false;
    }
  }

  #tell(error: unknown): void {
    const now = this.#clock.now();
    if (this.#toldAt !== null && Math.abs(now - this.#toldAt) < TOLD_EVERY_MS) return;
    this.#toldAt = now;
    reportFault(this.#log, 'audit.failed', error);
  }
}

/** Whether a document holds personal data: then who sees it is told. */
function isPersonal(name: DocumentName): boolean {
  return DOCUMENT_KINDS[kindOf(name)].personal;
}
