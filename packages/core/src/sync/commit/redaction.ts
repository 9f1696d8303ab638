import { writeErasure, type ErasureMark } from '../../documents/erased.ts';
import { isRemoval, REMOVED_KEY } from '../../documents/removal.ts';
import { redactUpdate } from '../../documents/redact.ts';
import { Scratch } from './scratch.ts';

/** A document of which something was erased. */
export interface Redacted {
  /** Each update handed in, in that order; the same memory where nothing of it had to go. */
  readonly updates: readonly Uint8Array[];
  /** What the relay adds under its own client id: the mark, and an empty value for each field that others may fill again. */
  readonly mark: Uint8Array;
}

/** What is needed to redact a document. */
export interface Redaction {
  readonly mark: ErasureMark;
  /** Whether every value ever written at a place goes. */
  readonly isErased: (root: string, key: string) => boolean;
  /** The relay's own client id in this epoch. */
  readonly relayClient: number;
}

/** In the place of the reason of a removal. */
const REASON_GONE = 'erased';

/**
 * Takes the values of the erased places out of every update of a document; `updates` are all of it, in the order they were
 * committed. Who was taken out of the family stays so, without the words why.
 */
export function redactDocument(
  updates: readonly Uint8Array[],
  { mark, isErased, relayClient }: Redaction,
): Redacted {
  const scratch = Scratch.open(updates);
  const redacted = redactIn(scratch, updates, isErased);
  const { doc } = Scratch.open(redacted);
  const written: Uint8Array[] = [];
  doc.clientID = relayClient;
  doc.on('update', (update: Uint8Array) => written.push(update));
  doc.transact(() => {
    for (const root of takenOut(scratch))
      if (isErased(root, REMOVED_KEY)) doc.getMap(root).set(REMOVED_KEY, REASON_GONE);
    for (const path of mark.fields) {
      const slash = path.lastIndexOf('/');
      doc.getMap(path.slice(0, slash)).set(path.slice(slash + 1), null);
    }
    writeErasure(doc, mark);
  }, 'relay');
  const [update] = written;
  if (!update) throw new Error('a mark that wrote nothing');
  return { updates: redacted, mark: update };
}

/** The same without the mark. Throws where the updates are not all of a document. */
export function redactUpdates(
  updates: readonly Uint8Array[],
  isErased: (root: string, key: string) => boolean,
): Uint8Array[] {
  return redactIn(Scratch.open(updates), updates, isErased);
}

function redactIn(
  scratch: Scratch,
  updates: readonly Uint8Array[],
  isErased: (root: string, key: string) => boolean,
): Uint8Array[] {
  return updates.map((update) =>
    redactUpdate(update, (struct) => {
      const found = scratch.find(struct);
      if (!found) throw new Error('a stored struct that stands nowhere');
      return isErased(found.root, found.key);
    }),
  );
}

/** Roots of the members who are taken out of the family. */
function takenOut({ doc }: Scratch): string[] {
  return [...doc.share]
    .filter(([root, type]) => isRemoval(root, REMOVED_KEY) && type._map.has(REMOVED_KEY))
    .map(([root]) => root)
    .filter((root) => (doc.getMap(root).get(REMOVED_KEY) ?? null) !== null);
}
