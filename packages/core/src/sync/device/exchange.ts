import { mergeUpdates, parseUpdateMeta } from 'yjs';
import { ok, type Result } from '../../foundation/index.ts';
import {
  decodeExchangeAnswer,
  encodeExchangeRequest,
  LIMITS,
  type DocumentName,
  type ExchangeItem,
  type Receipt,
  type TimeMark,
} from '../../protocol/index.ts';
import type { DocumentStore, ExchangeTransport, LocalRow, OutboxDocument } from './ports.ts';

/** What one run of {@link exchangeAll} did. */
export interface ExchangeReport {
  readonly roundTrips: number;
  readonly stored: number;
  readonly refused: readonly Receipt[];
  readonly received: number;
}

/**
 * Sends everything that is not yet stored at the relay and fetches everything new, in requests that each survive a cut
 * link: what an earlier request achieved is kept. Stops at the first failure and returns it; calling again goes on. A
 * document the relay does not take is left for another run, and holds up no other.
 */
export async function exchangeAll(
  store: DocumentStore,
  transport: ExchangeTransport,
): Promise<Result<ExchangeReport>> {
  const refused: Receipt[] = [];
  const resent = new Set<DocumentName>();
  const heldBack = new Set<DocumentName>();
  let roundTrips = 0;
  let stored = 0;
  let received = 0;
  let more = true;
  for (;;) {
    const [position, documents] = await Promise.all([store.position(), nextDocuments(store, heldBack)]);
    const { items, tooLarge } = toItems(documents);
    if (tooLarge.length > 0) {
      await store.takeOver({ receipts: tooLarge, changes: [], position });
      refused.push(...tooLarge);
      for (const { document } of tooLarge) heldBack.add(document);
    }
    if (!more && items.length === 0) {
      if (tooLarge.length > 0) continue;
      return ok({ roundTrips, stored, refused, received });
    }
    const answered = await transport.exchange(encodeExchangeRequest({ ...position, items }));
    if (!answered.ok) return answered;
    const decoded = decodeExchangeAnswer(answered.value);
    if (!decoded.ok) return decoded;
    const { epoch, feeds, receipts, changes } = decoded.value;
    roundTrips++;
    received += changes.length;
    more = decoded.value.more;
    await store.takeOver({ receipts, changes, position: { epoch, feeds } });
    const receiptOf = new Map(receipts.map((receipt) => [receipt.document, receipt]));
    for (const { document } of items) {
      const receipt = receiptOf.get(document);
      if (receipt?.status === 'stored') {
        stored++;
        continue;
      }
      if (receipt?.status === 'refused') refused.push(receipt);
      else if (receipt?.status === 'resync') await store.resend(document);
      // The whole log may close the gap, once; what is answered in any other way is not for this run.
      if (receipt?.status === 'resync' && !resent.has(document)) resent.add(document);
      else heldBack.add(document);
    }
  }
}

/** What to send next, past what is held back. */
async function nextDocuments(
  store: DocumentStore,
  heldBack: ReadonlySet<DocumentName>,
): Promise<OutboxDocument[]> {
  const isDue = ({ document }: OutboxDocument) => !heldBack.has(document);
  const first = (await store.outbox(LIMITS.exchangeAimBytes)).filter(isDue);
  if (first.length > 0 || heldBack.size === 0) return first;
  return (await store.outbox(Number.MAX_SAFE_INTEGER)).filter(isDue);
}

/** One request's worth of items, and a refusal for each document whose next edit is over the limit by itself. */
function toItems(documents: readonly OutboxDocument[]): { items: ExchangeItem[]; tooLarge: Receipt[] } {
  const items: ExchangeItem[] = [];
  const tooLarge: Receipt[] = [];
  let bytes = 0;
  for (const { document, area, rows } of documents) {
    if (items.length === LIMITS.exchangeItems || bytes >= LIMITS.exchangeAimBytes) break;
    const part = sendable(rows);
    const last = part.at(-1);
    if (last) {
      const update = mergeUpdates(part.map((row) => row.update));
      bytes += update.byteLength;
      items.push({ document, area, upTo: last.row, marks: marksOf(part), update });
    } else if (rows.length > 0) {
      const upTo = rows.at(-1)?.row ?? 0;
      tooLarge.push({ document, upTo, status: 'refused', code: 'too-large', paths: [] });
    }
  }
  return { items, tooLarge };
}

/** The first rows, as many as fit into one item; none if the first does not fit. */
function sendable(rows: readonly LocalRow[]): readonly LocalRow[] {
  let bytes = 0;
  const end = rows.findIndex(
    ({ update }, index) =>
      index === LIMITS.exchangeMarks || (bytes += update.byteLength) > LIMITS.updateBytes,
  );
  return end < 0 ? rows : rows.slice(0, end);
}

/** When each part of the merged update was written, to the minute: one mark per client id and minute. */
function marksOf(rows: readonly LocalRow[]): TimeMark[] {
  const marks: TimeMark[] = [];
  for (const { update, at } of rows) {
    for (const [client, clock] of parseUpdateMeta(update).from) {
      const last = marks.findLast((mark) => mark.client === client);
      if (last && Math.floor(last.at / 60_000) === Math.floor(at / 60_000)) continue;
      marks.push({ client, clock, at });
    }
  }
  return marks;
}
