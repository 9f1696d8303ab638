import type { Log } from '@rukun/core/foundation';
import { DOCUMENT_KINDS, kindOf, type DocumentName, type ReadingWay } from '@rukun/core/protocol';
import type { Session } from '../auth/session.ts';
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
      return true;
    } catch (error) {
      reportFault(this.#log, 'audit.failed', error);
      return false;
    }
  }
}

/** Whether a document holds personal data: then who sees it is told. */
function isPersonal(name: DocumentName): boolean {
  return DOCUMENT_KINDS[kindOf(name)].personal;
}
