import type { InstantMs } from '@rukun/core/foundation';
import { recordEvent } from '../audit/record.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { RETENTION_NAMES, type RetentionDays, type RetentionName } from './table.ts';

const DAY_MS = 24 * 3_600_000;

/** How many rows of each went. */
export type RetentionCounts = Readonly<Record<RetentionName, number>>;

const REMOVE: Readonly<Record<RetentionName, (writer: StorageWriter, before: InstantMs) => number>> = {
  refused: ({ retention }, before) => retention.refused(before),
  decided: ({ retention }, before) => retention.decided(before),
  sessions: ({ retention }, before) => retention.sessions(before, false),
  revoked: ({ retention }, before) => retention.sessions(before, true),
  'sign-ins': ({ retention }, before) => retention.signIns(before),
};

/** Removes what is past its time, in the transaction of `writer`, and tells the audit log how many rows of each it was. */
export function applyRetention(writer: StorageWriter, days: RetentionDays, now: InstantMs): RetentionCounts {
  const counts = Object.fromEntries(
    RETENTION_NAMES.map((name) => [name, REMOVE[name](writer, now - days[name] * DAY_MS)]),
  ) as RetentionCounts;
  for (const name of RETENTION_NAMES)
    recordEvent(writer, { kind: 'retention', what: name, count: counts[name] });
  writer.setSetting(SETTINGS.retentionRanAt, String(now));
  return counts;
}

/** When it was done last; 0 for never. */
export function retentionRanAt(setting: string | null): InstantMs {
  return setting === null ? 0 : Number(setting);
}

/** Whether a day has passed, also by a clock that was set back. */
export function isRetentionDue(ranAt: InstantMs, now: InstantMs): boolean {
  return Math.abs(now - ranAt) >= DAY_MS;
}
