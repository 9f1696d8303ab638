import { isErasedPlace, type ErasedEntity } from '@rukun/core/household';
import { readErasures } from '@rukun/core/documents';
import type { InstantMs } from '@rukun/core/foundation';
import { kindOf, type DocumentName } from '@rukun/core/protocol';
import { redactDocument, Scratch } from '@rukun/core/sync';
import { recordEvent } from '../audit/record.ts';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import { openQuarantined } from '../quarantine/sealed-update.ts';
import type { Erasure } from '../storage/erasures.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { redactedEdit } from './redacted-edit.ts';

/**
 * Carries out an erasure in the transaction of `writer`: takes the values out of every row of the document's log, drops what
 * else held them, appends the mark and puts it into the ledger. Where the document bears the mark already only the ledger is
 * completed; one that is not there (a backup may be older) comes to be as an empty shell, so that nothing of it can come
 * back. `keys` open what is sealed among the edits that wait; null: they are not at hand. False where nothing was to be done.
 */
export function applyErasure(
  writer: StorageWriter,
  erasure: Erasure,
  keys: RecoveryKeys | null,
  now: InstantMs,
): boolean {
  const { id, document, area, member, fields, by } = erasure;
  if (!writer.document(document)) writer.addDocument(document, kindOf(document), area);
  const log = writer.log(document);
  const updates = log.map(({ update }) => update);
  const isMarked = readErasures(Scratch.open(updates).doc).some((mark) => mark.id === id);
  if (isMarked && writer.erasures.has(id)) return false;
  const number = writer.erasures.has(id) ? null : writer.erasures.open(erasure);
  if (!isMarked) {
    const isErased = (root: string, key: string) => isErasedPlace({ member, fields }, root, key);
    const redacted = redactDocument(updates, { mark: erasure, isErased, relayClient: writer.relayClient() });
    const rows = log.flatMap(({ seq, update }, index) => {
      const other = redacted.updates[index];
      return other && other !== update ? [{ seq, update: other }] : [];
    });
    writer.redact(document, rows);
    redactQuarantine(writer, document, { updates, entity: { member, fields }, keys }, now);
    const author = {
      source: 'relay',
      person: '',
      device: '',
      deviceAt: now,
      receivedAt: now,
      marks: [],
    } as const;
    writer.append({ document, update: redacted.mark, ...author });
    recordEvent(writer, {
      kind: 'erased',
      subject: member === null ? document : `${document}/member/${member}`,
      rows: rows.length,
      person: by,
      device: '',
    });
  }
  if (number !== null) writer.erasures.close(number);
  return true;
}

/** What was before. */
interface Former {
  readonly updates: readonly Uint8Array[];
  readonly entity: ErasedEntity;
  readonly keys: RecoveryKeys | null;
}

/** Edits that wait for a decision lose the same values, and their seal with them; what cannot be opened or read is emptied. */
function redactQuarantine(
  writer: StorageWriter,
  document: DocumentName,
  { updates, entity, keys }: Former,
  now: InstantMs,
): void {
  writer.accounts.forgetHandedIn(document);
  for (const held of writer.quarantine.ofDocument(document)) {
    if (held.update.byteLength === 0) continue;
    const opened = keys ? openQuarantined(held, keys) : held.seal ? null : held.update;
    const left = opened && redactedEdit(opened, updates, [entity]);
    if (left === null || left !== opened) writer.quarantine.redact(held.number, left, now);
  }
}
