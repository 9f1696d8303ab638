import { ContentDeleted, findRootTypeKey, Item, type AbstractType, type ID, type Transaction } from 'yjs';
import { fail, ok, OTHER_PREFIX, type Result } from '../../foundation/index.ts';
import { lastValue, runOfValues } from '../../documents/structs.ts';
import { LIMITS } from '../../protocol/index.ts';
import type { Write } from './judgement.ts';

/** A write, and the item its author saw as the current one. */
export interface NewItem extends Write {
  readonly origin: ID | null;
}

/**
 * The keys a transaction wrote, from the structs it added. `bad-content` where it holds anything but plain values in root
 * maps, or leaves a key deleted: clearing writes null.
 */
export function readWrites(transaction: Transaction): Result<NewItem[]> {
  const items: NewItem[] = [];
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0;
    if (after === before) continue;
    const structs = transaction.doc.store.clients.get(client) ?? [];
    for (let index = structs.length - 1; index >= 0; index--) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock + struct.length <= before) break;
      const read = struct instanceof Item ? readItem(struct) : null;
      if (read === null) return fail('bad-content');
      if (typeof read === 'string') return fail('bad-content', [read]);
      items.push(read);
    }
  }
  const deleted = deletedKeys(transaction);
  if (deleted.length > 0) return fail('bad-content', deleted);
  return transaction.doc.share.size > LIMITS.roots ? fail('bad-content') : ok(items.reverse());
}

/** The write an item makes; the path of what it may not hold; or null where it does not stand in a root map. */
function readItem(item: Item): NewItem | string | null {
  const parent = item.parent as AbstractType<unknown> | null;
  const key = item.parentSub;
  if (!parent || typeof parent !== 'object' || !('_map' in parent) || parent._item !== null || key === null)
    return null;
  const root = findRootTypeKey(parent);
  const value = lastValue(item);
  const { client, clock } = item.lastId;
  if (root.length > LIMITS.rootLength || key.length > LIMITS.keyLength) return root.slice(0, 32);
  const isGone = item.content instanceof ContentDeleted && item.deleted;
  const isPlain = isGone || runOfValues(item)?.every(isScalar) === true;
  if (!isPlain) return `${root}/${key}`;
  return { root, key, value, client, clock, origin: item.origin };
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LIMITS.valueLength;
  return (
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function deletedKeys(transaction: Transaction): string[] {
  const paths: string[] = [];
  for (const [type, keys] of transaction.changed) {
    if (type._item !== null) continue;
    const root = findRootTypeKey(type);
    for (const key of keys) {
      if (key === null || type._map.get(key)?.deleted) paths.push(`${root}/${key ?? ''}`);
    }
  }
  return paths;
}

/** Whether a root is the relay's own shelf for answers that stand side by side. */
export function isOtherRoot(root: string): boolean {
  return root.startsWith(OTHER_PREFIX);
}
