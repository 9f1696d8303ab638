import { ContentAny, createID, getItem, getState, Item, type Doc } from 'yjs';

/** The last value of a run of values; undefined where the content is gone. */
export function lastValue(item: Item): unknown {
  return item.content instanceof ContentAny ? (item.content.arr.at(-1) as unknown) : undefined;
}

/** All values of a run, also those that a later one of the run replaced; null where it holds anything else. */
export function runOfValues({ content }: Item): readonly unknown[] | null {
  return content instanceof ContentAny ? content.arr : null;
}

/** Names a struct in keys: `<client>-<clock>` of its last value. */
export function structKey(item: Item): string {
  return `${item.lastId.client}-${item.lastId.clock}`;
}

/** Client id and clock a struct key names. */
export function parseStructKey(key: string): [client: number, clock: number] {
  const [client = '', clock = ''] = key.split('-');
  return [Number(client), Number(clock)];
}

/**
 * The value a struct key names; undefined where it is unknown here, was not written under `key` of `root`, or its content
 * is gone.
 */
export function structValue(doc: Doc, root: string, key: string, id: string): unknown {
  const [client, clock] = parseStructKey(id);
  if (`${client}-${clock}` !== id || !(clock < getState(doc.store, client))) return undefined;
  const found: unknown = getItem(doc.store, createID(client, clock));
  if (!(found instanceof Item) || !(found.content instanceof ContentAny)) return undefined;
  if (found.parentSub !== key || found.parent !== doc.share.get(root)) return undefined;
  return found.content.arr[clock - found.id.clock] as unknown;
}

/** The item that was current under a key before a transaction: the rightmost one that existed then. */
export function currentBefore(
  current: Item | undefined,
  beforeState: ReadonlyMap<number, number>,
): Item | null {
  let item = current ?? null;
  while (item && item.id.clock >= (beforeState.get(item.id.client) ?? 0)) item = item.left;
  return item;
}
