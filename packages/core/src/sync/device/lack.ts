import { diffUpdate, encodeStateVector, mergeUpdates, type Doc } from 'yjs';
import type { DocumentName } from '../../protocol/index.ts';
import { fingerprintOf, isSame, openUpdates } from '../fingerprint.ts';
import type { DocumentContents } from './ports.ts';

/** What this device has of a document and the relay has not. */
export interface Lack {
  readonly document: DocumentName;
  /** Whether the relay has anything of it. */
  readonly isKnown: boolean;
  /** Something that was written here is among it, and can go up as it was written. */
  readonly isOwn: boolean;
  /** What remains once that is there, V1: others', and what of ours stands on it. Null if nothing does. */
  readonly rest: Uint8Array | null;
  /** The last local row in `rest`; 0 if there is none. */
  readonly upTo: number;
}

/**
 * Compares the device's copy of a document, which has taken the relay's over, with the relay's (null: it has nothing of it,
 * or not for this person). Null if the relay lacks nothing. Throws on a copy that cannot be read.
 */
export function lackOf(
  document: DocumentName,
  { rows, onceStoredUpTo }: DocumentContents,
  whole: Uint8Array | null,
): Lack | null {
  const held = rows.map(({ update }) => update);
  const local = rows.filter(({ isLocal }) => isLocal);
  const known = whole === null ? [] : [whole];
  const relay = openUpdates(known);
  const withOwn = openUpdates([...known, ...local.map(({ update }) => update)]);
  const union = openUpdates(held);
  const isSameAs = (one: Doc, other: Doc) =>
    isSame(fingerprintOf(document, one), fingerprintOf(document, other));
  if (isSameAs(union, relay)) return null;
  // Ours that stands on what others wrote and the relay lost too cannot go up before that.
  const isBarred = withOwn.store.pendingStructs !== null || withOwn.store.pendingDs !== null;
  const base = isBarred ? relay : withOwn;
  // What the relay never took may be refused, and would take the rest with it.
  const taken = rows
    .filter(({ isLocal, row }) => !isLocal || row <= onceStoredUpTo)
    .map(({ update }) => update);
  const onceThere = openUpdates([...known, ...(isBarred ? [] : local.map(({ update }) => update)), ...taken]);
  return {
    document,
    isKnown: whole !== null,
    isOwn: !isBarred && !isSameAs(withOwn, relay),
    rest: isSameAs(onceThere, base) ? null : diffUpdate(mergeUpdates(taken), encodeStateVector(base)),
    upTo: isBarred ? (local.findLast(({ row }) => row <= onceStoredUpTo)?.row ?? 0) : 0,
  };
}
