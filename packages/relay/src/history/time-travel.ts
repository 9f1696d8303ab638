import {
  createDeleteSet,
  createDocFromSnapshot,
  createSnapshot,
  Doc,
  encodeStateAsUpdate,
  mergeDeleteSets,
} from 'yjs';
import { Scratch } from '@rukun/core/sync';
import { authoredRows } from '../commit/authorship.ts';
import type { AuthoredRow, ClockRange, LogRow } from '../storage/records.ts';
import { commitsOf } from './moments.ts';

/**
 * The document as it stood after a commit, as a V1 update for an empty document; null if it did not exist then. `commit`
 * need not be one of this document's. The same whether rows are merged by now or not: clocks of a client id come without
 * gaps, so what was there is told by how far each had come, and by what was deleted so far.
 */
export function readMoment(log: readonly LogRow[], commit: number): Uint8Array | null {
  const rows = commitsOf(authoredRows(log))
    .filter(([{ seq }]) => seq <= commit)
    .flat();
  return readRows(log, rows);
}

/**
 * The document as a person knows it who could read it up to a commit: what there was by then, and what they wrote
 * themselves, also later. A V1 update for an empty document; null if that is nothing.
 */
export function readKnownTo(log: readonly LogRow[], person: string, lastCommit: number): Uint8Array | null {
  const rows = authoredRows(log).filter((row) => row.seq <= lastCommit || row.person === person);
  return readRows(log, rows);
}

/** The document as these rows of the log made it. */
function readRows(log: readonly LogRow[], rows: readonly AuthoredRow[]): Uint8Array | null {
  if (rows.length === 0) return null;
  const clocks = new Map<number, number>();
  for (const { client, to } of rows.flatMap(({ structs }) => structs)) clocks.set(client, to);
  const then = createSnapshot(toDeleteSet(rows.flatMap(({ deleted }) => deleted)), clocks);
  const { doc } = Scratch.open(log.map(({ update }) => update));
  return encodeStateAsUpdate(createDocFromSnapshot(doc, then, new Doc({ gc: false })));
}

/** Sorted and without repeats, as Yjs takes it. */
function toDeleteSet(ranges: readonly ClockRange[]): ReturnType<typeof createDeleteSet> {
  const set = createDeleteSet();
  for (const { client, from, to } of ranges) {
    const range = { clock: from, len: to - from };
    const known = set.clients.get(client);
    if (known) known.push(range);
    else set.clients.set(client, [range]);
  }
  return mergeDeleteSets([set]);
}
