import { compactUpdate } from '../../documents/index.ts';
import { fail, ok, type Result } from '../../foundation/index.ts';
import {
  decodeAuditAnswer,
  decodeExchangeAnswer,
  encodeAuditRequest,
  encodeExchangeRequest,
  kindOf,
  LIMITS,
  type AuditAnswer,
  type DocumentName,
  type ExchangeAnswer,
  type ExchangeItem,
} from '../../protocol/index.ts';
import { bucketSums, fingerprintOf, openUpdates } from '../fingerprint.ts';
import { differencesOf, halvesOf, partsOf } from './comparison.ts';
import { exchangeAll, type ExchangeParts, type ExchangeReport } from './exchange.ts';
import { lackOf, type Lack } from './lack.ts';
import { erasedHere } from './erased-here.ts';
import type { DocumentStore, ExchangeTransport, HeldDocument } from './ports.ts';

/** What one audit found and did, in documents. */
export interface AuditReport {
  readonly compared: number;
  /** Held not the same here and there. */
  readonly differing: number;
  /** Of these, the same again. */
  readonly healed: number;
  /** Of these, with something that the relay lacks and does not take from this device. */
  readonly missingAtRelay: number;
}

/** Carries exchanges and audits, each a request body and its answer. */
export interface AuditTransport extends ExchangeTransport {
  /** As {@link ExchangeTransport.exchange}, for `POST /api/audit`. */
  audit(body: Uint8Array): Promise<Result<Uint8Array>>;
}

/** What an audit needs besides store and link. */
export interface AuditParts extends ExchangeParts {
  /** Called after every few milliseconds of work: whatever is more urgent gets its turn. */
  readonly pause: () => Promise<void>;
  /** Does the work while no other exchange of this device is under way. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** How many documents were looked at, of how many. */
  readonly progress: (done: number, of: number) => void;
}

/**
 * Compares everything this device holds with what the relay has stored, and heals what differs: what is not here is fetched,
 * what was written here and is not there is sent again, and while the relay recovers from a backup it is given back what
 * others wrote, vouched for. An unchanged device sends half a kilobyte. Ends at the first failure and returns it; what was
 * healed by then stays so, and nothing else is changed.
 */
export async function auditAll(
  store: DocumentStore,
  transport: AuditTransport,
  parts: AuditParts,
): Promise<Result<AuditReport>> {
  return new Audit(store, transport, parts).all();
}

/** Work between two pauses. */
const SLICE_MS = 8;
/** Documents healed at once. */
const CHUNK = 32;

interface Compared {
  readonly count: number;
  readonly differing: readonly DocumentName[];
}

class Audit {
  readonly #store: DocumentStore;
  readonly #transport: AuditTransport;
  readonly #parts: AuditParts;
  #epoch = '';
  #isRecovering = false;
  #sliceFrom = 0;

  constructor(store: DocumentStore, transport: AuditTransport, parts: AuditParts) {
    this.#store = store;
    this.#transport = transport;
    this.#parts = parts;
  }

  async all(): Promise<Result<AuditReport>> {
    const first = await this.#exchangeAndCompare();
    // What came in between the two requests is no difference: it is there after another exchange.
    const compared = first.ok && first.value.differing.length > 0 ? await this.#exchangeAndCompare() : first;
    if (!compared.ok) return compared;
    const { count, differing } = compared.value;
    const stuck = this.#isRecovering ? await this.#stuck() : [];
    const ill = [...new Set([...differing, ...stuck])];
    const report = { compared: count, differing: ill.length, healed: 0, missingAtRelay: 0 };
    for (let start = 0; start < ill.length; start += CHUNK) {
      const chunk = ill.slice(start, start + CHUNK);
      const done = await this.#heal(chunk);
      if (!done.ok) return done;
      report.healed += done.value.healed;
      report.missingAtRelay += done.value.missing;
    }
    return ok(report);
  }

