import type { Doc } from 'yjs';
import { ContentAny } from 'yjs';
import type { Place } from '@rukun/core/household';
import { rootOf } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';

/** One answer somebody gave in a simulated run; every value is given once only, so that it names the answer. */
export interface Given {
  readonly document: DocumentName;
  readonly root: string;
  readonly key: string;
  readonly value: string;
  readonly by: string;
  readonly device: string;
  /** The values its author had in view under that key, also those that were replaced. */
  readonly seen: ReadonlySet<string>;
  /** Whether the device said that it is stored there. */
  isPromised: boolean;
}

/** The ground truth of a run: who answered what, and what they had in view. Knows nothing of how copies agree. */
export class Truth {
  readonly given: Given[] = [];

  /** Notes an answer right before it is written into a copy. */
  give(
    document: DocumentName,
    place: Place,
    value: string,
    author: { by: string; device: string },
    doc: Doc,
  ): Given {
    const root = rootOf(place);
    const key = place.question;
    const given = {
      document,
      root,
      key,
      value,
      ...author,
      seen: valuesUnder(doc, root, key),
      isPromised: false,
    };
    this.given.push(given);
    return given;
  }

  /** The answers of a key that nobody had in view when answering it again, among those that are `stored`. */
  heads(document: DocumentName, root: string, key: string, stored: ReadonlySet<string>): string[] {
    const all = this.given.filter(
      (each) =>
        each.document === document && each.root === root && each.key === key && stored.has(each.value),
    );
    return all.filter(({ value }) => !all.some(({ seen }) => seen.has(value))).map(({ value }) => value);
  }
}

/** Every value that was ever written under a key of a copy, from the structs it holds. */
export function valuesUnder(doc: Doc, root: string, key: string): Set<string> {
  const values = new Set<string>();
  if (!doc.share.has(root)) return values;
  for (let item = doc.getMap(root)._map.get(key) ?? null; item; item = item.left) {
    if (item.content instanceof ContentAny) for (const value of item.content.arr) values.add(String(value));
  }
  return values;
}

/** The struct in which a copy holds a value under a key; null if it does not. */
export function structOf(
  doc: Doc,
  root: string,
  key: string,
  value: string,
): { readonly client: number; readonly clock: number } | null {
  if (!doc.share.has(root)) return null;
  for (let item = doc.getMap(root)._map.get(key) ?? null; item; item = item.left) {
    const index = item.content instanceof ContentAny ? item.content.arr.indexOf(value) : -1;
    if (index >= 0) return { client: item.id.client, clock: item.id.clock + index };
  }
  return null;
}
