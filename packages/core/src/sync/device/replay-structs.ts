import * as encoding from 'lib0/encoding';
import {
  ContentAny,
  findRootTypeKey,
  getItem,
  getState,
  Item,
  UpdateEncoderV1,
  type Doc,
  type ID,
} from 'yjs';
import { OTHER_PREFIX, otherRoot, type Random } from '../../foundation/index.ts';

/** What a replay reads and writes structs with. */

/** Where an item stands. */
export interface Place {
  readonly root: string;
  readonly key: string;
}

/** Roots of which a part is worth nothing: refused in one key, they are left out whole. */
const ENTITIES = ['event/', 'remark/', 'fix/'];

/** A client id that the documents do not know, 32 bits. */
export function freshClient(random: Random, ...docs: readonly Doc[]): number {
  for (;;) {
    const client = new DataView(random.bytes(4).slice().buffer).getUint32(0);
    if (!docs.some((doc) => doc.store.clients.has(client))) return client;
  }
}

/** One value or a run of them under a key of a root map, as Yjs writes it. */
export function mapItem(
  id: ID,
  origin: ID | null,
  root: string,
  key: string,
  values: readonly unknown[],
): Item {
  // Yjs writes a root by its name; its own type for it is narrower than what it does.
  return new Item(id, null, origin, null, null, root as never, key, new ContentAny([...values]));
}

/** Whether a refusal of these paths takes this write with it: what settled others for it, and the rest of a broken entity. */
export function isRefused({ root, key }: Place, refused: readonly string[]): boolean {
  if (refused.length === 0 || refused.includes(`${root}/${key}`)) return true;
  if (root.startsWith(OTHER_PREFIX))
    return refused.some((path) => {
      const slash = path.lastIndexOf('/');
      return root === otherRoot(path.slice(0, slash), path.slice(slash + 1));
    });
  const isEntity = ENTITIES.some((prefix) => root.startsWith(prefix));
  return isEntity && refused.some((path) => path.startsWith(`${root}/`));
}

/**
 * An unused client id that stands to all used ones as `former` does: the order of values that were written side by side follows
 * from their client ids, and what somebody chose must not lose its place to what was settled. Null where there is no room.
 */
export function clientBeside(former: number, used: readonly number[], random: Random): number | null {
  let lower = -1;
  let upper = 2 ** 32;
  for (const client of used) {
    if (client < former) lower = Math.max(lower, client);
    if (client > former) upper = Math.min(upper, client);
  }
  const room = upper - lower - 1;
  const client = lower + 1 + Math.floor(random.next() * room);
  if (client !== former) return client;
  return room > 1 ? (client + 1 < upper ? client + 1 : client - 1) : null;
}

/** Root and key of an item, from a document it was integrated into. */
export function placeOf(struct: Item, view: Doc): Place | null {
  const { parent, parentSub } = struct;
  if (typeof parent === 'string' && parentSub !== null) return { root: parent, key: parentSub };
  if (struct.id.clock >= getState(view.store, struct.id.client)) return null;
  const found: unknown = getItem(view.store, struct.id);
  if (!(found instanceof Item) || found.parentSub === null) return null;
  const type = found.parent;
  if (type === null || !('_map' in type) || type._item !== null) return null;
  return { root: findRootTypeKey(type), key: found.parentSub };
}

/** One transaction's items as a V1 update without deletions: overwriting deletes by itself. */
export function encodeItems(items: readonly Item[]): Uint8Array {
  const byClient = new Map<number, Item[]>();
  for (const item of items) {
    const own = byClient.get(item.id.client);
    if (own) own.push(item);
    else byClient.set(item.id.client, [item]);
  }
  const encoder = new UpdateEncoderV1();
  encoding.writeVarUint(encoder.restEncoder, byClient.size);
  for (const [client, own] of [...byClient].sort(([a], [b]) => b - a)) {
    encoding.writeVarUint(encoder.restEncoder, own.length);
    encoder.writeClient(client);
    encoding.writeVarUint(encoder.restEncoder, own[0]?.id.clock ?? 0);
    for (const item of own) item.write(encoder, 0);
  }
  encoding.writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}
