import { findRootTypeKey, type Transaction } from 'yjs';
import type { StructId, UpdateStruct } from '../../documents/update-reader.ts';
import { fail, ok, OTHER_PREFIX, type Result } from '../../foundation/index.ts';
import { LIMITS } from '../../protocol/index.ts';
import type { Write } from './judgement.ts';

/** A write, and the item its author saw as the current one. */
export interface NewItem extends Write {
  readonly origin: StructId | null;
}

/** Where a struct stands. */
export interface Place {
  readonly root: string;
  readonly key: string;
}

/**
 * The write a struct makes. `bad-content`, with its path, for anything but plain values, and where the names of root and
 * key are none: a `/` in a key would make the path of what stands beside an answer ambiguous. `isRelays`: it is the relay's own
 * and may say who wrote what stands beside an answer.
 */
export function toWrite(struct: UpdateStruct, { root, key }: Place, isRelays = false): Result<NewItem> {
  if (!isName(root, LIMITS.rootLength) || !isName(key, LIMITS.keyLength) || key.includes('/'))
    return fail('bad-content', [root.slice(0, 32)]);
  const isAllowed = (value: unknown) => isScalar(value) || (isRelays && isOtherRoot(root) && isEntry(value));
  if (!struct.values.every(isAllowed)) return fail('bad-content', [`${root}/${key}`]);
  const { client, clock, length, origin, values } = struct;
  return ok({ root, key, value: values.at(-1), client, clock: clock + length - 1, origin });
}

/** Keys that hold nothing after a transaction although it wrote or deleted there: clearing writes null. */
export function emptiedKeys(transaction: Transaction): string[] {
  const paths: string[] = [];
  for (const [type, keys] of transaction.changed) {
    if (type._item !== null) continue;
    for (const key of keys) {
      if (key === null || type._map.get(key)?.deleted) paths.push(`${findRootTypeKey(type)}/${key ?? ''}`);
    }
  }
  return paths;
}

/** Whether a root is the relay's own shelf for answers that stand side by side. */
export function isOtherRoot(root: string): boolean {
  return root.startsWith(OTHER_PREFIX);
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LIMITS.valueLength;
  return (
    value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

/** What the relay writes beside an answer. */
function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { value: answer, by, at, ...more } = value as Record<string, unknown>;
  return (
    isScalar(answer) &&
    typeof by === 'string' &&
    isScalar(by) &&
    Number.isFinite(at) &&
    Object.keys(more).length === 0
  );
}

/** 1 to `longest` code units, none of them a control character. */
function isName(name: string, longest: number): boolean {
  if (name.length === 0 || name.length > longest) return false;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code < 32 || code === 127) return false;
  }
  return true;
}
