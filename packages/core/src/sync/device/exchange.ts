import { ok, type Clock, type Random, type Result } from '../../foundation/index.ts';
import {
  decodeExchangeAnswer,
  encodeExchangeRequest,
  LIMITS,
  type DocumentName,
  type ExchangeAnswer,
  type ExchangeItem,
  type Receipt,
} from '../../protocol/index.ts';
import { erasedHere } from './erased-here.ts';
import { toItems } from './items.ts';
import type { LinkPace } from './link-pace.ts';
import type { DocumentStore, ExchangeTransport, OutboxDocument } from './ports.ts';
import { rebuildRefused } from './rebuild.ts';

/** What one run of {@link exchangeAll} did. */
export interface ExchangeReport {
  readonly roundTrips: number;
  readonly stored: number;
  readonly refused: readonly Receipt[];
  readonly received: number;
  /** The relay was restored from a backup and takes what others' copies still have. */
  readonly isRecovering: boolean;
}

/** What a run needs besides store and link. */
export interface ExchangeParts {
  readonly clock: Clock;
  readonly random: Random;
  /** How much at once; kept from run to run. */
  readonly pace: LinkPace;
}

/**
 * Sends everything that is not yet stored at the relay and fetches everything new, in requests that each survive a cut
 * link: what an earlier request achieved is kept. Stops at the first failure and returns it; calling again goes on. A
 * document of which the relay refused something is rebuilt without it, and the rest goes up in the same run; one that it
 * does not take at all is left for another run and holds up no other. `wanted`: documents to be fetched whole.
 */
export async function exchangeAll(
  store: DocumentStore,
  transport: ExchangeTransport,
  parts: ExchangeParts,
  wanted: readonly DocumentName[] = [],
): Promise<Result<ExchangeReport>> {
  return new Run(store, transport, parts).all(wanted);
}

/** Rows as they were written take up to so many times the bytes of the item they are merged into. */
const RAW_PER_SENT = 4;

/** Tries of one document in one run: as it is, after a resend or a rebuild, and once more. */
const MOST_TRIES = 3;

class Run {
  readonly #store: DocumentStore;
  readonly #transport: ExchangeTransport;
  readonly #parts: ExchangeParts;
  readonly #refused: Receipt[] = [];
  readonly #tries = new Map<DocumentName, number>();
  readonly #heldBack = new Set<DocumentName>();
  #roundTrips = 0;
  #stored = 0;
  #received = 0;

  constructor(store: DocumentStore, transport: ExchangeTransport, parts: ExchangeParts) {
    this.#store = store;
    this.#transport = transport;
    this.#parts = parts;
  }