  async #exchangeAndCompare(): Promise<Result<Compared>> {
    const exchanged = await this.#exchange();
    if (!exchanged.ok) return exchanged;
    this.#isRecovering = exchanged.value.isRecovering;
    const { epoch, feeds } = await this.#store.position();
    this.#epoch = epoch;
    const areas = new Set(feeds.flatMap(({ held }) => held));
    const held = (await this.#store.held()).filter(
      ({ document, area }) => areas.has(area) && kindOf(document) !== 'board',
    );
    const waiting = partsOf([...areas].sort(), held);
    const differing: DocumentName[] = [];
    let count = 0;
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const prints = await this.#fingerprints(part.documents, count, held.length);
      const skipped = part.documents.filter(({ isWaiting }) => isWaiting).map(({ document }) => document);
      const request = { areas: part.areas, skipped, sums: bucketSums(prints) };
      const answered = await this.#ask(encodeAuditRequest(request));
      if (!answered.ok && answered.failure.code === 'too-large' && part.areas.length > 1) {
        waiting.unshift(...halvesOf(part));
        continue;
      }
      if (!answered.ok) return answered;
      count += part.documents.length - skipped.length;
      differing.push(...differencesOf(answered.value, prints, part.documents));
    }
    return ok({ count, differing });
  }

  #exchange(): Promise<Result<ExchangeReport>> {
    return this.#parts.alone(() => exchangeAll(this.#store, this.#transport, this.#parts));
  }

  /** Fingerprints of what is not on its way; a copy that cannot be read has none. */
  async #fingerprints(
    documents: readonly HeldDocument[],
    before: number,
    of: number,
  ): Promise<Map<DocumentName, Uint8Array>> {
    const prints = new Map<DocumentName, Uint8Array>();
    for (const [index, { document, isWaiting }] of documents.entries()) {
      await this.#giveWay();
      this.#parts.progress(before + index, of);
      if (isWaiting) continue;
      try {
        prints.set(document, fingerprintOf(document, openUpdates(await this.#store.updates(document))));
      } catch {
        // It differs from whatever the relay has.
      }
    }
    return prints;
  }

  async #ask(body: Uint8Array): Promise<Result<AuditAnswer>> {
    const answered = await this.#transport.audit(body);
    if (!answered.ok) return answered;
    const answer = decodeAuditAnswer(answered.value);
    // Restored since the exchange before: the next exchange takes that over.
    return answer.ok && answer.value.epoch !== this.#epoch ? fail('unavailable') : answer;
  }

  /** What an exchange could not send although the relay answered: it stands on what the relay has lost. */
  async #stuck(): Promise<DocumentName[]> {
    const stuck = (await this.#store.outbox(Number.MAX_SAFE_INTEGER)).map(({ document }) => document);
    for (const document of await this.#store.refusedDocuments())
      if ((await this.#store.contents(document))?.refusal?.code === 'resync') stuck.push(document);
    return stuck;
  }

  async #heal(documents: readonly DocumentName[]): Promise<Result<{ healed: number; missing: number }>> {
    const fetched = await this.#request(documents, []);
    if (!fetched.ok) return fetched;
    const lacks: Lack[] = [];
    let unreadable = 0;
    for (const document of documents) {
      await this.#giveWay();
      const whole = fetched.value.changes.find((change) => change.document === document)?.update ?? null;
      const contents = await this.#store.contents(document);
      try {
        const lack = contents && lackOf(document, contents, whole);
        if (lack) lacks.push(lack);
      } catch {
        unreadable++;
      }
    }
    const own = lacks.filter(({ isOwn }) => isOwn);
    for (const { document } of own) await this.#store.resend(document);
    const exchanged = own.length > 0 ? await this.#exchange() : null;
    if (exchanged && !exchanged.ok) return exchanged;
    const waiting = new Set(
      (await this.#store.held()).filter(({ isWaiting }) => isWaiting).map(({ document }) => document),
    );
    const vouched = await this.#vouch(lacks.filter(({ rest }) => rest !== null));
    if (!vouched.ok) return vouched;
    const isMissing = ({ document, rest }: Lack) => rest !== null && !vouched.value.has(document);
    // What waits or was refused is told as such.
    const isUnderWay = ({ document, rest }: Lack) => rest === null && waiting.has(document);
    const missing = lacks.filter(isMissing).length;
    const left = lacks.filter(isUnderWay).length + unreadable + missing;
    return ok({ healed: documents.length - left, missing });
  }

  /** Gives back what others wrote, as far as it is taken; the documents that were. */
  async #vouch(lacks: readonly Lack[]): Promise<Result<ReadonlySet<DocumentName>>> {
    const taken = new Set<DocumentName>();
    if (!this.#isRecovering) return ok(taken);
    const areas = new Map((await this.#store.held()).map(({ document, area }) => [document, area]));
    const items: ExchangeItem[] = [];
    for (const { document, rest, isKnown, upTo } of lacks) {
      if (rest === null || rest.byteLength > LIMITS.updateBytes) continue;
      const area = isKnown ? '' : (areas.get(document) ?? '');
      const update = compactUpdate(rest);
      items.push({ document, area, upTo, marks: [], update, isCompact: true, isVouched: true });
    }
    while (items.length > 0) {
      const part = firstOf(items, this.#parts.pace.bytes);
      // What was to be written anew, since it stood on nothing, starts from a document that has it already.
      const barred = part.filter(({ upTo }) => upTo > 0).map(({ document }) => document);
      const answered = await this.#request(barred, part);
      if (!answered.ok) return answered;
      for (const { document, status } of answered.value.receipts)
        if (status === 'stored') taken.add(document);
    }
    return ok(taken);
  }

  /** One exchange, taken over; of its receipts only what was stored, since a refusal is of others' work. */
  #request(wanted: readonly DocumentName[], items: readonly ExchangeItem[]): Promise<Result<ExchangeAnswer>> {
    const { pace, alone } = this.#parts;
    return alone(async () => {
      const position = await this.#store.position();
      const body = encodeExchangeRequest({
        ...position,
        erasures: position.erasures ?? 0,
        answerBytes: pace.bytes,
        wanted,
        items,
      });
      const answered = await this.#transport.exchange(body);
      if (!answered.ok) return answered;
      const decoded = decodeExchangeAnswer(answered.value);
      if (!decoded.ok) return decoded;
      const { epoch, feeds, receipts, changes, erasures } = decoded.value;
      const stored = receipts.filter(({ status }) => status === 'stored');
      const reached = { epoch, feeds, erasures: erasures.upTo };
      const erased = await erasedHere(this.#store, erasures);
      await this.#store.takeOver({ receipts: stored, changes, whole: wanted, erased, position: reached });
      return epoch === this.#epoch ? decoded : fail('unavailable');
    });
  }

  async #giveWay(): Promise<void> {
    const { clock, pause } = this.#parts;
    if (Math.abs(clock.now() - this.#sliceFrom) < SLICE_MS) return;
    await pause();
    this.#sliceFrom = clock.now();
  }
}

/** Takes the first items out, about `aimBytes` of them. */
function firstOf(items: ExchangeItem[], aimBytes: number): ExchangeItem[] {
  let bytes = 0;
  const end = items.findIndex(({ update }, index) => {
    const isFull = index > 0 && bytes + update.byteLength > aimBytes;
    bytes += update.byteLength;
    return isFull;
  });
  return items.splice(0, end < 0 ? items.length : end);
}
