/**
 * What the relay keeps for a while only, and for how many days unless it is told otherwise; the table of docs/operations.md. What is not here
 * is kept for ever: the log (values leave it by an erasure only), authorship, the audit log and the ledger of erasures, neither of
 * which holds a value.
 */
export const RETENTION = {
  refused: { days: 90, means: 'updates that were not accepted, since they came' },
  decided: {
    days: 180,
    means: 'edits put aside that were taken in or set aside, since that was decided; those that wait stay',
  },
  sessions: { days: 90, means: 'token hashes of devices that signed out or were signed out, since then' },
  revoked: {
    days: 400,
    means:
      'token hashes of devices that were shut out, since then: until then they hand in and wipe themselves',
  },
  'sign-ins': { days: 30, means: 'counters of failed sign-ins, since the latest' },
} as const satisfies Record<string, { readonly days: number; readonly means: string }>;

export type RetentionName = keyof typeof RETENTION;

/** Days for each. */
export type RetentionDays = Readonly<Record<RetentionName, number>>;

export const RETENTION_NAMES = Object.keys(RETENTION) as readonly RetentionName[];

/** The days of the table. */
export const PLAIN_RETENTION = Object.fromEntries(
  RETENTION_NAMES.map((name) => [name, RETENTION[name].days]),
) as RetentionDays;

/** Reads `refused=30,decided=60`: what is not named stays as in the table. A sentence where it cannot be read. */
export function readRetention(text: string): RetentionDays | string {
  const days: Record<RetentionName, number> = { ...PLAIN_RETENTION };
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name = '', count = ''] = /^\s*([a-z-]+)=(\d{1,4})\s*$/.exec(part) ?? [];
    if (!isRetentionName(name) || Number(count) < 1)
      return `not a time to keep (${RETENTION_NAMES.join(', ')} = days, 1-9999): ${part.trim()}`;
    days[name] = Number(count);
  }
  return days;
}

function isRetentionName(name: string): name is RetentionName {
  return Object.hasOwn(RETENTION, name);
}
