import { ok, fail, type Clock, type InstantMs, type Result } from '@rukun/core/foundation';
import { expandUpdate } from '@rukun/core/documents';
import {
  LIMITS,
  type ExchangeAnswer,
  type ExchangeItem,
  type ExchangeRequest,
  type Receipt,
} from '@rukun/core/protocol';
import type { AuditRecorder } from '../audit/recorder.ts';
import { sessionNow, type Session } from '../auth/session.ts';
import { isRecovering } from '../storage/epoch.ts';
import type { CommitQueue } from '../commit/commit-queue.ts';
import { refused, type Outcome } from '../commit/submission.ts';
import { StorageUnavailable, type Storage } from '../storage/storage.ts';
import { readChanges } from './change-feed.ts';
import { readErasureNotice } from './erasure-notice.ts';

/** Items handed to the commit path at once, so that live edits of others get in between. */
const SLICE = 64;
/** When a device was last seen is kept to the hour: it must not cost an fsync per request. */
const SEEN_EVERY_MS = 3_600_000;

export interface ExchangeParts {
  readonly storage: Storage;
  readonly commits: CommitQueue;
  readonly clock: Clock;
  readonly recorder: AuditRecorder;
}

/**
 * One exchange: commits the items one by one, then reads what is new in one snapshot. Repeating a request is harmless.
 * `unavailable` if anything could not be stored for want of a disk: then some items may be stored, and sending all again
 * tells which. Nor is anything sent that could not be told in the audit log.
 */
export async function exchange(
  { storage, commits, clock, recorder }: ExchangeParts,
  session: Session,
  request: ExchangeRequest,
): Promise<Result<ExchangeAnswer>> {
  const receipts: Receipt[] = [];
  for (let start = 0; start < request.items.length; start += SLICE) {
    const items = request.items.slice(start, start + SLICE);
    const at = clock.now();
    const outcomes = await Promise.all(
      items.map(({ document, update, area, marks, isCompact, isVouched }) => {
        const plain = isCompact ? expandUpdate(update, LIMITS.updateBytes) : ok(update);
        if (!plain.ok) return Promise.resolve(refused(plain.failure));
        return commits.submit({
          document,
          update: plain.value,
          area,
          marks,
          isVouched,
          at,
          actor: session.actor,
          device: session.device.id,
          connection: null,
        });
      }),
    );
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index];
      if (!outcome || isUnavailable(outcome)) return fail('unavailable');
      receipts.push(toReceipt(item, outcome));
    }
  }
  noteSeen(storage, session, clock.now());
  const answer = storage.read((reader): Result<ExchangeAnswer> => {
    const now = sessionNow(reader, session);
    if (!now.ok) return now;
    const unstored = receipts.filter(({ status }) => status === 'refused').map(({ document }) => document);
    // Whoever has to write something anew needs the document as it stands here.
    const asked = { ...request, now: clock.now(), wanted: [...request.wanted, ...unstored] };
    const { more: moreErased, ...erasures } = readErasureNotice(reader, request);
    const { changes, feeds, more } = readChanges(reader, now.value.actor, session.device.id, asked);
    return ok({
      epoch: reader.epoch(),
      more: more || moreErased,
      isRecovering: isRecovering(reader, clock.now()),
      receipts,
      changes,
      erasures,
      feeds,
    });
  });
  if (!answer.ok) return answer;
  const names = answer.value.changes.map(({ document }) => document);
  return (await recorder.reading(session, 'exchange', names)) ? answer : fail('unavailable');
}

function noteSeen(storage: Storage, { device }: Session, now: InstantMs): void {
  if (now - device.lastSeenAt < SEEN_EVERY_MS) return;
  try {
    storage.transact((writer) => writer.markDeviceSeen(device.id, now));
  } catch (error) {
    // Reading must go on with a full disk.
    if (!(error instanceof StorageUnavailable)) throw error;
  }
}

function isUnavailable(outcome: Outcome): boolean {
  return outcome.status === 'refused' && outcome.failure.code === 'unavailable';
}

function toReceipt({ document, upTo }: ExchangeItem, outcome: Outcome): Receipt {
  if (outcome.status === 'stored') return { document, upTo, status: 'stored' };
  const { code, paths = [] } = outcome.failure;
  return code === 'resync'
    ? { document, upTo, status: 'resync' }
    : { document, upTo, status: 'refused', code, paths };
}
