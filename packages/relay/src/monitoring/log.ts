import type { Log, LogFields } from '@rukun/core/foundation';

/** Writes one JSON object per line. Callers hand in no personal data, no paths of requests and no ids of documents. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const line =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return { info: line('info'), error: line('error') };
}
