import { ContentAny, type Doc, type Item } from 'yjs';
import { OTHER_PREFIX } from '@rukun/core/foundation';
import type { HistoryEntry } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import { authoredRows, writtenAt } from '../commit/authorship.ts';
import type { AuthoredRow, LogRow } from '../storage/records.ts';

type Value = HistoryEntry['value'];

/** One value under a key, and who brought it. */
interface Written {
  readonly row: AuthoredRow;
  readonly client: number;
  readonly clock: number;
  readonly value: Value;
}

/**
 * Every value that was ever written into a document, each with who wrote it, when, and what the key held before; oldest
 * commit first, and within a commit by device time. The same whether rows are merged by now or not. What the relay keeps
 * for itself (answers side by side) is left out: those are entries of their own already. With `path` only that key's.
 */
export function readHistory(log: readonly LogRow[], path?: string): HistoryEntry[] {
  const { doc } = Scratch.open(log.map(({ update }) => update));
  const bringers = new Bringers(authoredRows(log));
  const found: { entry: HistoryEntry; client: number; clock: number }[] = [];
  for (const [each, item] of currentItems(doc)) {
    if (path !== undefined && each !== path) continue;
    for (const { written, before } of withBefore(valuesOf(item, bringers))) {
      const { client, clock } = written;
      found.push({ entry: toEntry(each, written, before), client, clock });
    }
  }
  return found
    .sort(
      (a, b) =>
        a.entry.commit - b.entry.commit ||
        a.entry.at - b.entry.at ||
        a.client - b.client ||
        a.clock - b.clock,
    )
    .map(({ entry }) => entry);
}

/** The rightmost item of each key of the root maps, by path. */
function* currentItems(doc: Doc): Iterable<[path: string, item: Item]> {
  for (const [root, type] of doc.share) {
    if (root.startsWith(OTHER_PREFIX)) continue;
    for (const [key, item] of type._map) yield [`${root}/${key}`, item];
  }
}

/** All values of a key, those first that lost to all others. */
function valuesOf(current: Item, bringers: Bringers): Written[] {
  const values: Written[] = [];
  for (let item: Item | null = current; item; item = item.left) {
    if (!(item.content instanceof ContentAny)) continue;
    const { client, clock: start } = item.id;
    for (let index = item.content.arr.length - 1; index >= 0; index--) {
      const value: unknown = item.content.arr[index];
      const clock = start + index;
      if (isValue(value)) values.push({ row: bringers.find(client, clock), client, clock, value });
    }
  }
  return values.reverse();
}

/** With each value the one the key held when it was committed: of all that were there, the one that wins. */
function* withBefore(values: readonly Written[]): Iterable<{ written: Written; before: Value }> {
  const order = values.map((written, place) => ({ written, place }));
  order.sort((a, b) => a.written.row.seq - b.written.row.seq || a.place - b.place);
  let winner = -1;
  for (const { written, place } of order) {
    yield { written, before: values[winner]?.value ?? null };
    winner = Math.max(winner, place);
  }
}

function toEntry(path: string, { row, client, clock, value }: Written, before: Value): HistoryEntry {
  const { seq, person, device, marks, deviceAt, receivedAt } = row;
  const at = writtenAt(marks, client, clock, deviceAt);
  return { path, value, before, by: person, device, at, receivedAt, commit: seq };
}

function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Finds the row that brought a struct. */
class Bringers {
  /** Per client id: where the structs of each row end, in order. */
  readonly #ends = new Map<number, { to: number; row: AuthoredRow }[]>();

  constructor(rows: readonly AuthoredRow[]) {
    for (const row of rows) {
      for (const { client, to } of row.structs) {
        const ends = this.#ends.get(client);
        if (ends) ends.push({ to, row });
        else this.#ends.set(client, [{ to, row }]);
      }
    }
  }

  /** A struct in no row is a bug and throws. */
  find(client: number, clock: number): AuthoredRow {
    const ends = this.#ends.get(client) ?? [];
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle]?.to ?? 0) <= clock) low = middle + 1;
      else high = middle;
    }
    const found = ends[low];
    if (!found) throw new Error('a stored struct without a row in the log');
    return found.row;
  }
}
