import type { Stage } from '@rukun/core/access';
import type { DocumentName } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import type { StorageReader } from '../storage/storage.ts';

/** A scratch copy, and what is known of whose the client ids in it are: a client id never changes hands. */
export interface Copy {
  readonly scratch: Scratch;
  readonly owners: Map<number, string>;
  /** The stage it is in, as far as rights go; null until somebody asks, and once a status event came. */
  stage: Stage | null;
}

/**
 * The scratch copies in memory. Between commits each equals the stored state; one that may not is dropped. Documents
 * with a live room keep theirs from commit to commit while they are in use.
 */
export class ScratchCopies {
  readonly #copies = new Map<DocumentName, Copy & { isUsed: boolean }>();
  readonly #live = new Set<DocumentName>();

  /** The copy of a document, opened from what is stored where there is none. */
  open(reader: StorageReader, name: DocumentName): Copy {
    const known = this.#copies.get(name);
    if (known) {
      known.isUsed = true;
      return known;
    }
    const scratch = Scratch.open(reader.updates(name));
    const copy = { scratch, owners: new Map<number, string>(), stage: null, isUsed: true };
    this.#copies.set(name, copy);
    return copy;
  }

  /** The copy of a document if there is one. */
  peek(name: DocumentName): Scratch | null {
    const copy = this.#copies.get(name);
    if (!copy) return null;
    copy.isUsed = true;
    return copy.scratch;
  }

  /** Forgets a copy that may be spoiled. */
  drop(name: DocumentName): void {
    this.#copies.delete(name);
  }

  /** Forgets the copies that were opened for one batch only. */
  dropUnlessLive(names: Iterable<DocumentName>): void {
    for (const name of names) if (!this.#live.has(name)) this.#copies.delete(name);
  }

  /** A live room was opened: from now on the copy is worth keeping. */
  keep(name: DocumentName): void {
    this.#live.add(name);
  }

  /** The live room is gone. */
  release(name: DocumentName): void {
    this.#live.delete(name);
    this.#copies.delete(name);
  }

  /** Gives back the memory of copies that nobody used since the last call. */
  dropIdle(): void {
    for (const [name, copy] of this.#copies) {
      if (copy.isUsed) copy.isUsed = false;
      else this.#copies.delete(name);
    }
  }
}
