import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ERROR_CODES, fail, ok, type ErrorCode, type InstantMs, type Result } from '../foundation/index.ts';
import { parseDocumentName, type DocumentName } from './document-name.ts';
import { LIMITS } from './limits.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** From this clock on, the structs of `client` were written at `at` (device time); resolution one minute. */
export interface TimeMark {
  readonly client: number;
  readonly clock: number;
  readonly at: InstantMs;
}

/** What one document has to send: the merged raw local updates that are not yet known to be stored. */
export interface ExchangeItem {
  readonly document: DocumentName;
  /** Area (16 digits) of a new household, in its first item only; '' otherwise. */
  readonly area: string;
  /** The device's own row number up to which this item reaches; comes back in the receipt. */
  readonly upTo: number;
  readonly marks: readonly TimeMark[];
  /** Yjs update, V1. */
  readonly update: Uint8Array;
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

export interface ExchangeRequest {
  /** The relay's epoch the cursors belong to; '' on a new device. */
  readonly epoch: string;
  readonly feeds: readonly Feed[];
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
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
  /** Where the device stands once it has stored `changes`; replaces what it sent. */
  readonly feeds: readonly Feed[];
}

/** The last moment a Date can hold. */
const LATEST_MS = 8.64e15;

const STATUSES = ['stored', 'resync', 'refused'] as const;

/** The body of `POST /api/exchange`, before compression. */
export function encodeExchangeRequest(request: ExchangeRequest): Uint8Array {
  return encoding.encode((out) => {
    encoding.writeUint8(out, PROTOCOL_VERSION);
    encoding.writeVarString(out, request.epoch);
    writeFeeds(out, request.feeds);
    encoding.writeVarUint(out, request.items.length);
    for (const item of request.items) {
      encoding.writeVarString(out, item.document);
      encoding.writeVarString(out, item.area);
      encoding.writeVarUint(out, item.upTo);
      encoding.writeVarUint(out, item.marks.length);
      for (const mark of item.marks) {
        encoding.writeVarUint(out, mark.client);
        encoding.writeVarUint(out, mark.clock);
        encoding.writeVarUint(out, Math.floor(mark.at / 60_000));
      }
      encoding.writeVarUint8Array(out, item.update);
    }
  });
}

/** Reads a request body; `malformed`, `wrong-version` or `too-large`, and nothing half read. */
export function decodeExchangeRequest(bytes: Uint8Array): Result<ExchangeRequest> {
  return decode(bytes, (input) => {
    const epoch = decoding.readVarString(input);
    const feeds = readFeeds(input);
    const items = readList(input, LIMITS.exchangeItems, () => {
      const document = readName(input);
      const area = readArea(input);
      const upTo = decoding.readVarUint(input);
      const marks = readList(input, LIMITS.exchangeMarks, () => ({
        client: decoding.readVarUint(input),
        clock: decoding.readVarUint(input),
        at: readMinute(input),
      }));
      const update = decoding.readVarUint8Array(input);
      if (update.byteLength > LIMITS.updateBytes) throw new TooLarge();
      return { document, area, upTo, marks, update };
    });
    return { epoch, feeds, items };
  });
}

/** The body of the answer, before compression. */
export function encodeExchangeAnswer(answer: ExchangeAnswer): Uint8Array {
  return encoding.encode((out) => {
    encoding.writeUint8(out, PROTOCOL_VERSION);
    encoding.writeVarString(out, answer.epoch);
    encoding.writeUint8(out, answer.more ? 1 : 0);
    encoding.writeVarUint(out, answer.receipts.length);
    for (const receipt of answer.receipts) {
      encoding.writeVarString(out, receipt.document);
      encoding.writeVarUint(out, receipt.upTo);
      encoding.writeUint8(out, STATUSES.indexOf(receipt.status));
      if (receipt.status === 'refused') {
        encoding.writeUint8(out, ERROR_CODES.indexOf(receipt.code));
        encoding.writeVarUint(out, receipt.paths.length);
        for (const path of receipt.paths) encoding.writeVarString(out, path);
      }
    }
    encoding.writeVarUint(out, answer.changes.length);
    for (const change of answer.changes) {
      encoding.writeVarString(out, change.document);
      encoding.writeVarString(out, change.area);
      encoding.writeVarUint8Array(out, change.update);
    }
    writeFeeds(out, answer.feeds);
  });
}

/** Reads an answer body; `malformed` or `wrong-version`. */
export function decodeExchangeAnswer(bytes: Uint8Array): Result<ExchangeAnswer> {
  return decode(bytes, (input) => {
    const epoch = decoding.readVarString(input);
    const more = decoding.readUint8(input) === 1;
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
    return { epoch, more, receipts, changes, feeds: readFeeds(input) };
  });
}

class Malformed extends Error {}
class TooLarge extends Error {}

function decode<T>(bytes: Uint8Array, read: (input: decoding.Decoder) => T): Result<T> {
  const input = decoding.createDecoder(bytes);
  if (bytes.length === 0) return fail('malformed');
  try {
    if (decoding.readUint8(input) !== PROTOCOL_VERSION) return fail('wrong-version');
    const value = read(input);
    return decoding.hasContent(input) ? fail('malformed') : ok(value);
  } catch (error) {
    return fail(error instanceof TooLarge ? 'too-large' : 'malformed');
  }
}

function readList<T>(input: decoding.Decoder, most: number, read: () => T): T[] {
  const length = decoding.readVarUint(input);
  if (length > most) throw new TooLarge();
  const list: T[] = [];
  for (let index = 0; index < length; index++) list.push(read());
  return list;
}

/** A moment within what a Date can hold. */
function readMinute(input: decoding.Decoder): InstantMs {
  const at = decoding.readVarUint(input) * 60_000;
  if (at > LATEST_MS) throw new Malformed();
  return at;
}

function readName(input: decoding.Decoder): DocumentName {
  const parsed = parseDocumentName(decoding.readVarString(input));
  if (!parsed.ok) throw new Malformed();
  return parsed.value.name;
}

function readArea(input: decoding.Decoder): string {
  const area = decoding.readVarString(input);
  if (area !== '' && !/^\d{16}$/.test(area)) throw new Malformed();
  return area;
}

function writeFeeds(out: encoding.Encoder, feeds: readonly Feed[]): void {
  encoding.writeVarUint(out, feeds.length);
  for (const feed of feeds) {
    encoding.writeVarString(out, feed.shard);
    encoding.writeVarUint(out, feed.cursor);
    encoding.writeVarUint(out, feed.held.length);
    for (const area of feed.held) encoding.writeVarString(out, area);
    encoding.writeVarUint(out, feed.pending.length);
    for (const { area, cursor } of feed.pending) {
      encoding.writeVarString(out, area);
      encoding.writeVarUint(out, cursor);
    }
  }
}

function readFeeds(input: decoding.Decoder): Feed[] {
  return readList(input, 1000, () => ({
    shard: decoding.readVarString(input),
    cursor: decoding.readVarUint(input),
    held: readList(input, 10_000, () => readArea(input)),
    pending: readList(input, 10_000, () => ({ area: readArea(input), cursor: decoding.readVarUint(input) })),
  }));
}
