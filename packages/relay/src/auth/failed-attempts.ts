import type { ErrorCode } from '@rukun/core/foundation';
import { recordEvent } from '../audit/record.ts';
import type { StorageWriter } from '../storage/storage.ts';
import type { Attempt } from './lock-out.ts';

/** Whose password was tried, '' where there is nobody of that name, and the address it came from. */
interface Tried {
  readonly person: string;
  readonly source: string;
}

/** Tells what came of the wish to try a password: that it has to wait, or that nobody may try for a while from now on. */
export function recordAttempt(writer: StorageWriter, tried: Tried, { waitMs, lockedForMs }: Attempt): void {
  if (lockedForMs > 0) recordEvent(writer, { kind: 'locked-out', ...tried, forMs: lockedForMs });
  if (waitMs > 0) recordFailure(writer, tried, 'rate-limited');
}

/** Tells of a password that did not fit, or was not looked at. */
export function recordFailure(writer: StorageWriter, tried: Tried, code: ErrorCode): void {
  recordEvent(writer, { kind: 'sign-in-failed', ...tried, code });
}
