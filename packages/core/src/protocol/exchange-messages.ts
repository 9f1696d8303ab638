import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ERROR_CODES, type ErrorCode, type Result } from '../foundation/index.ts';
import { DIGEST_BYTES } from './document-digest.ts';
import type { DocumentName } from './document-name.ts';
import { LIMITS } from './limits.ts';
import { readMarks, writeMarks, type TimeMark } from './time-marks.ts';
import {
  Malformed,
  readArea,
  readBody,
  readFlags,
  readList,
  readName,
  TooLarge,
  writeBody,
  writeList,
} from './wire.ts';

/** What one document has to send: the merged raw local updates that are not yet known to be stored. */
export interface ExchangeItem {
  readonly document: DocumentName;
  /** Area (16 digits) of a new household, in its first item only; '' otherwise. */
  readonly area: string;
  /** The device's own row number up to which this item reaches; comes back in the receipt. */
  readonly upTo: number;
  readonly marks: readonly TimeMark[];
  /** Yjs update: V1, or V2 where `isCompact`. */
  readonly update: Uint8Array;
  /** Whether `update` is V2, which is about half the bytes of a day's work. */
  readonly isCompact: boolean;
  /**
   * Whether it holds structs of others that the sender vouches for: taken only while the relay recovers from a backup, when
   * the only copy of a stored edit may sit on another's phone.
   */
  readonly isVouched: boolean;
}

/** Where a device stands in one shard (regency, the first four digits of an area). */
export interface Feed {
  readonly shard: string;
  /** Commit number up to which the held areas are complete. */
  readonly cursor: number;
  /** Areas (16 digits) complete up to `cursor`. */
  readonly held: readonly string[];
  /** Areas on their way in, each with how far it has come. */
  readonly pending: readonly { readonly area: string; readonly cursor: number }[];
}

/**
 * What was erased on lawful request. Told to every device of the relay, also to one that may not read the document any more; by
 * digests, so that it says something only to who holds it. A device replaces all it has of such a document by the relay's whole.
 */
export interface ErasureNotice {
  /** Number of the relay's ledger up to which this tells everything. */
  readonly upTo: number;
  /** Digests of the documents, `digestOfDocument`. */
  readonly documents: readonly Uint8Array[];
}

export interface ExchangeRequest {
  /** The relay's epoch the cursors belong to; '' on a new device. */
  readonly epoch: string;
  /** How many bytes of changes the answer should hold at most, before compression; 0: as the relay likes. */
  readonly answerBytes: number;
  /** Number of the relay's ledger of erasures up to which the device knows them; 0 for none. */
  readonly erasures: number;
  readonly feeds: readonly Feed[];
  /** Documents to be sent whole, whatever the feeds say. */
  readonly wanted: readonly DocumentName[];
  readonly items: readonly ExchangeItem[];
}

/** The answer to one item. `resync`: nothing stored, send the whole local log of this document again. */
export type Receipt =
  | { readonly document: DocumentName; readonly upTo: number; readonly status: 'stored' | 'resync' }
  | {
      readonly document: DocumentName;
      readonly upTo: number;
      readonly status: 'refused';
      readonly code: ErrorCode;
      readonly paths: readonly string[];
    };

/** What others (or the relay) wrote into one document: an update to apply, V1. */
export interface Change {
  readonly document: DocumentName;
  readonly area: string;
  readonly update: Uint8Array;
}

export interface ExchangeAnswer {
  readonly epoch: string;
  /** More is waiting: ask again at once. */
  readonly more: boolean;
  /** The relay was restored from a backup and takes vouched items. */
  readonly isRecovering: boolean;
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
  /** What was erased since the number the request named. */
  readonly erasures: ErasureNotice;
  /** Where the device stands once it has stored `changes`; replaces what it sent. */
  readonly feeds: readonly Feed[];
}

const STATUSES = ['stored', 'resync', 'refused'] as const;

/** The body of `POST /api/exchange`, before compression. */
export function encodeExchangeRequest(request: ExchangeRequest): Uint8Array {
  return writeBody((out) => {
    encoding.writeVarString(out, request.epoch);
    encoding.writeVarUint(out, request.answerBytes);
    encoding.writeVarUint(out, request.erasures);
    writeFeeds(out, request.feeds);
    writeList(out, request.wanted, (name) => encoding.writeVarString(out, name));
    writeList(out, request.items, (item) => {
      encoding.writeUint8(out, (item.isCompact ? 1 : 0) + (item.isVouched ? 2 : 0));
      encoding.writeVarString(out, item.document);
      encoding.writeVarString(out, item.area);
      encoding.writeVarUint(out, item.upTo);
      writeMarks(out, item.marks);
      encoding.writeVarUint8Array(out, item.update);
    });
  });
}

