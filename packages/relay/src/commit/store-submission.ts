import { mayReach, mayRead, mayWrite, type DocumentFacts, type Target } from '@rukun/core/access';
import type { Failure } from '@rukun/core/foundation';
import { isBoardAnswerKey } from '@rukun/core/board';
import { lastValue } from '@rukun/core/documents';
import { isAnswerKey, readEvents, ROOTS, stateOf } from '@rukun/core/household';
import { kindOf, type DocumentName, type TimeMark } from '@rukun/core/protocol';
import { judge, Scratch, type JudgeContext } from '@rukun/core/sync';
import { recordEvent } from '../audit/record.ts';
import type { LogRow, StoredDocument } from '../storage/records.ts';
import { isRecovering, mayHaveBeenLost } from '../storage/epoch.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { boardFailure, projectBoard } from '../access/board-projection.ts';
import { authorInLog, writtenAt } from './authorship.ts';
import { keepLate } from './late.ts';
import type { Copy, ScratchCopies } from './scratch-copies.ts';
import { refused, STORED, type Commit, type Outcome, type Submission } from './submission.ts';

/** A document's merged state is kept anew after so many rows, so that reading it stays cheap … */
const LONGEST_TAIL = 64;
/** … but not before they are this part of it, so that writing a large one stays cheap too. */
const LEAST_PART = 1 / 2;

/** What a submission did in the transaction; it counts once that is committed. `commit` is null if nothing is new. */
export interface Stored {
  readonly outcome: Outcome;
  readonly commit: Commit | null;
}

/**
 * Judges one submission and writes it, inside a transaction. A refused one leaves the transaction as it was, but for the
 * note that it was refused.
 */
export function storeSubmission(writer: StorageWriter, copies: ScratchCopies, given: Submission): Stored {
  const submission = vouchedWhileRecovering(writer, given);
  const { document: name, update } = submission;
  const document = writer.document(name);
  const target: Target = { kind: kindOf(name), area: document?.area ?? submission.area, name };
  const barred = reachFailure(submission, target, document);
  if (barred?.code === 'late' && !submission.isVouched) {
    const gone = erasedFailureOf(writer, submission, target);
    return gone ? refuse(writer, submission, gone) : late(writer, submission, target.area);
  }
  if (barred) return refuse(writer, submission, barred.code === 'late' ? { code: 'forbidden' } : barred);
  if (submission.isVouched && !mayVouch(writer, submission))
    return refuse(writer, submission, { code: 'forbidden' });
  // Whoever comes in with nothing says so: no reason to open the document.
  if (document && isEmptyUpdate(update)) return { outcome: STORED, commit: null };
  const copy = copies.open(writer, name);
  const { scratch } = copy;
  const judgement = judge(scratch, update, judgeContext(writer, submission, target, copy));
  if (judgement.verdict === 'refused') {
    if (judgement.isSpoiled) copies.drop(name);
    if (judgement.failure.code === 'late') return late(writer, submission, target.area);
    return refuse(writer, submission, judgement.failure);
  }
  const { advances, claims, fresh, firstClocks, writes, relayUpdate } = judgement;
  if (!advances) return { outcome: STORED, commit: null };
  if (!document) writer.addDocument(name, target.kind, target.area);
  append(writer, submission, fresh, relayUpdate, marksOf(submission, firstClocks));
  for (const client of claims) {
    writer.claim(name, client, submission.device);
    copy.owners.set(client, submission.device);
  }
  if (writes.some(({ root }) => root.startsWith(ROOTS.event))) copy.stage = null;
  const changesAccess = target.kind === 'board' && projectBoard(writer, scratch.doc, writes, submission.at);
  keepState(writer, name, scratch);
  return {
    outcome: STORED,
    commit: { document: name, update: fresh, relayUpdate, connection: submission.connection, changesAccess },
  };
}

/** What was erased is not put aside for anybody to decide either. */
function erasedFailureOf(writer: StorageWriter, submission: Submission, target: Target): Failure | null {
  const { document, update } = submission;
  if (!writer.erasures.concerns(document)) return null;
  const copy = {
    scratch: Scratch.open(writer.updates(document)),
    owners: new Map<number, string>(),
    stage: null,
  };
  const context = { ...judgeContext(writer, submission, target, copy), mayWrite: () => null };
  const judgement = judge(copy.scratch, update, context);
  return judgement.verdict === 'refused' && judgement.failure.code === 'erased' ? judgement.failure : null;
}

/** No structs, no deletions, V1. */
function isEmptyUpdate(update: Uint8Array): boolean {
  return update.byteLength === 2 && update[0] === 0 && update[1] === 0;
}

/**
 * While the relay recovers, what a live client answers step 1 with may hold others' edits that it lacks: those are nobody's until
 * more is known, and never the sender's own.
 */
function vouchedWhileRecovering(writer: StorageWriter, submission: Submission): Submission {
  const isVouched = submission.isStep2 === true && mayVouch(writer, submission);
  return isVouched ? { ...submission, isVouched } : submission;
}

/** Access hangs on the board: nobody's word puts anything on it that is not asked for role and area. */
function mayVouch(writer: StorageWriter, { document, at }: Submission): boolean {
  return kindOf(document) !== 'board' && isRecovering(writer, at);
}

