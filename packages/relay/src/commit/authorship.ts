import { decodeUpdate, parseUpdateMeta } from 'yjs';
import type { InstantMs } from '@rukun/core/foundation';
import type { TimeMark } from '@rukun/core/protocol';
import type { Authorship } from '@rukun/core/sync';
import type { AuthoredRow, ClockRange, LogRow } from '../storage/records.ts';

/** When a struct was written: by the last mark at or before its clock, else `otherwise`. */
export function writtenAt(
  marks: readonly TimeMark[],
  client: number,
  clock: number,
  otherwise: InstantMs,
): InstantMs {
  let found: TimeMark | null = null;
  for (const mark of marks) {
    if (mark.client === client && mark.clock <= clock && mark.clock >= (found?.clock ?? 0)) found = mark;
  }
  return found?.at ?? otherwise;
}

/** Who wrote a stored struct, from the log. `by` is '' for the relay's own. A struct in no row is a bug and throws. */
export function authorInLog(rows: readonly LogRow[], client: number, clock: number): Authorship {
  for (const row of rows) {
    for (const { person, marks, deviceAt, structs } of row.authors.length > 0
      ? row.authors
      : [bringer(row)]) {
      if (structs.some((range) => range.client === client && range.from <= clock && clock < range.to))
        return { by: person, at: writtenAt(marks, client, clock, deviceAt) };
    }
  }
  throw new Error('a stored struct without a row in the log');
}

/**
 * Whose each row of a document was, oldest first, also of those that are merged by now. Hand in the log from its
 * beginning: a struct counts for the first row that brought it, whoever sent it again.
 */
export function authoredRows(rows: readonly LogRow[]): AuthoredRow[] {
  const ends = new Map<number, number>();
  return rows
    .flatMap((row) => (row.authors.length > 0 ? row.authors : [{ ...bringer(row), deleted: deletions(row) }]))
    .map((row) => ({ ...row, structs: row.structs.flatMap((range) => firstBrought(ends, range)) }));
}

/** The row as one that is not merged, without its deletions: reading those costs more. */
function bringer(row: LogRow): AuthoredRow {
  const { seq, source, person, device, deviceAt, receivedAt, marks } = row;
  const { from, to } = parseUpdateMeta(row.update);
  const structs = [...from]
    .map(([client, start]) => ({ client, from: start, to: to.get(client) ?? start }))
    .sort((a, b) => a.client - b.client);
  return { seq, source, person, device, deviceAt, receivedAt, marks, structs, deleted: [] };
}

function deletions({ update }: LogRow): ClockRange[] {
  return [...decodeUpdate(update).ds.clients]
    .flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, from: clock, to: clock + len })))
    .sort((a, b) => a.client - b.client || a.from - b.from);
}

/** What of a range no row brought before; the clocks of a client id come without gaps. */
function firstBrought(ends: Map<number, number>, { client, from, to }: ClockRange): ClockRange[] {
  const start = Math.max(from, ends.get(client) ?? 0);
  if (start >= to) return [];
  ends.set(client, to);
  return [{ client, from: start, to }];
}
