import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import type { DocumentName } from './document-name.ts';

/** Bytes of a document's digest. */
export const DIGEST_BYTES = 8;

/**
 * Names a document to whoever holds it and to nobody else: the first {@link DIGEST_BYTES} bytes of the SHA-256 of its name. Two
 * documents of one device with the same cost a document fetched once more.
 */
export function digestOfDocument(name: DocumentName): Uint8Array {
  return new Uint8Array(digest(encodeUtf8(name)).subarray(0, DIGEST_BYTES));
}
