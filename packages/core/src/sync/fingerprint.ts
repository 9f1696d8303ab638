import * as encoding from 'lib0/encoding';
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import { applyUpdate, createDeleteSetFromStructStore, Doc, getState, mergeUpdates } from 'yjs';
import { AUDIT_BUCKETS, FINGERPRINT_BYTES, type DocumentName } from '../protocol/index.ts';

/** The fingerprint of each document of a device or of a relay. */
export type Fingerprints = ReadonlyMap<DocumentName, Uint8Array>;

/** Opens a document from its V1 updates, in any order, merged or not. Throws on bytes that are none. */
export function openUpdates(updates: readonly Uint8Array[]): Doc {
  const doc = new Doc({ gc: false });
  const [first, ...others] = updates;
  if (first) applyUpdate(doc, others.length > 0 ? mergeUpdates([...updates]) : first, 'audit');
  return doc;
}

/**
 * {@link FINGERPRINT_BYTES} bytes that are the same wherever a document holds the same structs and deletions, however they came
 * and were merged: a hash over its name, its state vector by client id, and what is deleted in it. What waits for a gap to be
 * closed is not in it.
 */
export function fingerprintOf(name: DocumentName, doc: Doc): Uint8Array {
  const { store } = doc;
  const clients = [...store.clients.keys()].sort((a, b) => a - b);
  const deleted = createDeleteSetFromStructStore(store).clients;
  const bytes = encoding.encode((out) => {
    encoding.writeVarString(out, name);
    encoding.writeVarUint(out, clients.length);
    for (const client of clients) {
      const ranges = deleted.get(client) ?? [];
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, getState(store, client));
      encoding.writeVarUint(out, ranges.length);
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(out, clock);
        encoding.writeVarUint(out, len);
      }
    }
  });
  return new Uint8Array(digest(bytes).subarray(0, FINGERPRINT_BYTES));
}

/** The bucket of a document: the first byte of its name's SHA-256, modulo {@link AUDIT_BUCKETS}. */
export function bucketOf(name: DocumentName): number {
  const [first = 0] = digest(encodeUtf8(name));
  return first % AUDIT_BUCKETS;
}

/** The sums of all buckets, one after the other: each the exclusive or of the fingerprints of its documents. */
export function bucketSums(fingerprints: Fingerprints): Uint8Array {
  const sums = new Uint8Array(AUDIT_BUCKETS * FINGERPRINT_BYTES);
  for (const [name, fingerprint] of fingerprints) {
    const start = bucketOf(name) * FINGERPRINT_BYTES;
    for (const [index, byte] of fingerprint.entries())
      sums[start + index] = (sums[start + index] ?? 0) ^ byte;
  }
  return sums;
}

/** Whether two fingerprints, or two sums, are the same. */
export function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Numbers of the buckets whose sums differ. */
export function differingBuckets(one: Uint8Array, other: Uint8Array): number[] {
  const sumOf = (sums: Uint8Array, bucket: number) =>
    sums.subarray(bucket * FINGERPRINT_BYTES, (bucket + 1) * FINGERPRINT_BYTES);
  return Array.from({ length: AUDIT_BUCKETS }, (_, bucket) => bucket).filter(
    (bucket) => !isSame(sumOf(one, bucket), sumOf(other, bucket)),
  );
}
