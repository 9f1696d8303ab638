import { mergeUpdates } from 'yjs';
import { readUpdate } from '@rukun/core/documents';
import type { Failure } from '@rukun/core/foundation';
import { recordEvent } from '../audit/record.ts';
import type { StorageWriter } from '../storage/storage.ts';
import type { Submission } from './submission.ts';

/** What one person may have waiting: beyond it edits stay on the device, and come again. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Updates of an area that are looked through for an earlier one of the same device. */
const MOST_LOOKED_AT = 1000;

/**
 * Keeps what a former officer wrote after the grace period, for the supervisor of the area to decide (P1). What the same device
 * brought of the same document before and nobody has decided becomes one with it: a device sends all that waits there. Returns
 * what the author is told: `late` once it is kept; `malformed`, `bad-content` or `too-large` for what is no update, and `rate-limited` where
 * the author has too much waiting.
 */
export function keepLate(writer: StorageWriter, submission: Submission, area: string): Failure {
  const { document, device, actor, update, marks, at } = submission;
  const read = readUpdate(update);
  if (!read.ok) return read.failure;
  const { quarantine } = writer;
  if (quarantine.sizeOf(actor.person).bytes + update.byteLength > MOST_BYTES) return { code: 'rate-limited' };
  const waiting = quarantine
    .ofArea(area, 'waiting', MOST_LOOKED_AT)
    .find((each) => each.device === device && each.document === document && each.seal === null);
  if (waiting) {
    const merged = mergeUpdates([waiting.update, update]);
    quarantine.extend(waiting.number, merged, [...waiting.marks, ...marks]);
    return { code: 'late' };
  }
  const kept = {
    at,
    reason: 'late',
    document,
    area,
    person: actor.person,
    device,
    update,
    marks,
    seal: null,
  } as const;
  const number = quarantine.add(kept);
  recordEvent(writer, {
    kind: 'quarantined',
    subject: document,
    number,
    reason: 'late',
    person: actor.person,
    device,
  });
  return { code: 'late' };
}
