import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Result } from '../foundation/index.ts';
import type { DocumentName } from './document-name.ts';
import { LIMITS } from './limits.ts';
import { readArea, readBody, readList, readName, writeBody, writeList } from './wire.ts';

/** Buckets a device's documents are spread over, by their names. */
export const AUDIT_BUCKETS = 64;
/** Bytes of one fingerprint, and of one bucket's sum. */
export const FINGERPRINT_BYTES = 8;

/**
 * Does the device hold what the relay holds? One sum per bucket (the exclusive or of the fingerprints of its documents): 512 bytes
 * for any number of documents.
 */
export interface AuditRequest {
  /** Areas (16 digits) the device holds complete. */
  readonly areas: readonly string[];
  /** Documents left out on both sides, since their edits are on the way. */
  readonly skipped: readonly DocumentName[];
  /** {@link AUDIT_BUCKETS} sums of {@link FINGERPRINT_BYTES} each. */
  readonly sums: Uint8Array;
}

/** The fingerprints of every document in the buckets that do not agree. */
export interface AuditAnswer {
  /** The relay's epoch. */
  readonly epoch: string;
  /** Numbers of the buckets that differ. */
  readonly buckets: readonly number[];
  readonly documents: readonly { readonly document: DocumentName; readonly fingerprint: Uint8Array }[];
}

/** The body of `POST /api/audit`, before compression. */
export function encodeAuditRequest({ areas, skipped, sums }: AuditRequest): Uint8Array {
  return writeBody((out) => {
    writeList(out, areas, (area) => encoding.writeVarString(out, area));
    writeList(out, skipped, (name) => encoding.writeVarString(out, name));
    encoding.writeUint8Array(out, sums);
  });
}

/** Reads a request body; `malformed`, `wrong-version` or `too-large`. */
export function decodeAuditRequest(bytes: Uint8Array): Result<AuditRequest> {
  return readBody(bytes, (input) => ({
    areas: readList(input, 10_000, () => readArea(input)),
    skipped: readList(input, LIMITS.wantedDocuments, () => readName(input)),
    sums: decoding.readUint8Array(input, AUDIT_BUCKETS * FINGERPRINT_BYTES).slice(),
  }));
}

/** The body of the answer, before compression. */
export function encodeAuditAnswer({ epoch, buckets, documents }: AuditAnswer): Uint8Array {
  return writeBody((out) => {
    encoding.writeVarString(out, epoch);
    writeList(out, buckets, (bucket) => encoding.writeUint8(out, bucket));
    writeList(out, documents, ({ document, fingerprint }) => {
      encoding.writeVarString(out, document);
      encoding.writeUint8Array(out, fingerprint);
    });
  });
}

/** Reads an answer body; `malformed` or `wrong-version`. */
export function decodeAuditAnswer(bytes: Uint8Array): Result<AuditAnswer> {
  return readBody(bytes, (input) => ({
    epoch: decoding.readVarString(input),
    buckets: readList(input, AUDIT_BUCKETS, () => decoding.readUint8(input)),
    documents: readList(input, 100_000, () => ({
      document: readName(input),
      fingerprint: decoding.readUint8Array(input, FINGERPRINT_BYTES).slice(),
    })),
  }));
}
