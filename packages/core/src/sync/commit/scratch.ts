import {
  applyUpdate,
  createID,
  Doc,
  encodeStateAsUpdate,
  findRootTypeKey,
  getItem,
  getState,
  Item,
  type AbstractType,
} from 'yjs';
import { ErasedPlaces } from '../../documents/erased.ts';
import type { StructId } from '../../documents/update-reader.ts';

/** A key of a root map, and the item a struct id names there. */
export interface FoundItem {
  readonly root: string;
  readonly key: string;
  readonly item: Item;
}

/** Yjs tells of nine events per transaction, each at a cost even where nobody listens. */
class QuietDoc extends Doc {
  override emit(...event: Parameters<Doc['emit']>): void {
    if (this['_observers'].has(event[0])) super.emit(...event);
  }
}

/**
 * A copy of a document that the commit path may spoil: opened from the stored state, thrown away when it was. Keeps
 * deleted content, since an answer that lost must still be readable.
 */
export class Scratch {
  readonly doc: Doc;
  /** Yjs finds the name of a root by looking through all of them. */
  readonly #rootNames = new WeakMap<object, string>();

  /** Looked for once: nobody but the relay writes such a mark. */
  #erased: { readonly places: ErasedPlaces | null } | null = null;

  private constructor(doc: Doc) {
    this.doc = doc;
  }

  /** Opens the stored state: V1 updates without gaps, in the order they were committed. A gap is a bug and throws. */
  static open(state: readonly Uint8Array[]): Scratch {
    const doc = new QuietDoc({ gc: false });
    for (const update of state) applyUpdate(doc, update, 'stored');
    if (doc.store.pendingStructs || doc.store.pendingDs)
      throw new Error('the stored state of a document has a gap');
    return new Scratch(doc);
  }

  /** The clock after the last known struct of a client id; 0 for one that never wrote here. */
  clockOf(client: number): number {
    return getState(this.doc.store, client);
  }

  /** The item that holds a known clock, and where it stands; null if that is not in a root map. */
  find({ client, clock }: StructId): FoundItem | null {
    const item: unknown = getItem(this.doc.store, createID(client, clock));
    if (!(item instanceof Item) || item.parentSub === null) return null;
    const parent = item.parent as AbstractType<unknown> | null;
    if (!parent || !('_map' in parent) || parent._item !== null) return null;
    return { root: this.#rootName(parent), key: item.parentSub, item };
  }

  /** The item that is current under a key, if there ever was one. */
  current(root: string, key: string): Item | null {
    return this.doc.share.get(root)?._map.get(key) ?? null;
  }

  /** What is closed since something was erased; null where nothing was. */
  get erased(): ErasedPlaces | null {
    return (this.#erased ??= { places: ErasedPlaces.of(this.doc) }).places;
  }

  /** A mark has come in. */
  forgetErased(): void {
    this.#erased = null;
  }

  /** The whole document as one V1 update. */
  encode(): Uint8Array {
    return encodeStateAsUpdate(this.doc);
  }

  #rootName(parent: AbstractType<unknown>): string {
    let name = this.#rootNames.get(parent);
    if (name === undefined) {
      name = findRootTypeKey(parent);
      this.#rootNames.set(parent, name);
    }
    return name;
  }
}
