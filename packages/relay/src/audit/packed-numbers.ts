import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Packs numbers, each as the difference to the one before: documents that were first read together take a byte each. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  if (numbers.length === 0) return new Uint8Array();
  const encoder = encoding.createEncoder();
  let last = 0;
  for (const number of numbers) {
    encoding.writeVarInt(encoder, number - last);
    last = number;
  }
  return encoding.toUint8Array(encoder);
}

/** Reads what {@link packNumbers} wrote. Throws on anything else. */
export function unpackNumbers(packed: Uint8Array): number[] {
  const decoder = decoding.createDecoder(packed);
  const numbers: number[] = [];
  let last = 0;
  while (decoding.hasContent(decoder)) {
    last += decoding.readVarInt(decoder);
    numbers.push(last);
  }
  return numbers;
}
