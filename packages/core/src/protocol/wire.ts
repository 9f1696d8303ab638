import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fail, ok, type Result } from '../foundation/index.ts';
import { parseDocumentName, type DocumentName } from './document-name.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** What the messages of this folder are read and written with. Readers throw; {@link readBody} makes values of it. */

/** The bytes are not of the documented form. */
export class Malformed extends Error {}
/** Something in it is over its limit. */
export class TooLarge extends Error {}

/** Writes the version, then what `write` writes. */
export function writeBody(write: (out: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((out) => {
    encoding.writeUint8(out, PROTOCOL_VERSION);
    write(out);
  });
}

/** Reads a body to its last byte; `malformed`, `wrong-version` or `too-large`, and nothing half read. */
export function readBody<T>(bytes: Uint8Array, read: (input: decoding.Decoder) => T): Result<T> {
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

/** Reads a count and that many elements; nothing is allocated by the count alone. */
export function readList<T>(input: decoding.Decoder, most: number, read: () => T): T[] {
  const length = decoding.readVarUint(input);
  if (length > most) throw new TooLarge();
  const list: T[] = [];
  for (let index = 0; index < length; index++) list.push(read());
  return list;
}

/** Writes a count and that many elements. */
export function writeList<T>(out: encoding.Encoder, list: readonly T[], write: (element: T) => void): void {
  encoding.writeVarUint(out, list.length);
  for (const element of list) write(element);
}

/** A document name. */
export function readName(input: decoding.Decoder): DocumentName {
  const parsed = parseDocumentName(decoding.readVarString(input));
  if (!parsed.ok) throw new Malformed();
  return parsed.value.name;
}

/** Sixteen digits, or nothing. */
export function readArea(input: decoding.Decoder): string {
  const area = decoding.readVarString(input);
  if (area !== '' && !/^\d{16}$/.test(area)) throw new Malformed();
  return area;
}

/** A byte of which only the lowest `bits` may be set. */
export function readFlags(input: decoding.Decoder, bits: number): number {
  const flags = decoding.readUint8(input);
  if (flags >= 1 << bits) throw new Malformed();
  return flags;
}
