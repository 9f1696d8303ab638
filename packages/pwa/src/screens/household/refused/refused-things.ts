import type { RefusedEdit } from '@rukun/core/sync';

/** What belongs together when it is refused: an answer alone, but all keys of a remark, an event or a position. */
export interface RefusedThing {
  /** A root map; of an answer the path. */
  readonly name: string;
  readonly edits: readonly [RefusedEdit, ...RefusedEdit[]];
}

/** The roots whose keys only mean something together. */
const WHOLE = /^(?:remark|event|fix)\/|^household$/;

/** Refused edits as a person made them, the newest first. */
export function refusedThings(edits: readonly RefusedEdit[]): RefusedThing[] {
  const things = new Map<string, { name: string; edits: [RefusedEdit, ...RefusedEdit[]] }>();
  for (const [index, edit] of edits.entries()) {
    const root = edit.path.slice(0, edit.path.lastIndexOf('/'));
    const isWhole = WHOLE.test(root);
    // What was written at another time was another deed.
    const key = isWhole ? `${root} ${edit.at}` : `${index}`;
    const known = things.get(key);
    if (known) known.edits.push(edit);
    else things.set(key, { name: isWhole ? root : edit.path, edits: [edit] });
  }
  return [...things.values()].sort((a, b) => b.edits[0].at - a.edits[0].at);
}
