import { expect, test } from 'vitest';
import { Doc } from 'yjs';
import type { Random } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { OpenDocument } from '@rukun/core/sync';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';

/** Chance that draws the same client id again and again, then another. */
function stubborn(client: number, times: number, then: number): Random {
  let draws = 0;
  return {
    next: () => 0.5,
    bytes: (length) => {
      const bytes = new Uint8Array(Math.max(4, length));
      new DataView(bytes.buffer).setUint32(0, draws++ < times ? client : then);
      return bytes.slice(0, length);
    },
  };
}

test('[TB2] an open copy takes no client id that the document knows, whatever chance draws', async () => {
  const store = new MemoryDocumentStore();
  const doc = new Doc({ gc: false });
  doc.clientID = 77;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.getMap('answers').set('303', '1');
  for (const update of updates) await store.appendLocal(ANI, update, 1);
  const noop = () => undefined;
  const parts = {
    store,
    clock: new VirtualClock(),
    random: stubborn(77, 5, 78),
    reasonOf: () => 'failed' as const,
    edited: noop,
    changed: noop,
    replaced: noop,
  };
  const file = await OpenDocument.open(parts, ANI);
  expect(file?.doc.clientID).toBe(78);
  await file?.close();
});
