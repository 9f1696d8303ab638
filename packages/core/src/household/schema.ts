import type { Doc, Map as YMap } from 'yjs';
import { OTHER_PREFIX } from '../foundation/index.ts';

/**
 * Every key and type in the household document; the only file with root names (DESIGN.md section 4). Every entity is a
 * root map of its own, so two devices that create the same one offline cannot wipe each other.
 */
export const HOUSEHOLD_SCHEMA = 1;

/** Values a device may write: what fits one answer. `null` is a cleared answer; keys are never deleted. */
export type Value = string | number | boolean | null;

/** Roots. `<id>` is device tag + counter, `k3f1`. */
export const ROOTS = {
  /** schema, form, area, origin, prelistHead, prelistNumber: written by whoever made the document. */
  household: 'household',
  /** question number → answer, for the family. */
  answers: 'answers',
  /** question number → answer, and `order` (fractional index), `removed` (reason or null). */
  member: 'member/',
  /** place, rule, text, by, at, resolved. */
  remark: 'remark/',
  /** type, by, at, turn, reason. */
  event: 'event/',
  /** latitude, longitude, accuracy, at, by, readings, manual, reason, dropped. */
  fix: 'fix/',
  /** Answers that stand beside the current one. Written by the relay (false: no longer), settled (null) or put back (true) by devices. */
  other: OTHER_PREFIX,
} as const;

/** Field names that are not question numbers. */
export const MEMBER_FIELDS = { order: 'order', removed: 'removed' } as const;

/** Transactions made on this device carry it as their origin; what comes from elsewhere carries something else. */
export const LOCAL = Symbol('local edit');

/** In the place of a settled entry of {@link ROOTS.other}: stand beside the current answer again. The relay fills it in. */
export const RESTORED = true;

/** Whether a value may stand in a household document. */
export function isValue(value: unknown): value is Value {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The id part of an entity root, or null if the root is of another kind. */
export function idOfRoot(root: string, prefix: string): string | null {
  return root.startsWith(prefix) && root.length > prefix.length ? root.slice(prefix.length) : null;
}

/** The root map of that name. Only core opens roots: asking for another type first would make this throw. */
export function rootMap(doc: Doc, root: string): YMap<unknown> {
  return doc.getMap(root);
}

/** Names of the roots that hold anything, of one kind, in no particular order. */
export function rootsOf(doc: Doc, prefix: string): string[] {
  const names: string[] = [];
  for (const [name, type] of doc.share) if (name.startsWith(prefix) && type._map.size > 0) names.push(name);
  return names;
}

/** Whether a key holds an answer that two people may answer differently (P2). */
export function isAnswerKey(root: string, key: string): boolean {
  if (root === ROOTS.answers) return true;
  return root.startsWith(ROOTS.member) && key !== MEMBER_FIELDS.order;
}
