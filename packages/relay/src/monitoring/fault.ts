import type { Log } from '@rukun/core/foundation';
import { StorageUnavailable } from '../storage/storage.ts';

/** The kind of a fault and where it happened, for the log; never its message, which may hold what people wrote. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\/([\w-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1] ?? '';
  return `${error.name} ${place}`.trim();
}

/** Logs what went wrong under `event`; the code to answer with: `unavailable` where the disk did not do its part. */
export function reportFault(log: Log, event: string, error: unknown): 'unavailable' | 'internal' {
  const isOutside = error instanceof StorageUnavailable;
  log.error(event, { reason: isOutside ? error.reason : describeFault(error) });
  return isOutside ? 'unavailable' : 'internal';
}