  async all(asked: readonly DocumentName[]): Promise<Result<ExchangeReport>> {
    let more = true;
    let isRecovering = false;
    for (;;) {
      const lacking = await rebuildRefused(this.#store, this.#parts.random);
      const wanted = [...new Set([...(this.#roundTrips === 0 ? asked : []), ...lacking])]
        .filter((document) => !this.#heldBack.has(document))
        .slice(0, LIMITS.wholeDocuments);
      const { items, tooLarge, isFull } = toItems(await this.#nextDocuments(), this.#parts.pace.bytes);
      if (tooLarge.length > 0) await this.#refuseHere(tooLarge);
      if (!more && items.length === 0 && wanted.length === 0) {
        if (tooLarge.length > 0) continue;
        return ok({
          roundTrips: this.#roundTrips,
          stored: this.#stored,
          refused: this.#refused,
          received: this.#received,
          isRecovering,
        });
      }
      const answered = await this.#ask(items, wanted, isFull);
      if (!answered.ok) return answered;
      ({ more, isRecovering } = answered.value);
      await this.#takeOver(items, wanted, answered.value);
    }
  }

  async #ask(
    items: readonly ExchangeItem[],
    wanted: readonly DocumentName[],
    isFull: boolean,
  ): Promise<Result<ExchangeAnswer>> {
    const { clock, pace } = this.#parts;
    const position = await this.#store.position();
    const started = clock.now();
    const request = encodeExchangeRequest({
      ...position,
      erasures: position.erasures ?? 0,
      answerBytes: pace.bytes,
      wanted,
      items,
    });
    const answered = await this.#transport.exchange(request);
    if (!answered.ok) {
      if (answered.failure.code === 'unavailable') pace.failed();
      return answered;
    }
    const decoded = decodeExchangeAnswer(answered.value);
    if (decoded.ok) pace.succeeded(Math.max(0, clock.now() - started), isFull || decoded.value.more);
    return decoded;
  }

  async #takeOver(
    items: readonly ExchangeItem[],
    wanted: readonly DocumentName[],
    { epoch, feeds, receipts, changes, erasures, isRecovering }: ExchangeAnswer,
  ): Promise<void> {
    this.#roundTrips++;
    this.#received += changes.length;
    const refused = receipts.filter(({ status }) => status === 'refused').map(({ document }) => document);
    const whole = [...new Set([...wanted, ...refused])];
    const position = { epoch, feeds, erasures: erasures.upTo };
    const erased = await erasedHere(this.#store, erasures);
    await this.#store.takeOver({ receipts: counted(receipts), changes, whole, erased, position });
    const sent = new Set(changes.map(({ document }) => document));
    // What was asked for and is not there is not for this person any more.
    for (const document of wanted) {
      if (sent.has(document)) continue;
      this.#heldBack.add(document);
      const { refusal = null } = (await this.#store.contents(document)) ?? {};
      if (refusal?.code === 'erased') await this.#store.release(document);
    }
    const done = new Set<DocumentName>();
    for (const [index, { document, upTo }] of items.entries()) {
      const receipt = receipts[index];
      if (receipt?.status === 'stored') {
        this.#stored++;
        continue;
      }
      // What came after a refused edit of the same document could not be taken; it comes again.
      if (done.has(document)) continue;
      done.add(document);
      const tries = (this.#tries.get(document) ?? 0) + 1;
      this.#tries.set(document, tries);
      if (receipt?.status === 'refused') this.#refused.push(receipt);
      else if (receipt?.status === 'resync' && tries === 1) await this.#store.resend(document);
      // What it stands on may still be on somebody else's phone.
      else if (receipt?.status === 'resync' && isRecovering) this.#heldBack.add(document);
      // The whole log did not close the gap: what the relay lacks is not on this device. It is written anew.
      else if (receipt?.status === 'resync') await this.#store.refuse(document, upTo, 'resync', []);
      if (!receipt || tries >= MOST_TRIES) this.#heldBack.add(document);
    }
  }

  async #refuseHere(tooLarge: readonly Receipt[]): Promise<void> {
    const position = await this.#store.position();
    await this.#store.takeOver({ receipts: tooLarge, changes: [], whole: [], position });
    this.#refused.push(...tooLarge);
    for (const { document } of tooLarge) this.#heldBack.add(document);
  }

  /** What to send next, past what is held back. */
  async #nextDocuments(): Promise<OutboxDocument[]> {
    const isDue = ({ document }: OutboxDocument) => !this.#heldBack.has(document);
    const first = (await this.#store.outbox(this.#parts.pace.bytes * RAW_PER_SENT)).filter(isDue);
    if (first.length > 0 || this.#heldBack.size === 0) return first;
    return (await this.#store.outbox(Number.MAX_SAFE_INTEGER)).filter(isDue);
  }
}

/** The receipts of each document up to the first that is not *stored*: a later one says nothing of the rows before it. */
function counted(receipts: readonly Receipt[]): Receipt[] {
  const ended = new Set<DocumentName>();
  return receipts.filter(({ document, status }) => {
    const counts = !ended.has(document);
    if (status !== 'stored') ended.add(document);
    return counts;
  });
}
