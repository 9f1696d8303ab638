import { mayDecide, type Actor } from '@rukun/core/access';
import { fail, ok, type Clock, type Random, type Result } from '@rukun/core/foundation';
import type { QuarantineDecision } from '@rukun/core/protocol';
import { recordEvent } from '../audit/record.ts';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import { actorOf, type Session } from '../auth/session.ts';
import type { CommitQueue } from '../commit/commit-queue.ts';
import type { QuarantinedUpdate } from '../storage/quarantine.ts';
import type { Storage, StorageReader } from '../storage/storage.ts';
import { targetOf } from './held-edits.ts';
import { openForTaking } from './sealed-update.ts';

export interface DecideParts {
  readonly storage: Storage;
  readonly commits: CommitQueue;
  readonly recoveryKeys: RecoveryKeys;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Decides about an edit that waits. Taken in, it goes through the commit path as its author's, from the author's device, by what
 * an officer of the area may write now: what somebody else wrote meanwhile stands beside it (P2). `not-found`: there is none in
 * this person's sight, or it does not wait (any more); any code of the commit path, and it waits on.
 */
export async function decideHeld(
  parts: DecideParts,
  session: Session,
  number: number,
  decision: QuarantineDecision,
): Promise<Result<null>> {
  const { storage, commits, clock } = parts;
  const found = storage.read((reader) => inSight(reader, session.actor, number));
  if (!found) return fail('not-found');
  if (decision === 'reopen')
    return storage.transact(({ quarantine }) => (quarantine.reopen(number) ? ok(null) : fail('not-found')));
  if (found.state !== 'waiting') return fail('not-found');
  if (decision === 'take') {
    const submission = storage.read((reader) => submissionOf(reader, parts, found));
    if (!submission.ok) return submission;
    const outcome = await commits.submit(submission.value);
    if (outcome.status === 'refused') return { ok: false, failure: outcome.failure };
  }
  const state = decision === 'take' ? 'taken' : 'set-aside';
  return storage.transact((writer) => {
    if (!writer.quarantine.decide(number, state, session.person.id, clock.now())) return fail('not-found');
    const by = { person: session.person.id, device: session.device.id };
    recordEvent(writer, {
      kind: 'quarantine-decided',
      subject: found.document,
      number,
      decision: state,
      ...by,
    });
    return ok(null);
  });
}

function inSight(reader: StorageReader, actor: Actor, number: number): QuarantinedUpdate | null {
  const held = reader.quarantine.update(number);
  return held && mayDecide(actor, targetOf(held)) === null ? held : null;
}

function submissionOf(
  reader: StorageReader,
  parts: DecideParts,
  held: QuarantinedUpdate,
): Result<Parameters<CommitQueue['submit']>[0]> {
  const { document, area, person, device } = held;
  const author = reader.person(person);
  const left = openForTaking(reader, held, parts);
  if (!author || !left) return fail('not-found');
  // As what they worked there, whatever they are since.
  const former = reader.access.formerAreasOf(person).find((each) => each.area === area);
  const own = actorOf(reader, former ? { ...author, role: former.role } : author, '');
  const actor: Actor = { ...own, areas: new Set([...own.areas, area]) };
  return ok({ document, ...left, actor, device, area, at: parts.clock.now(), connection: null });
}
