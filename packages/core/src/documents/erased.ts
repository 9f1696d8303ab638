import { ContentAny, type Doc, type Item } from 'yjs';
import { ERASED_PREFIX, OTHER_PREFIX, type InstantMs } from '../foundation/index.ts';

/**
 * One erasure as a document says it, in a root map of the relay's own, `erased/<id>`: `member` (an id, or '' for the whole
 * household), `at`, `answered`, and under `0`, `1` … the other fields that went with it, as `<root>/<key>`. It holds no personal
 * value, and from it alone every copy knows what is closed (docs/decisions/0012-erasure.md).
 */
export interface ErasureMark {
  readonly id: string;
  /** The member, or null for the whole household. */
  readonly member: string | null;
  readonly at: InstantMs;
  /** Whether anything had been answered on a device, so that the state stays what it was. */
  readonly isAnswered: boolean;
  /** `<root>/<key>` of what went with it. */
  readonly fields: readonly string[];
}

/** One value somebody wants to write, and the item its author saw as the current one (null: none). */
export interface WriteUponErased {
  readonly root: string;
  readonly key: string;
  readonly value: unknown;
  readonly origin: Item | 'new' | null;
}

/** The erasures of a document, in no particular order. */
export function readErasures(doc: Doc): ErasureMark[] {
  const marks: ErasureMark[] = [];
  for (const [root, type] of doc.share) {
    if (!root.startsWith(ERASED_PREFIX) || type._map.size === 0) continue;
    const map = doc.getMap(root);
    const [member, at] = [map.get('member'), map.get('at')];
    if (typeof member !== 'string' || typeof at !== 'number') continue;
    const fields = [...map.entries()].flatMap(([key, value]) =>
      /^\d+$/.test(key) && typeof value === 'string' ? [value] : [],
    );
    const isAnswered = map.get('answered') === true;
    const id = root.slice(ERASED_PREFIX.length);
    marks.push({ id, member: member === '' ? null : member, at, isAnswered, fields });
  }
  return marks;
}

/** Writes a mark, inside the caller's transaction. */
export function writeErasure(doc: Doc, { id, member, at, isAnswered, fields }: ErasureMark): void {
  const map = doc.getMap(ERASED_PREFIX + id);
  map.set('member', member ?? '');
  map.set('at', at);
  map.set('answered', isAnswered);
  for (const [index, path] of fields.entries()) map.set(String(index), path);
}

/** What is closed in a document since something of it was erased. */
export class ErasedPlaces {
  readonly #isWhole: boolean;
  readonly #members: readonly string[];
  readonly #fields: ReadonlySet<string>;

  constructor(marks: readonly ErasureMark[]) {
    this.#isWhole = marks.some(({ member }) => member === null);
    this.#members = marks.flatMap(({ member }) => member ?? []);
    this.#fields = new Set(marks.flatMap(({ fields }) => fields));
  }

  /** Null where nothing was erased. Cheap: documents are judged at every edit. */
  static of(doc: Doc): ErasedPlaces | null {
    const marks = readErasures(doc);
    return marks.length > 0 ? new ErasedPlaces(marks) : null;
  }

  /** Whether nobody writes in a root any more. */
  isClosed(root: string): boolean {
    const entity = root.startsWith(OTHER_PREFIX) ? root.slice(OTHER_PREFIX.length) : root;
    return (
      this.#isWhole ||
      this.#members.some((id) => entity === `member/${id}` || entity.startsWith(`member/${id}/`))
    );
  }

  /** Whether the values a key had were erased; what is written there by who knows of that stays. */
  isField(root: string, key: string): boolean {
    return this.#fields.has(`${root}/${key}`);
  }

  /**
   * Whether a write may bring back what is gone: it is in a closed root, remarks on what is, or was written in an erased
   * field by somebody who did not know of it: the relay clears these fields when it erases, so who knew builds on that.
   */
  refuses({ root, key, value, origin }: WriteUponErased): boolean {
    if (this.isClosed(root)) return true;
    if (key === 'place' && root.startsWith('remark/') && typeof value === 'string' && this.isClosed(value))
      return true;
    if (origin === 'new' || !this.isField(root, key)) return false;
    return origin === null || !(origin.content instanceof ContentAny);
  }
}