/** Reads a request body; `malformed`, `wrong-version` or `too-large`, and nothing half read. */
export function decodeExchangeRequest(bytes: Uint8Array): Result<ExchangeRequest> {
  return readBody(bytes, (input) => {
    const epoch = decoding.readVarString(input);
    const answerBytes = decoding.readVarUint(input);
    const erasures = decoding.readVarUint(input);
    const feeds = readFeeds(input);
    const wanted = readList(input, LIMITS.wholeDocuments, () => readName(input));
    const items = readList(input, LIMITS.exchangeItems, (): ExchangeItem => {
      const flags = readFlags(input, 2);
      const document = readName(input);
      const area = readArea(input);
      const upTo = decoding.readVarUint(input);
      const marks = readMarks(input);
      const update = decoding.readVarUint8Array(input);
      if (update.byteLength > LIMITS.updateBytes) throw new TooLarge();
      return { document, area, upTo, marks, update, isCompact: (flags & 1) > 0, isVouched: (flags & 2) > 0 };
    });
    return { epoch, answerBytes, erasures, feeds, wanted, items };
  });
}

/** The body of the answer, before compression. */
export function encodeExchangeAnswer(answer: ExchangeAnswer): Uint8Array {
  return writeBody((out) => {
    encoding.writeVarString(out, answer.epoch);
    encoding.writeUint8(out, (answer.more ? 1 : 0) + (answer.isRecovering ? 2 : 0));
    writeList(out, answer.receipts, (receipt) => {
      encoding.writeVarString(out, receipt.document);
      encoding.writeVarUint(out, receipt.upTo);
      encoding.writeUint8(out, STATUSES.indexOf(receipt.status));
      if (receipt.status !== 'refused') return;
      encoding.writeUint8(out, ERROR_CODES.indexOf(receipt.code));
      writeList(out, receipt.paths, (path) => encoding.writeVarString(out, path));
    });
    writeList(out, answer.changes, (change) => {
      encoding.writeVarString(out, change.document);
      encoding.writeVarString(out, change.area);
      encoding.writeVarUint8Array(out, change.update);
    });
    encoding.writeVarUint(out, answer.erasures.upTo);
    writeList(out, answer.erasures.documents, (digest) => encoding.writeUint8Array(out, digest));
    writeFeeds(out, answer.feeds);
  });
}

/** Reads an answer body; `malformed` or `wrong-version`. */
export function decodeExchangeAnswer(bytes: Uint8Array): Result<ExchangeAnswer> {
  return readBody(bytes, (input) => {
    const epoch = decoding.readVarString(input);
    const flags = readFlags(input, 2);
    const receipts = readList(input, LIMITS.exchangeItems, (): Receipt => {
      const document = readName(input);
      const upTo = decoding.readVarUint(input);
      const status = STATUSES[decoding.readUint8(input)];
      if (status === undefined) throw new Malformed();
      if (status !== 'refused') return { document, upTo, status };
      const code = ERROR_CODES[decoding.readUint8(input)];
      if (code === undefined) throw new Malformed();
      const paths = readList(input, 10_000, () => decoding.readVarString(input));
      return { document, upTo, status, code, paths };
    });
    const changes = readList(input, 100_000, () => ({
      document: readName(input),
      area: readArea(input),
      update: decoding.readVarUint8Array(input),
    }));
    const erasures = {
      upTo: decoding.readVarUint(input),
      documents: readList(input, LIMITS.erasures, () => decoding.readUint8Array(input, DIGEST_BYTES).slice()),
    };
    const feeds = readFeeds(input);
    const [more, isRecovering] = [(flags & 1) > 0, (flags & 2) > 0];
    return { epoch, more, isRecovering, receipts, changes, erasures, feeds };
  });
}

function writeFeeds(out: encoding.Encoder, feeds: readonly Feed[]): void {
  writeList(out, feeds, (feed) => {
    encoding.writeVarString(out, feed.shard);
    encoding.writeVarUint(out, feed.cursor);
    writeList(out, feed.held, (area) => encoding.writeVarString(out, area));
    writeList(out, feed.pending, ({ area, cursor }) => {
      encoding.writeVarString(out, area);
      encoding.writeVarUint(out, cursor);
    });
  });
}

function readFeeds(input: decoding.Decoder): Feed[] {
  return readList(input, 1000, () => ({
    shard: decoding.readVarString(input),
    cursor: decoding.readVarUint(input),
    held: readList(input, 10_000, () => readArea(input)),
    pending: readList(input, 10_000, () => ({ area: readArea(input), cursor: decoding.readVarUint(input) })),
  }));
}
