import { applyUpdate, encodeStateAsUpdate, type Doc } from 'yjs';
import { expandUpdate } from '@rukun/core/documents';
import { fail, ok, type ErrorCode, type Result } from '@rukun/core/foundation';
import {
  decodeAuditRequest,
  decodeExchangeRequest,
  encodeAuditAnswer,
  encodeExchangeAnswer,
  LIMITS,
  type AuditRequest,
  type DocumentName,
  type ExchangeItem,
  type ExchangeRequest,
  type Receipt,
} from '@rukun/core/protocol';
import {
  bucketOf,
  bucketSums,
  differingBuckets,
  fingerprintOf,
  openUpdates,
  type AuditTransport,
} from '@rukun/core/sync';

export const AREA = '7102990001000100';

/** A relay that a test may make forget, recover and refuse: documents in memory, no gate but gaps and vouching. */
export class AuditedRelay implements AuditTransport {
  readonly documents = new Map<DocumentName, Doc>();
  readonly items: ExchangeItem[] = [];
  readonly audits: AuditRequest[] = [];
  areas: readonly string[] = [AREA];
  epoch = 'e1';
  isRecovering = false;
  /** Why vouched items are refused, if they are. */
  refusal: ErrorCode | null = null;
  /** More areas than this in one audit are too many. */
  mostAreas = 100;
  /** Requests that still get through; the ones after it are cut. */
  good = Number.POSITIVE_INFINITY;
  requests = 0;

  exchange = (body: Uint8Array): Promise<Result<Uint8Array>> => Promise.resolve(this.#exchange(body));

  audit = (body: Uint8Array): Promise<Result<Uint8Array>> => Promise.resolve(this.#audit(body));

  #isCut(): boolean {
    this.requests++;
    return this.requests > this.good;
  }

  #exchange(body: Uint8Array): Result<Uint8Array> {
    if (this.#isCut()) return fail('unavailable');
    const request = decodeExchangeRequest(body);
    if (!request.ok) return request;
    const { epoch, wanted } = request.value;
    const items = request.value.items.map(expanded);
    this.items.push(...items);
    const receipts = items.map((item) => this.#store(item));
    const refused = receipts.filter(({ status }) => status === 'refused').map(({ document }) => document);
    const news = epoch === this.epoch ? this.#since(request.value) : [...this.documents.keys()];
    const changes = [...new Set([...wanted, ...refused, ...news])].flatMap((document) => {
      const doc = this.documents.get(document);
      return doc ? [{ document, area: AREA, update: encodeStateAsUpdate(doc) }] : [];
    });
    return ok(
      encodeExchangeAnswer({
        epoch: this.epoch,
        more: false,
        isRecovering: this.isRecovering,
        erasures: { upTo: 0, documents: [] },
        receipts,
        changes,
        feeds: [{ shard: AREA.slice(0, 4), cursor: 1, held: this.areas, pending: [] }],
      }),
    );
  }

  /** A device that has been here before has everything but what this relay is told to have forgotten. */
  #since({ feeds }: ExchangeRequest): DocumentName[] {
    return feeds.some(({ cursor }) => cursor > 0) ? [] : [...this.documents.keys()];
  }

  #store({ document, upTo, update, isVouched }: ExchangeItem): Receipt {
    const known = this.documents.get(document);
    const refusal = isVouched ? (this.isRecovering ? this.refusal : 'foreign-client') : null;
    if (refusal) return { document, upTo, status: 'refused', code: refusal, paths: [] };
    const doc = openUpdates([...(known ? [encodeStateAsUpdate(known)] : []), update]);
    if (doc.store.pendingStructs || doc.store.pendingDs) return { document, upTo, status: 'resync' };
    this.documents.set(document, doc);
    return { document, upTo, status: 'stored' };
  }

  #audit(body: Uint8Array): Result<Uint8Array> {
    if (this.#isCut()) return fail('unavailable');
    const request = decodeAuditRequest(body);
    if (!request.ok) return request;
    const { areas, skipped, sums } = request.value;
    this.audits.push(request.value);
    if (areas.length > this.mostAreas) return fail('too-large');
    const prints = new Map(
      [...this.documents]
        .filter(([document]) => areas.includes(AREA) && !skipped.includes(document))
        .map(([document, doc]) => [document, fingerprintOf(document, doc)]),
    );
    const buckets = differingBuckets(sums, bucketSums(prints));
    const documents = [...prints]
      .filter(([document]) => buckets.includes(bucketOf(document)))
      .map(([document, fingerprint]) => ({ document, fingerprint }));
    return ok(encodeAuditAnswer({ epoch: this.epoch, buckets, documents }));
  }

  /** What stands there. */
  answers(document: DocumentName): unknown {
    return this.documents.get(document)?.getMap('answers').toJSON() ?? null;
  }

  /** Somebody else writes, at once stored. */
  write(document: DocumentName, update: Uint8Array): void {
    const doc = this.documents.get(document) ?? openUpdates([]);
    applyUpdate(doc, update);
    this.documents.set(document, doc);
  }
}

/** The item with its update as V1. */
function expanded(item: ExchangeItem): ExchangeItem {
  const plain = item.isCompact ? expandUpdate(item.update, LIMITS.updateBytes) : ok(item.update);
  if (!plain.ok) throw new Error('an item that cannot be read');
  return { ...item, update: plain.value, isCompact: false };
}
