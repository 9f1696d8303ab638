import { ContentAny, ContentDeleted, decodeUpdate, Item, Skip, type ID } from 'yjs';
import { ClockSet } from './clock-set.ts';

/**
 * Whether one update brings exactly what several bring that follow each other: the same values at the same clocks in the
 * same places, none missing between two of a client id, and the same deletions. Then it can stand in their place.
 * Costs as much as they are long, however large the document is.
 */
export function isSameContent(updates: readonly Uint8Array[], merged: Uint8Array): boolean {
  const wanted = readContent(updates);
  const found = readContent([merged]);
  return (
    wanted !== null &&
    found !== null &&
    wanted.values.size === found.values.size &&
    [...wanted.values].every(([at, value]) => found.values.get(at) === value) &&
    JSON.stringify(wanted.deleted.ranges()) === JSON.stringify(found.deleted.ranges())
  );
}

interface Content {
  /** By `client clock`: what stands there and where it was put. */
  readonly values: ReadonlyMap<string, string>;
  readonly deleted: ClockSet;
}

/** Null where anything is missing, or is of a kind that cannot be compared. */
function readContent(updates: readonly Uint8Array[]): Content | null {
  const values = new Map<string, string>();
  const deleted = new ClockSet();
  const ends = new Map<number, number>();
  for (const update of updates) {
    const { structs, ds } = decodeUpdate(update);
    for (const struct of structs) {
      const { client, clock } = struct.id;
      if (struct instanceof Skip || clock > (ends.get(client) ?? clock)) return null;
      if (!(struct instanceof Item) || !addItem(values, struct)) return null;
      ends.set(client, Math.max(ends.get(client) ?? 0, clock + struct.length));
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) deleted.add({ client, from: clock, to: clock + len });
  }
  return { values, deleted };
}

/** Takes in the values of a run one by one: runs may be cut differently. The first to bring a value counts. */
function addItem(values: Map<string, string>, item: Item): boolean {
  const { content } = item;
  const run = content instanceof ContentAny ? content.arr : null;
  if (!run && !(content instanceof ContentDeleted)) return false;
  const { client, clock } = item.id;
  for (let index = 0; index < item.length; index++) {
    const at = `${client} ${clock + index}`;
    if (values.has(at)) continue;
    const left = index === 0 ? nameOf(item.origin) : `${client} ${clock + index - 1}`;
    const right = nameOf(item.rightOrigin);
    // Of an item that stands beside another Yjs sends that one instead of the key.
    const key = left === '' && right === '' ? [item.parent, item.parentSub] : [];
    values.set(at, JSON.stringify([left, right, ...key, run ? ['is', run[index]] : ['gone']]));
  }
  return true;
}

function nameOf(id: ID | null): string {
  return id ? `${id.client} ${id.clock}` : '';
}
