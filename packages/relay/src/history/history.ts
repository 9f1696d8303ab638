import { applyUpdate, ContentAny, Doc, findRootTypeKey, Item, parseUpdateMeta } from 'yjs';
import { OTHER_PREFIX } from '@rukun/core/foundation';
import type { HistoryEntry } from '@rukun/core/protocol';
import { writtenAt } from '../commit/authorship.ts';
import type { LogRow } from '../storage/records.ts';

/**
 * Every value that was ever written into a document, in the order of the log, each with who wrote it and when. What the
 * relay keeps for itself (answers side by side) is left out: those are entries of their own already.
 */
export function readHistory(rows: readonly LogRow[]): HistoryEntry[] {
  const doc = new Doc({ gc: false });
  for (const { update } of rows) applyUpdate(doc, update);
  return rows.flatMap((row) => readRow(doc, row));
}

function readRow(doc: Doc, row: LogRow): HistoryEntry[] {
  const { from, to } = parseUpdateMeta(row.update);
  const entries: HistoryEntry[] = [];
  for (const [client, start] of from) {
    const end = to.get(client) ?? start;
    for (const struct of doc.store.clients.get(client) ?? []) {
      const { clock } = struct.id;
      if (clock + struct.length <= start || clock >= end || !(struct instanceof Item)) continue;
      entries.push(
        ...readItem(struct, row)
          .filter(({ at }) => at >= start && at < end)
          .map(({ entry }) => entry),
      );
    }
  }
  return entries;
}

/** The values of one item, each with its clock (Yjs joins neighbours into one item). */
function readItem(item: Item, row: LogRow): { at: number; entry: HistoryEntry }[] {
  const { parent, parentSub: key, content } = item;
  if (key === null || !parent || !('_map' in parent) || parent._item !== null) return [];
  if (!(content instanceof ContentAny)) return [];
  const root = findRootTypeKey(parent);
  if (root.startsWith(OTHER_PREFIX)) return [];
  return content.arr.flatMap((value: unknown, index) => {
    const clock = item.id.clock + index;
    return isValue(value)
      ? [{ at: clock, entry: toEntry(row, item.id.client, clock, `${root}/${key}`, value) }]
      : [];
  });
}

function toEntry(
  { seq, person, device, marks, deviceAt, receivedAt }: LogRow,
  client: number,
  clock: number,
  path: string,
  value: HistoryEntry['value'],
): HistoryEntry {
  const at = writtenAt(marks, client, clock, deviceAt);
  return { path, value, by: person, device, at, receivedAt, commit: seq };
}

function isValue(value: unknown): value is HistoryEntry['value'] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
