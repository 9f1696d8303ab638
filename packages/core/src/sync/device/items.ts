import { mergeUpdates, parseUpdateMeta } from 'yjs';
import { compactUpdate } from '../../documents/index.ts';
import { LIMITS, type ExchangeItem, type Receipt, type TimeMark } from '../../protocol/index.ts';
import type { LocalRow, OutboxDocument } from './ports.ts';

/** One request's worth of items, about `aimBytes`, and a refusal for each document whose next edit is over the limit by itself. */
export function toItems(
  documents: readonly OutboxDocument[],
  aimBytes: number,
): { items: ExchangeItem[]; tooLarge: Receipt[]; isFull: boolean } {
  const items: ExchangeItem[] = [];
  const tooLarge: Receipt[] = [];
  let bytes = 0;
  let isFull = false;
  for (const { document, area, isSplit, rows } of documents) {
    for (let from = 0; from < rows.length && !isFull;) {
      isFull = items.length === LIMITS.exchangeItems || bytes >= aimBytes;
      if (isFull) break;
      const part = isSplit
        ? rows.slice(from, from + 1)
        : sendable(rows.slice(from), Math.max(1, aimBytes - bytes));
      const last = part.at(-1);
      const update = last ? mergeUpdates(part.map((row) => row.update)) : null;
      if (!last || !update || update.byteLength > LIMITS.updateBytes) {
        const upTo = rows[from]?.row ?? 0;
        tooLarge.push({ document, upTo, status: 'refused', code: 'too-large', paths: [] });
        break;
      }
      const compact = compactUpdate(update);
      bytes += compact.byteLength;
      items.push({
        document,
        area,
        upTo: last.row,
        marks: marksOf(part),
        update: compact,
        isCompact: true,
        isVouched: false,
      });
      if (!isSplit) break;
      from += part.length;
    }
  }
  return { items, tooLarge, isFull: isFull || bytes >= aimBytes };
}

/** The first rows, as many as fit into one item and about into `aimBytes`; none if the first is over the limit. */
function sendable(rows: readonly LocalRow[], aimBytes: number): readonly LocalRow[] {
  let bytes = 0;
  const end = rows.findIndex(({ update }, index) => {
    if (index === LIMITS.exchangeMarks || (index > 0 && bytes >= aimBytes)) return true;
    bytes += update.byteLength;
    return bytes > LIMITS.updateBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** When each part of the merged update was written, to the minute: one mark per client id and minute. */
export function marksOf(rows: readonly LocalRow[]): TimeMark[] {
  const marks: TimeMark[] = [];
  for (const { update, at, marks: known } of rows) {
    if (known) marks.push(...known);
    else
      for (const [client, clock] of parseUpdateMeta(update).from) {
        const last = marks.findLast((mark) => mark.client === client);
        if (last && Math.floor(last.at / 60_000) === Math.floor(at / 60_000)) continue;
        marks.push({ client, clock, at });
      }
  }
  return marks;
}
