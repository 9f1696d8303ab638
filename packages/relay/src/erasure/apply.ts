import { fieldsAbout, isErasedPlace } from '@rukun/core/household';
import { readErasures } from '@rukun/core/documents';
import type { InstantMs } from '@rukun/core/foundation';
import { kindOf, type DocumentName } from '@rukun/core/protocol';
import { redactDocument, redactUpdates, Scratch } from '@rukun/core/sync';
import { recordEvent } from '../audit/record.ts';
import type { Erasure } from '../storage/erasures.ts';
import type { StorageWriter } from '../storage/storage.ts';

/**
 * Carries out an erasure in the transaction of `writer`: takes the values out of every row of the document's log, drops what
 * else held them, appends the mark and puts it into the ledger. Where the document bears the mark already only the ledger is
 * completed; one that is not there (a backup may be older) comes to be as an empty shell, so that nothing of it can come
 * back. False where nothing was to be done.
 */
export function applyErasure(writer: StorageWriter, erasure: Erasure, now: InstantMs): boolean {
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
    redactQuarantine(writer, document, { updates, member, isErased }, now);
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
  readonly member: string | null;
  readonly isErased: (root: string, key: string) => boolean;
}

/** Edits that wait for a decision lose the same values; what is sealed, or cannot be read without more, is emptied. */
function redactQuarantine(
  writer: StorageWriter,
  document: DocumentName,
  former: Former,
  now: InstantMs,
): void {
  writer.accounts.forgetHandedIn(document);
  for (const { number, update, seal } of writer.quarantine.ofDocument(document)) {
    if (update.byteLength > 0)
      writer.quarantine.redact(number, seal ? null : redactedEdit(update, former), now);
  }
}

/** What nobody else had written yet may name the person as well, in fields of its own. */
function redactedEdit(update: Uint8Array, { updates, member, isErased }: Former): Uint8Array | null {
  const all = [...updates, update];
  try {
    const fields = member === null ? [] : fieldsAbout(Scratch.open(all).doc, member);
    const isGone = (root: string, key: string) =>
      isErased(root, key) || isErasedPlace({ member, fields }, root, key);
    return redactUpdates(all, isGone).at(-1) ?? null;
  } catch {
    return null;
  }
}
