import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Result } from '../foundation/index.ts';
import type { DocumentName } from './document-name.ts';
import { LIMITS } from './limits.ts';
import type { RecoveryKeyInfo } from './session-messages.ts';
import { readMarks, writeMarks, type TimeMark } from './time-marks.ts';
import { readArea, readBody, readFlags, readList, readName, TooLarge, writeBody, writeList } from './wire.ts';

/** What AES-GCM adds to an update: 12 bytes of nonce before it, 16 of tag after it. */
export const SEAL_BYTES = { nonce: 12, tag: 16 } as const;

/** `GET /api/hand-in`, with a token of the revoked device. */
export interface HandInAnswer {
  /** What to seal to. */
  readonly recoveryKey: RecoveryKeyInfo;
}

/** The unsent edits of one document, as an item of the exchange, but sealed. */
export interface SealedItem {
  readonly document: DocumentName;
  /** Area (16 digits) of a new household, else ''. */
  readonly area: string;
  /** The device's own row number up to which this item reaches: for the device to know what it has handed in, nothing else. */
  readonly upTo: number;
  readonly marks: readonly TimeMark[];
  /** Nonce, then the V1 update under AES-GCM with the document's name as additional data, then the tag. */
  readonly sealed: Uint8Array;
}

/** What a device that was shut out hands in before it wipes itself. */
export interface HandIn {
  /** The recovery key of the relay that `wrappedKey` is for. */
  readonly keyId: string;
  /** The content key (256 bits) of all items, RSA-OAEP with SHA-256, the person's id as label. */
  readonly wrappedKey: Uint8Array;
  /** Nothing is left on the device. */
  readonly isLast: boolean;
  readonly items: readonly SealedItem[];
}

/** The body of `POST /api/hand-in`, before compression. */
export function encodeHandIn({ keyId, wrappedKey, isLast, items }: HandIn): Uint8Array {
  return writeBody((out) => {
    encoding.writeVarString(out, keyId);
    encoding.writeVarUint8Array(out, wrappedKey);
    encoding.writeUint8(out, isLast ? 1 : 0);
    writeList(out, items, ({ document, area, upTo, marks, sealed }) => {
      encoding.writeVarString(out, document);
      encoding.writeVarString(out, area);
      encoding.writeVarUint(out, upTo);
      writeMarks(out, marks);
      encoding.writeVarUint8Array(out, sealed);
    });
  });
}

/** Reads a body; `malformed`, `wrong-version` or `too-large`, and nothing half read. */
export function decodeHandIn(bytes: Uint8Array): Result<HandIn> {
  return readBody(bytes, (input) => {
    const keyId = decoding.readVarString(input);
    const wrappedKey = decoding.readVarUint8Array(input);
    const isLast = readFlags(input, 1) === 1;
    const items = readList(input, LIMITS.exchangeItems, (): SealedItem => {
      const document = readName(input);
      const area = readArea(input);
      const upTo = decoding.readVarUint(input);
      const marks = readMarks(input);
      const sealed = decoding.readVarUint8Array(input);
      if (sealed.byteLength > LIMITS.updateBytes + SEAL_BYTES.nonce + SEAL_BYTES.tag) throw new TooLarge();
      return { document, area, upTo, marks, sealed };
    });
    return { keyId, wrappedKey, isLast, items };
  });
}
