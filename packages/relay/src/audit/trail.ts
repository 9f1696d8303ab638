import type { Clock } from '@rukun/core/foundation';
import { digestDocuments, hashEntry, nameSource, type AuditHead, type ChainedFields } from './chain.ts';
import { canonicalJson, toEntry, type NewAuditEntry } from './entry.ts';
import { AUDIT_EVENTS } from './events.ts';
import type { AuditKeys } from './keys.ts';
import { Throttle } from './throttle.ts';

/** An entry with its place in the chain. */
export interface SealedEntry extends ChainedFields {
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
}

/** What a storage needs to continue its audit log: the keys, the time, and what is told in full. */
export class AuditTrail {
  readonly keys: AuditKeys;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #throttle: Throttle;

  constructor(keys: AuditKeys, clock: Pick<Clock, 'now'>) {
    this.keys = keys;
    this.#clock = clock;
    this.#throttle = new Throttle(clock.now());
  }

  /** Whether an entry is written; one that is not is counted for {@link summary}. */
  admits({ kind, source }: NewAuditEntry): boolean {
    return !AUDIT_EVENTS[kind].throttled || this.#throttle.admits(kind, source, this.#clock.now());
  }

  /** An entry that tells of what was only counted, at most one a minute; null if there is nothing to tell. */
  summary(): NewAuditEntry | null {
    const counts = this.#throttle.due(this.#clock.now());
    return counts && toEntry({ kind: 'throttled', counts });
  }

  /** The entry as the next one after `head`. */
  seal(entry: NewAuditEntry, head: AuditHead): SealedEntry {
    const { kind, person, device, subject, code, documents } = entry;
    const { current } = this.keys;
    const source = entry.namesSource ? { source: nameSource(current, entry.source) } : {};
    const details = canonicalJson({ ...entry.details, ...source });
    const fields: ChainedFields = {
      seq: head.seq + 1,
      at: this.#clock.now(),
      kind,
      person,
      device,
      subject,
      code,
      details,
      documentsDigest: digestDocuments(documents),
      key: current.id,
    };
    return { ...fields, prev: head.hash, hash: hashEntry(current, head.hash, fields) };
  }
}
