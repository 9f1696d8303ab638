import { applyUpdate, Doc } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import type { AuditParts } from '@rukun/core/sync';
import { AREA } from './audited-relay.ts';
import { exchangeParts } from './exchange-parts.ts';
import { MemoryDocumentStore } from './memory-document-store.ts';

/** Parts of an audit of which nothing else has to be waited for. */
export function auditParts(parts: Partial<AuditParts> = {}): AuditParts {
  return {
    ...exchangeParts(),
    pause: () => Promise.resolve(),
    alone: (work) => work(),
    progress: () => undefined,
    ...parts,
  };
}

/** One update per answer, by one client; a later author goes on from what an earlier one `saw`. */
export function answerUpdates(
  answers: readonly (readonly [question: string, value: string])[],
  saw: readonly Uint8Array[] = [],
): Uint8Array[] {
  const doc = new Doc({ gc: false });
  for (const update of saw) applyUpdate(doc, update);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const [question, value] of answers) doc.getMap('answers').set(question, value);
  return updates;
}

/** The store as it would be had it lost what `isKept` does not name: rows of each document, counted from 0. */
export async function damaged(
  store: MemoryDocumentStore,
  isKept: (document: DocumentName, index: number) => boolean,
): Promise<MemoryDocumentStore> {
  const copy = new MemoryDocumentStore();
  const position = await store.position();
  for (const { document, area } of await store.held()) {
    const contents = await store.contents(document);
    for (const [index, { update, at, isLocal, row }] of (contents?.rows ?? []).entries()) {
      if (!isKept(document, index)) continue;
      if (!isLocal)
        await copy.takeOver({ receipts: [], changes: [{ document, area, update }], whole: [], position });
      else {
        const upTo = await copy.createLocal(document, area === '' ? AREA : area, update, at);
        if (row <= (contents?.storedUpTo ?? 0)) await copy.acknowledge(document, upTo);
      }
    }
  }
  await copy.takeOver({ receipts: [], changes: [], whole: [], position });
  return copy;
}
