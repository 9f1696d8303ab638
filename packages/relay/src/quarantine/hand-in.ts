import type { Failure, InstantMs } from '@rukun/core/foundation';
import type { HandIn, SealedItem } from '@rukun/core/protocol';
import { recordEvent } from '../audit/record.ts';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import type { EnrolledDevice } from '../storage/accounts.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { openSealed } from './sealed-update.ts';

/** What one device may leave in quarantine: two weeks of work are about 5 MB. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ROWS = 20_000;

/**
 * Keeps what a revoked device hands in, for the supervisor to decide; null once it is stored. Only what can be opened again is
 * taken, since the device wipes itself afterwards: `not-found` for a recovery key that is not here, `bad-content` for an item
 * that was not sealed as it should be, `too-large` where the device has left too much. What comes again is not kept twice.
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
  if (items.some(({ sealed, document }) => !openSealed(sealed, document, key)))
    return { code: 'bad-content', paths: ['items'] };
  const fresh = items.filter(({ document, upTo }) => upTo > writer.accounts.handedInUpTo(id, document));
  const { rows, bytes } = writer.quarantine.sizeOf(id);
  const more = fresh.reduce((sum, { sealed }) => sum + sealed.byteLength, 0);
  if (rows + fresh.length > MOST_ROWS || bytes + more > MOST_BYTES) return { code: 'too-large' };
  for (const item of fresh) keep(writer, { id, person }, item, { keyId, wrapped: wrappedKey }, at);
  if (isLast) writer.accounts.markHandedIn(id, at);
  if (fresh.length > 0 || isLast)
    recordEvent(writer, { kind: 'handed-in', items: fresh.length, person, device: id });
  return null;
}

function keep(
  writer: StorageWriter,
  { id, person }: Pick<EnrolledDevice, 'id' | 'person'>,
  { document, area, upTo, marks, sealed }: SealedItem,
  seal: { readonly keyId: string; readonly wrapped: Uint8Array },
  at: InstantMs,
): void {
  writer.accounts.noteHandedIn(id, document, upTo);
  // What was erased cannot be told apart inside a seal, so nothing sealed of such a document is kept.
  if (writer.erasures.concerns(document)) return;
  const number = writer.quarantine.add({
    at,
    reason: 'revoked',
    document,
    area: writer.document(document)?.area ?? area,
    person,
    device: id,
    update: sealed,
    marks,
    seal,
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
