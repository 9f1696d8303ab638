import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';

/** The state vector of a document that holds nothing. */
export const EMPTY_STATE_VECTOR = encodeStateVector(new Doc());

/** A question that no generated household has answered: nobody's answer stands in the way. */
const FREE_QUESTION = '601';

/** Edits of one author to one question, one after another, to be sent as they are. */
export interface EditSeries {
  /** The client id they are written under. */
  readonly client: number;
  /** V1, in order. */
  readonly updates: readonly Uint8Array[];
}

/** `count` edits of one text, as typed into one field; each overwrites the one before. */
export function editSeries(count: number, client: number): EditSeries {
  const doc = new Doc({ gc: false });
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let index = 0; index < count; index++) doc.getMap('answers').set(FREE_QUESTION, `catatan ${index}`);
  return { client, updates };
}

/** Edits that each lack the one before, each by a client id of its own: a gap that nobody will ever close. */
export function gaps(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const doc = new Doc();
    doc.clientID = 1_000_000_000 + index;
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getMap('answers').set('x', 1);
    doc.getMap('answers').set('celah', index);
    return updates[1] ?? new Uint8Array();
  });
}

/** One valid update with a text of so many bytes. */
export function hugeUpdate(bytes: number): Uint8Array {
  const doc = new Doc();
  doc.getMap('answers').set(FREE_QUESTION, 'x'.repeat(bytes));
  return encodeStateAsUpdate(doc);
}
