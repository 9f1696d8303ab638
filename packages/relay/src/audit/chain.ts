import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { InstantMs } from '@rukun/core/foundation';
import type { AuditKey } from './keys.ts';

/** What every entry of the chain has, in the order it is hashed in. */
export interface ChainedFields {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly at: InstantMs;
  readonly kind: string;
  readonly person: string;
  readonly device: string;
  readonly subject: string;
  readonly code: string;
  readonly details: string;
  /** Of the documents' names, '' without any. */
  readonly documentsDigest: string;
  /** Id of the key it is hashed under. */
  readonly key: string;
}

/** Where a chain ends. */
export interface AuditHead {
  /** Entries; 0 before the first. */
  readonly seq: number;
  /** Of the last one. */
  readonly hash: Uint8Array;
}

/** What stands for the hash before the first entry. */
export const START: AuditHead = { seq: 0, hash: new Uint8Array(32) };

/** HMAC-SHA-256 over the hash before and all fields of an entry; whoever has not the key cannot make one. */
export function hashEntry({ secret }: AuditKey, prev: Uint8Array, fields: ChainedFields): Uint8Array {
  const { seq, at, kind, person, device, subject, code, details, documentsDigest, key } = fields;
  const encoded = JSON.stringify([
    seq,
    at,
    kind,
    person,
    device,
    subject,
    code,
    details,
    documentsDigest,
    key,
  ]);
  return new Uint8Array(createHmac('sha256', secret).update(prev).update(encoded).digest());
}

/** A name for where requests come from: the same for the same address, and nothing can be told from it without the key. */
export function nameSource({ secret }: AuditKey, source: string): string {
  return createHmac('sha256', secret).update('source').update(source).digest('hex').slice(0, 12);
}

/** Digest of the documents an entry lists, in order; '' for none. */
export function digestDocuments(names: readonly string[]): string {
  return names.length === 0 ? '' : createHash('sha256').update(names.join('\n')).digest('base64url');
}

/** Whether two hashes are the same, in time that tells nothing. */
export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

/** A head as it is printed and given to `verify --head`: `<entries>:<hash in hex>`. */
export function printHead({ seq, hash }: AuditHead): string {
  return `${seq}:${Buffer.from(hash).toString('hex')}`;
}

/** Reads what {@link printHead} wrote; null for anything else. */
export function parseHead(text: string): AuditHead | null {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return seq === undefined || hash === undefined
    ? null
    : { seq: Number(seq), hash: new Uint8Array(Buffer.from(hash, 'hex')) };
}
