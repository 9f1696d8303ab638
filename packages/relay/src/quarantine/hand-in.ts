import { createHash } from 'node:crypto';
import { decodeUpdate } from 'yjs';
import { mayReach, type Target } from '@rukun/core/access';
import { readErasures } from '@rukun/core/documents';
import type { Failure, InstantMs } from '@rukun/core/foundation';
import { kindOf, type DocumentName, type HandIn, type SealedItem } from '@rukun/core/protocol';
import { judge, Scratch } from '@rukun/core/sync';
import { recordEvent } from '../audit/record.ts';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import { actorOf } from '../auth/session.ts';
import { redactedEdit } from '../erasure/redacted-edit.ts';
import type { EnrolledDevice } from '../storage/accounts.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { openSealed } from './sealed-update.ts';

/** What one person may leave in quarantine, from however many devices: two weeks of work are about 5 MB. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 20_000;

/** An item the relay has opened. */
interface OpenedItem {
  readonly item: SealedItem;
  /** V1. */
  readonly update: Uint8Array;
  /** SHA-256 of the V1 update. */
  readonly content: Uint8Array;
}

/**
 * Keeps what a revoked device hands in, for the supervisor to decide; null once it is stored. Only what can be opened again is
 * taken, since the device wipes itself afterwards: `not-found` for a recovery key that is not here, `bad-content` for an item
 * that was not sealed as it should be or holds no update, `too-large` where the person has left too much. What comes again is
 * not kept twice: the same is what has the same content, whatever the device calls it.
 */
export function handIn(
  writer: StorageWriter,
  keys: RecoveryKeys,
  { id, person }: Pick<EnrolledDevice, 'id' | 'person'>,
  { keyId, wrappedKey, isLast, items }: HandIn,
  at: InstantMs,
): Failure | null {
  const key = keys.open(keyId, wrappedKey, person);
  if (!key) return { code: 'not-found', paths: ['keyId'] };
  const opened = openAll(items, key);
  if (!opened) return { code: 'bad-content', paths: ['items'] };
  const fresh = opened.filter(
    ({ item, content }) => !writer.accounts.hasHandedIn(id, item.document, content),
  );
  const { rows, bytes } = writer.quarantine.sizeOf(person);
  const more = fresh.reduce((sum, { item }) => sum + item.sealed.byteLength, 0);
  if (rows + fresh.length > MOST_ROWS || bytes + more > MOST_BYTES) return { code: 'too-large' };
  for (const each of fresh) keep(writer, { id, person }, each, { keyId, wrapped: wrappedKey }, at);
  const isEnd = isLast && writer.accounts.enrolledDevice(id)?.handedInAt === null;
  if (isEnd) writer.accounts.markHandedIn(id, at);
  if (fresh.length > 0 || isEnd)
    recordEvent(writer, { kind: 'handed-in', items: fresh.length, person, device: id });
  return null;
}

/** Null if one of them cannot be opened, or holds no update. */
function openAll(items: readonly SealedItem[], key: Uint8Array): readonly OpenedItem[] | null {
  const opened: OpenedItem[] = [];
  for (const item of items) {
    const update = openSealed(item.sealed, item.document, key);
    if (!update || !isUpdate(update)) return null;
    opened.push({ item, update, content: digest(update) });
  }
  return opened;
}

function digest(update: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(update).digest());
}

function isUpdate(bytes: Uint8Array): boolean {
  try {
    decodeUpdate(bytes);
    return true;
  } catch {
    return false;
  }
}

function keep(
  writer: StorageWriter,
  { id, person }: Pick<EnrolledDevice, 'id' | 'person'>,
  { item: { document, area, marks, sealed }, update, content }: OpenedItem,
  seal: { readonly keyId: string; readonly wrapped: Uint8Array },
  at: InstantMs,
): void {
  const left = writer.erasures.concerns(document) ? leftOf(writer, document, update, at) : update;
  if (!left) return;
  const isWhole = left === update;
  const kept = isWhole ? content : digest(left);
  if (!isWhole && writer.accounts.hasHandedIn(id, document, kept)) return;
  writer.accounts.noteHandedIn(id, document, kept);
  const number = writer.quarantine.add({
    at,
    reason: 'revoked',
    document,
    area: areaOfAuthor(writer, person, { name: document, area }, at),
    person,
    device: id,
    update: isWhole ? sealed : left,
    marks,
    seal: isWhole ? seal : null,
  });
  recordEvent(writer, {
    kind: 'quarantined',
    subject: document,
    number,
    reason: 'revoked',
    person,
    device: id,
  });
}

/**
 * What may be kept of an edit to a document of which something was erased: the same memory where it says nothing of that, null where
 * nothing else is in it.
 */
function leftOf(
  writer: StorageWriter,
  document: DocumentName,
  update: Uint8Array,
  at: InstantMs,
): Uint8Array | null {
  const updates = writer.updates(document);
  const scratch = Scratch.open(updates);
  const erasures = readErasures(scratch.doc);
  const judgement = judge(scratch, update, {
    device: 'handed in',
    relayClient: writer.relayClient(),
    owner: () => 'handed in',
    isAnswer: () => false,
    authorOf: () => ({ by: '', at }),
    authorOfNew: () => ({ by: '', at }),
    mayWrite: () => null,
  });
  const saysOfIt = judgement.verdict === 'refused' && judgement.failure.code === 'erased';
  return saysOfIt ? redactedEdit(update, updates, erasures) : update;
}

/**
 * Whose decision it is: the area, where the person may reach the document in it, or might while it was theirs; else '', which
 * leaves it to the administrators. A device must not put anything before the supervisor of another team.
 */
function areaOfAuthor(
  writer: StorageWriter,
  person: string,
  { name, area }: { readonly name: DocumentName; readonly area: string },
  at: InstantMs,
): string {
  const target: Target = { kind: kindOf(name), area: writer.document(name)?.area ?? area, name };
  const author = writer.person(person);
  const barred = author ? mayReach(actorOf(writer, author, ''), target, at) : { code: 'forbidden' };
  return barred === null || barred.code === 'late' ? target.area : '';
}
