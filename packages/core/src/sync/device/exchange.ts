import { mergeUpdates, parseUpdateMeta } from 'yjs';
import { ok, type Failure, type Result } from '../../foundation/index.ts';
import {
  decodeExchangeAnswer,
  encodeExchangeRequest,
  LIMITS,
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
 * link: what an earlier request achieved is kept. Stops at the first failure and returns it; calling again goes on.
 */
export async function exchangeAll(
  store: DocumentStore,
  transport: ExchangeTransport,
): Promise<Result<ExchangeReport>> {
  const refused: Receipt[] = [];
  let roundTrips = 0;
  let stored = 0;
  let received = 0;
  for (;;) {
    const [position, outbox] = await Promise.all([store.position(), store.outbox(LIMITS.exchangeAimBytes)]);
    const items = outbox.slice(0, LIMITS.exchangeItems).map(toItem);
    const answered = await transport.exchange(encodeExchangeRequest({ ...position, items }));
    if (!answered.ok) return answered;
    const decoded = decodeExchangeAnswer(answered.value);
    if (!decoded.ok) return decoded;
    const { epoch, feeds, receipts, changes, more } = decoded.value;
    roundTrips++;
    await store.takeOver({ receipts, changes, position: { epoch, feeds } });
    for (const receipt of receipts) {
      if (receipt.status === 'stored') stored++;
      else if (receipt.status === 'refused') refused.push(receipt);
      else await store.resend(receipt.document);
    }
    received += changes.length;
    const left = await store.outbox(1);
    const progressed = items.length > 0 && receipts.some((receipt) => receipt.status === 'stored');
    if (!more && (left.length === 0 || !progressed)) return ok({ roundTrips, stored, refused, received });
  }
}

/** A failure the device should not repeat with the same bytes. */
export function isFinal(failure: Failure): boolean {
  return failure.code !== 'unavailable' && failure.code !== 'rate-limited' && failure.code !== 'internal';
}

function toItem({ document, area, rows }: OutboxDocument): ExchangeItem {
  const update = mergeUpdates(rows.map((row) => row.update));
  return { document, area, upTo: rows.at(-1)?.row ?? 0, marks: marksOf(rows), update };
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
