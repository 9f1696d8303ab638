import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ERROR_CODES, fail, ok, type ErrorCode, type InstantMs, type Result } from '../foundation/index.ts';
import type { DocumentName } from './document-name.ts';
import { LATEST_MS } from './time-marks.ts';
import { Malformed, readArea, readList, readName, TooLarge, writeList } from './wire.ts';

/**
 * A rescue file: edits that are not yet stored at the centre, taken off a device by hand and protected by a passphrase.
 *
 * Bytes: `RUKUNRES`, version (1 byte, `1`), CRC-32 of all that follows (4 bytes, low first), then the head: packing (1 byte:
 * 0 none, 1 gzip), rounds (varUint), salt (bytes), nonce (bytes); then the sealed contents (bytes). Sealed with AES-256-GCM,
 * key by PBKDF2-SHA-256 from the passphrase (UTF-8, NFC, trimmed) with salt and rounds; everything before the sealed
 * contents, checksum left out, is additional data of the seal. Contents, packed before sealing: format (1 byte, `1`),
 * person, device (texts), written at (varUint, ms), count, per document: name, area (texts), count, per edit: time
 * (varUint, ms), update (bytes, V1); count, per refused edit: document, path (texts), value, standing (JSON texts), code
 * (1 byte, its number), time (varUint, ms).
 */
export const RESCUE = {
  version: 1,
  /** The whole file. */
  fileBytes: 16 * 1024 * 1024,
  /** The contents, unpacked. */
  contentBytes: 48 * 1024 * 1024,
  documents: 10_000,
  editsPerDocument: 100_000,
  refusedEdits: 10_000,
  /** Rounds of the key derivation: what is written, and what a reader goes along with. */
  rounds: 600_000,
  mostRounds: 10_000_000,
  saltBytes: 16,
  nonceBytes: 12,
} as const;

/** One document in a rescue file. */
export interface RescuedDocument {
  readonly document: DocumentName;
  /** The area of a household that the relay does not know yet; '' otherwise. */
  readonly area: string;
  /** Raw local updates (V1) in the order they were made, with device time. */
  readonly edits: readonly { readonly at: InstantMs; readonly update: Uint8Array }[];
}

/** An edit that the relay did not take and that its author has not put away. */
export interface RescuedRefusal {
  readonly document: DocumentName;
  /** `<root>/<key>` */
  readonly path: string;
  readonly value: unknown;
  /** What stands there instead; null if nothing. */
  readonly standing: unknown;
  readonly code: ErrorCode;
  /** Device time of the edit. */
  readonly at: InstantMs;
}

export interface RescueContents {
  /** Whose edits these are: person and device id. Only the same person may take them over. */
  readonly person: string;
  readonly device: string;
  readonly writtenAt: InstantMs;
  readonly documents: readonly RescuedDocument[];
  readonly refused: readonly RescuedRefusal[];
}

/** How the contents were sealed. */
export interface RescueHead {
  readonly packing: 'none' | 'gzip';
  readonly rounds: number;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
}

/** `RUKUNRES` */
const MAGIC = [0x52, 0x55, 0x4b, 0x55, 0x4e, 0x52, 0x45, 0x53];
const PACKINGS = ['none', 'gzip'] as const;

/** What the seal covers besides the contents: magic, version and head. */
export function rescueSealedHead(head: RescueHead): Uint8Array<ArrayBuffer> {
  return encoding.encode((out) => {
    encoding.writeUint8Array(out, Uint8Array.from([...MAGIC, RESCUE.version]));
    writeHead(out, head);
  });
}

/** The bytes of a file. */
export function encodeRescueFile(head: RescueHead, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  const rest = encoding.encode((out) => {
    writeHead(out, head);
    encoding.writeVarUint8Array(out, sealed);
  });
  return encoding.encode((out) => {
    encoding.writeUint8Array(out, Uint8Array.from([...MAGIC, RESCUE.version]));
    encoding.writeUint32(out, crc32(rest));
    encoding.writeUint8Array(out, rest);
  });
}

/**
 * Reads a file as far as that goes without the passphrase. `malformed` with path `file`: not a rescue file at all; with
 * path `checksum`: damaged. `wrong-version`: of a newer app. `too-large`.
 */
