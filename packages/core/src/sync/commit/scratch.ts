import { applyUpdate, Doc, encodeStateAsUpdate, getState } from 'yjs';

/**
 * A copy of a document that the commit path may spoil: opened from the stored state, thrown away after a refusal. Keeps
 * deleted content, since an answer that lost must still be readable.
 */
export class Scratch {
  readonly doc: Doc;

  private constructor(doc: Doc) {
    this.doc = doc;
  }

  /** Opens the stored state: V1 updates without gaps, in the order they were committed. A gap is a bug and throws. */
  static open(state: readonly Uint8Array[]): Scratch {
    const doc = new Doc({ gc: false });
    for (const update of state) applyUpdate(doc, update, 'stored');
    if (doc.store.pendingStructs || doc.store.pendingDs)
      throw new Error('the stored state of a document has a gap');
    return new Scratch(doc);
  }

  /** The clock after the last known struct of a client id; 0 for one that never wrote here. */
  clockOf(client: number): number {
    return getState(this.doc.store, client);
  }

  /** The whole document as one V1 update. */
  encode(): Uint8Array {
    return encodeStateAsUpdate(this.doc);
  }
}
