import * as encoding from 'lib0/encoding';
import type { Chance } from './random-documents.ts';

const BYTES = [
  0, 1, 2, 8, 10, 33, 40, 63, 64, 65, 116, 117, 118, 119, 125, 126, 127, 128, 129, 136, 168, 200, 255,
];
const NUMBERS = [
  0,
  1,
  2,
  127,
  128,
  300,
  16_384,
  2 ** 20,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 40,
  2 ** 52,
  2 ** 53 - 1,
];
const COLUMNS = 9;

/** A number as hostile bytes give it: at an edge, small, or just noise. */
export function hostileNumber(chance: Chance): number {
  return chance.next() < 0.4 ? chance.pick(NUMBERS) : chance.below(chance.pick([4, 100, 2 ** 16]));
}

/** One to three changes of the bytes: flips, edges, numbers, cuts, repeats, and pieces of another input. */
export function mutate(chance: Chance, input: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = input;
  for (let count = 1 + chance.below(3); count > 0; count--) bytes = mutateOnce(chance, bytes, other);
  return bytes;
}

function mutateOnce(chance: Chance, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  const at = chance.below(bytes.length + 1);
  const length = 1 + chance.below(8);
  switch (chance.below(9)) {
    case 0:
    case 1: {
      const changed = bytes.slice();
      if (at < changed.length) changed[at] = chance.next() < 0.5 ? chance.pick(BYTES) : chance.below(256);
      return changed;
    }
    case 2: {
      const changed = bytes.slice();
      if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << chance.below(8));
      return changed;
    }
    case 3:
      return joined(bytes.subarray(0, at), varUint(hostileNumber(chance)), bytes.subarray(at));
    case 4:
      return joined(bytes.subarray(0, at), varUint(hostileNumber(chance)), bytes.subarray(at + 1));
    case 5:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 6:
      return joined(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length)));
    case 7: {
      const from = chance.below(other.length + 1);
      return joined(
        bytes.subarray(0, at),
        other.subarray(from, from + chance.below(40)),
        bytes.subarray(at + length),
      );
    }
    default:
      return bytes.subarray(0, at);
  }
}

/** A V2 update with one or two of its columns changed or taken from another, the lengths put right. */
export function mutateColumns(chance: Chance, input: Uint8Array, other: Uint8Array): Uint8Array {
  const [parts, donors] = [split(input), split(other)];
  for (let count = 1 + chance.below(2); count > 0; count--) {
    const index = chance.below(COLUMNS + 1);
    const part = parts[index] ?? new Uint8Array();
    const donor = donors[chance.next() < 0.5 ? index : chance.below(COLUMNS + 1)] ?? new Uint8Array();
    parts[index] = chance.next() < 0.3 ? donor : mutate(chance, part, donor);
  }
  return encoding.encode((out) => {
    encoding.writeVarUint(out, 0);
    for (let index = 0; index < COLUMNS; index++)
      encoding.writeVarUint8Array(out, parts[index] ?? new Uint8Array());
    encoding.writeUint8Array(out, parts[COLUMNS] ?? new Uint8Array());
  });
}

/** The columns of a V2 update that Yjs wrote, and the rest. */
function split(update: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let position = 1;
  for (let index = 0; index < COLUMNS; index++) {
    let [length, scale] = [0, 1];
    for (let more = true; more; scale *= 128) {
      const byte = update[position++] ?? 0;
      length += (byte & 127) * scale;
      more = byte > 127;
    }
    parts.push(update.subarray(position, position + length));
    position += length;
  }
  parts.push(update.subarray(position));
  return parts;
}

export function varUint(value: number): Uint8Array {
  return encoding.encode((out) => encoding.writeVarUint(out, value));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
