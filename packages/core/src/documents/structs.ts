import { ContentAny, type Item } from 'yjs';

/** The last value of a run of values; undefined where the content is gone. */
export function lastValue(item: Item): unknown {
  return item.content instanceof ContentAny ? (item.content.arr.at(-1) as unknown) : undefined;
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

/** The item that was current under a key before a transaction: the rightmost one that existed then. */
export function currentBefore(
  current: Item | undefined,
  beforeState: ReadonlyMap<number, number>,
): Item | null {
  let item = current ?? null;
  while (item && item.id.clock >= (beforeState.get(item.id.client) ?? 0)) item = item.left;
  return item;
}
