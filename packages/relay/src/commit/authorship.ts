import { parseUpdateMeta } from 'yjs';
import type { InstantMs } from '@rukun/core/foundation';
import type { TimeMark } from '@rukun/core/protocol';
import type { Authorship } from '@rukun/core/sync';
import type { LogRow } from '../storage/records.ts';

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
  for (const { update, person, marks, deviceAt } of rows) {
    const { from, to } = parseUpdateMeta(update);
    const start = from.get(client);
    if (start === undefined || clock < start || clock >= (to.get(client) ?? 0)) continue;
    return { by: person, at: writtenAt(marks, client, clock, deviceAt) };
  }
  throw new Error('a stored struct without a row in the log');
}
