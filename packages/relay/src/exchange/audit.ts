import { setImmediate as nextTurn } from 'node:timers/promises';
import { mayRead, type Actor } from '@rukun/core/access';
import { fail, ok, type Clock, type Result } from '@rukun/core/foundation';
import type { AuditAnswer, AuditRequest, DocumentName } from '@rukun/core/protocol';
import { bucketOf, bucketSums, differingBuckets, fingerprintOf, openUpdates } from '@rukun/core/sync';
import type { Session } from '../auth/session.ts';
import type { StorageReader, Storage } from '../storage/storage.ts';

/** Documents one request may compare; whoever has more areas asks in parts. */
const MOST_DOCUMENTS = 5000;
/** Work between two turns of the loop: live rooms are not to feel it. */
const SLICE_MS = 4;
const SLICE_DOCUMENTS = 16;
/** Requests that may wait for their turn, one per device. */
const MOST_WAITING = 64;
/** Fingerprints kept in memory, about 200 bytes each. */
const MOST_KEPT = 50_000;

/** What the audits of one relay share. */
export interface AuditParts {
  readonly storage: Storage;
  readonly clock: Clock;
}

/**
 * Compares what devices hold with what is stored. One request at a time, in slices between which everything else gets its
 * turn; a document that has not changed is opened once.
 */
export class Auditor {
  readonly #storage: Storage;
  readonly #clock: Clock;
  /** By document, with the row it was made at; the longest unused first. */
  readonly #kept = new Map<DocumentName, { readonly lastSeq: number; readonly fingerprint: Uint8Array }>();
  readonly #waiting = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ storage, clock }: AuditParts) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /**
   * The fingerprints of every document that the person may read in the buckets that differ. `too-large`: more documents than
   * one request may compare; `rate-limited`: this device has asked already, or too many others have.
   */
  async answer({ actor, device }: Session, request: AuditRequest): Promise<Result<AuditAnswer>> {
    if (this.#waiting.has(device.id) || this.#waiting.size >= MOST_WAITING) return fail('rate-limited');
    this.#waiting.add(device.id);
    const answered = this.#turn.then(() => this.#compare(actor, request));
    this.#turn = answered.catch(() => undefined);
    try {
      return await answered;
    } finally {
      this.#waiting.delete(device.id);
    }
  }

  async #compare(actor: Actor, request: AuditRequest): Promise<Result<AuditAnswer>> {
    const { names, epoch } = this.#storage.read((reader) => ({
      names: namesOf(reader, actor, request),
      epoch: reader.epoch(),
    }));
    if (names.length > MOST_DOCUMENTS) return fail('too-large');
    const fingerprints = await this.#fingerprints(names);
    const buckets = differingBuckets(request.sums, bucketSums(fingerprints));
    const documents = [...fingerprints]
      .filter(([document]) => buckets.includes(bucketOf(document)))
      .map(([document, fingerprint]) => ({ document, fingerprint }));
    return ok({ epoch, buckets, documents });
  }

  async #fingerprints(names: readonly DocumentName[]): Promise<Map<DocumentName, Uint8Array>> {
    const found = new Map<DocumentName, Uint8Array>();
    for (let next = 0; next < names.length;) {
      const end = Math.min(names.length, next + SLICE_DOCUMENTS);
      const started = this.#clock.now();
      this.#storage.read((reader) => {
        for (; next < end && this.#clock.now() - started < SLICE_MS; next++) {
          const name = names[next];
          const fingerprint = name === undefined ? null : this.#fingerprint(reader, name);
          if (name !== undefined && fingerprint) found.set(name, fingerprint);
        }
      });
      await nextTurn();
    }
    return found;
  }

  #fingerprint(reader: StorageReader, name: DocumentName): Uint8Array | null {
    const document = reader.document(name);
    if (!document) return null;
    const { lastSeq } = document;
    const known = this.#kept.get(name);
    this.#kept.delete(name);
    const fingerprint =
      known?.lastSeq === lastSeq ? known.fingerprint : fingerprintOf(name, openUpdates(reader.updates(name)));
    this.#kept.set(name, { lastSeq, fingerprint });
    if (this.#kept.size > MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return fingerprint;
  }
}

/** The documents to compare, without those the device leaves out. */
function namesOf(reader: StorageReader, actor: Actor, { areas, skipped }: AuditRequest): DocumentName[] {
  const isSkipped = new Set(skipped);
  const names: DocumentName[] = [];
  for (const area of new Set(areas)) {
    if (names.length > MOST_DOCUMENTS) break;
    if (!actor.areas.has(area)) continue;
    for (const { kind, name } of reader.documentsOfArea(area, 0))
      if (!isSkipped.has(name) && mayRead(actor, { kind, name, area }) === null) names.push(name);
  }
  return names;
}
