import type { DocumentMoment } from '@rukun/core/protocol';
import { authoredRows } from '../commit/authorship.ts';
import type { AuthoredRow, LogRow } from '../storage/records.ts';
import { readHistory } from './history.ts';

/** The commits of a document, oldest first. */
export function readMoments(log: readonly LogRow[]): DocumentMoment[] {
  const changes = new Map<number, number>();
  for (const { commit } of readHistory(log)) changes.set(commit, (changes.get(commit) ?? 0) + 1);
  return commitsOf(authoredRows(log)).map(([row]) => ({
    commit: row.seq,
    receivedAt: row.receivedAt,
    by: row.person,
    device: row.device,
    changes: changes.get(row.seq) ?? 0,
  }));
}

/** Rows by commit: what the relay adds to an update has the number after it, and nobody ever saw the one without the other. */
export function commitsOf(rows: readonly AuthoredRow[]): [AuthoredRow, ...AuthoredRow[]][] {
  const commits: [AuthoredRow, ...AuthoredRow[]][] = [];
  for (const row of rows) {
    const current = commits.at(-1);
    if (row.source === 'relay' && current?.at(-1)?.seq === row.seq - 1) current.push(row);
    else commits.push([row]);
  }
  return commits;
}