export function decodeRescueFile(
  bytes: Uint8Array,
): Result<{ readonly head: RescueHead; readonly sealed: Uint8Array }> {
  if (bytes.length > RESCUE.fileBytes) return fail('too-large');
  if (bytes.length <= MAGIC.length || MAGIC.some((letter, index) => bytes[index] !== letter))
    return fail('malformed', ['file']);
  if (bytes[MAGIC.length] !== RESCUE.version) return fail('wrong-version');
  const input = decoding.createDecoder(bytes.subarray(MAGIC.length + 1));
  try {
    const checksum = decoding.readUint32(input);
    if (checksum !== crc32(input.arr.subarray(input.pos))) return fail('malformed', ['checksum']);
    const packing = PACKINGS[decoding.readUint8(input)];
    const rounds = decoding.readVarUint(input);
    const salt = decoding.readVarUint8Array(input);
    const nonce = decoding.readVarUint8Array(input);
    const sealed = decoding.readVarUint8Array(input);
    const isSound =
      salt.length === RESCUE.saltBytes && nonce.length === RESCUE.nonceBytes && !decoding.hasContent(input);
    if (packing === undefined || !isSound || rounds < RESCUE.rounds || rounds > RESCUE.mostRounds)
      return fail('malformed', ['checksum']);
    return ok({ head: { packing, rounds, salt, nonce }, sealed });
  } catch {
    return fail('malformed', ['checksum']);
  }
}

/** The contents before packing and sealing. */
export function encodeRescueContents(contents: RescueContents): Uint8Array<ArrayBuffer> {
  return encoding.encode((out) => {
    encoding.writeUint8(out, RESCUE.version);
    encoding.writeVarString(out, contents.person);
    encoding.writeVarString(out, contents.device);
    encoding.writeVarUint(out, contents.writtenAt);
    writeList(out, contents.documents, ({ document, area, edits }) => {
      encoding.writeVarString(out, document);
      encoding.writeVarString(out, area);
      writeList(out, edits, ({ at, update }) => {
        encoding.writeVarUint(out, Math.floor(at));
        encoding.writeVarUint8Array(out, update);
      });
    });
    writeList(out, contents.refused, ({ document, path, value, standing, code, at }) => {
      encoding.writeVarString(out, document);
      encoding.writeVarString(out, path);
      for (const each of [value, standing]) encoding.writeVarString(out, JSON.stringify(each ?? null));
      encoding.writeUint8(out, ERROR_CODES.indexOf(code));
      encoding.writeVarUint(out, Math.floor(at));
    });
  });
}

/** Reads unsealed contents; `malformed`, `wrong-version` or `too-large`, and nothing half read. */
export function decodeRescueContents(bytes: Uint8Array): Result<RescueContents> {
  if (bytes.length > RESCUE.contentBytes) return fail('too-large');
  const input = decoding.createDecoder(bytes);
  try {
    if (decoding.readUint8(input) !== RESCUE.version) return fail('wrong-version');
    const person = decoding.readVarString(input);
    const device = decoding.readVarString(input);
    const writtenAt = readInstant(input);
    const documents = readList(input, RESCUE.documents, () => readDocument(input));
    const refused = readList(input, RESCUE.refusedEdits, () => readRefusal(input));
    if (decoding.hasContent(input)) return fail('malformed');
    return ok({ person, device, writtenAt, documents, refused });
  } catch (error) {
    return fail(error instanceof TooLarge ? 'too-large' : 'malformed');
  }
}

function writeHead(out: encoding.Encoder, { packing, rounds, salt, nonce }: RescueHead): void {
  encoding.writeUint8(out, PACKINGS.indexOf(packing));
  encoding.writeVarUint(out, rounds);
  encoding.writeVarUint8Array(out, salt);
  encoding.writeVarUint8Array(out, nonce);
}

function readDocument(input: decoding.Decoder): RescuedDocument {
  const document = readName(input);
  const area = readArea(input);
  const edits = readList(input, RESCUE.editsPerDocument, () => ({
    at: readInstant(input),
    update: decoding.readVarUint8Array(input),
  }));
  return { document, area, edits };
}

function readRefusal(input: decoding.Decoder): RescuedRefusal {
  const document = readName(input);
  const path = decoding.readVarString(input);
  const value: unknown = JSON.parse(decoding.readVarString(input));
  const standing: unknown = JSON.parse(decoding.readVarString(input));
  const code = ERROR_CODES[decoding.readUint8(input)];
  if (code === undefined) throw new Malformed();
  return { document, path, value, standing, code, at: readInstant(input) };
}

function readInstant(input: decoding.Decoder): InstantMs {
  const at = decoding.readVarUint(input);
  if (at > LATEST_MS) throw new Malformed();
  return at;
}

/** CRC-32 as in gzip: finds accidents, not intent; intent is found by the seal. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