/** The first question: is the document there, or may it come to be, and may this person reach it at all. */
function reachFailure(
  { actor, area, at }: Submission,
  target: Target,
  document: StoredDocument | null,
): Failure | null {
  if (document) return mayRead(actor, target) && mayReach(actor, target, at);
  const isPlaced = target.kind === 'household' || (target.kind === 'area' && target.name === `area/${area}`);
  return area !== '' && isPlaced ? mayReach(actor, target, at) : { code: 'not-found' };
}

/** The keys of each kind of document that hold an answer which may stand beside another. */
const IS_ANSWER: Partial<Record<Target['kind'], (root: string, key: string) => boolean>> = {
  household: isAnswerKey,
  board: isBoardAnswerKey,
};

function judgeContext(
  writer: StorageWriter,
  submission: Submission,
  target: Target,
  copy: Copy,
): JudgeContext {
  const { document: name, actor, marks, at } = submission;
  const { owners } = copy;
  const facts = factsOf(writer, submission, target, copy);
  let rows: readonly LogRow[] | null = null;
  return {
    device: submission.device,
    isVouched: submission.isVouched === true,
    relayClient: writer.relayClient(),
    owner: (client) => ownerOf(writer, submission, client, owners),
    mayWrite: (writes) => mayWrite(actor, target, writes, facts) ?? boardFailure(writer, target, writes),
    isAnswer: (root, key) => IS_ANSWER[target.kind]?.(root, key) === true,
    authorOf: (client, clock) => authorInLog((rows ??= writer.log(name)), client, clock),
    authorOfNew: (client, clock) => ({ by: authorOf(submission), at: writtenAt(marks, client, clock, at) }),
  };
}

/** What the policy has to know of a document; worked out only where it asks. */
function factsOf(
  writer: StorageWriter,
  { marks, at }: Submission,
  { kind }: Target,
  copy: Copy,
): DocumentFacts {
  const { doc } = copy.scratch;
  return {
    at,
    stage() {
      if (kind !== 'household') return 'any';
      if (doc.share.size === 0) return 'new';
      return (copy.stage ??= stateOf(readEvents(doc), true));
    },
    events: () => readEvents(doc),
    value(root, key) {
      const item = copy.scratch.current(root, key);
      return item ? lastValue(item) : undefined;
    },
    isReturning: ({ client, clock }) => mayHaveBeenLost(writer, writtenAt(marks, client, clock, at), at),
  };
}

/**
 * The device a client id belongs to. Who signs in anew is another device, but what waited on the phone meanwhile was
 * begun under client ids of the one before: a person goes on with the own ones.
 */
function ownerOf(
  writer: StorageWriter,
  { document, device, actor }: Submission,
  client: number,
  owners: Map<number, string>,
): string | null {
  const owner = owners.get(client) ?? writer.clientOwner(document, client);
  if (owner === null) return null;
  owners.set(client, owner);
  if (owner === device) return owner;
  return writer.personOfDevice(owner) === actor.person ? device : owner;
}

/** Whoever vouches for others' edits is not their author: who that was, the relay does not know. */
function authorOf({ isVouched, actor }: Submission): string {
  return isVouched ? '' : actor.person;
}

function marksOf({ marks }: Submission, from: ReadonlyMap<number, number>): TimeMark[] {
  return marks.filter(({ client }) => from.has(client));
}

function append(
  writer: StorageWriter,
  submission: Submission,
  update: Uint8Array,
  relayUpdate: Uint8Array | null,
  marks: readonly TimeMark[],
): void {
  const { document, device, at } = submission;
  const deviceAt = marks.reduce<number | null>((latest, mark) => Math.max(latest ?? 0, mark.at), null) ?? at;
  const row = { document, receivedAt: at } as const;
  writer.append({ ...row, update, source: 'device', person: authorOf(submission), device, deviceAt, marks });
  if (relayUpdate === null) return;
  writer.append({
    ...row,
    update: relayUpdate,
    source: 'relay',
    person: '',
    device: '',
    deviceAt: at,
    marks: [],
  });
}

function keepState(writer: StorageWriter, name: DocumentName, scratch: Scratch): void {
  const { rows, bytes, stateBytes } = writer.tail(name);
  if (rows > LONGEST_TAIL && bytes >= stateBytes * LEAST_PART) writer.keepState(name, scratch.encode());
}

/** Kept for somebody to decide instead of refused; to the author both are an answer with a code. */
function late(writer: StorageWriter, submission: Submission, area: string): Stored {
  const failure = isEmptyUpdate(submission.update)
    ? ({ code: 'late' } as const)
    : keepLate(writer, submission, area);
  if (failure.code !== 'late') return refuse(writer, submission, failure);
  return { outcome: refused(failure), commit: null };
}

/** Keeps what was refused for the supervisor to look at; a gap is no refusal of the content. */
function refuse(writer: StorageWriter, submission: Submission, failure: Failure): Stored {
  if (failure.code !== 'resync') {
    const { at, document, actor, device, update } = submission;
    const { code, paths = [] } = failure;
    // What was erased must not lie about among what was refused.
    const bytes = writer.erasures.concerns(document) ? new Uint8Array() : update;
    writer.keepRefusal({ at, document, person: actor.person, device, code, paths, bytes });
    recordEvent(writer, { kind: 'refused', person: actor.person, device, subject: document, code, paths });
  }
  return { outcome: refused(failure), commit: null };
}
