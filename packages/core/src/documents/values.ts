import { BOUNDS } from './bounds.ts';
import { Unreadable, type ByteReader } from './byte-reader.ts';

/** Reads one value as `lib0`'s `readAny` does, within {@link BOUNDS}. */
export function readValue(input: ByteReader, depth: number = BOUNDS.depth): unknown {
  input.spend(1);
  switch (input.byte()) {
    case 127:
      return undefined;
    case 126:
      return null;
    case 125:
      return input.int();
    case 124:
      return dataView(input.view(4)).getFloat32(0, false);
    case 123:
      return dataView(input.view(8)).getFloat64(0, false);
    case 122:
      return dataView(input.view(8)).getBigInt64(0, false);
    case 121:
      return false;
    case 120:
      return true;
    case 119:
      return input.text();
    case 118:
      return readObject(input, depth);
    case 117:
      return readArray(input, depth);
    case 116:
      return input.view(input.uint());
    default:
      throw new Unreadable('malformed');
  }
}

function readObject(input: ByteReader, depth: number): Record<string, unknown> {
  const count = within(input, depth);
  const object: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) {
    const key = input.text();
    if (key === '__proto__') throw new Unreadable('malformed');
    object[key] = readValue(input, depth - 1);
  }
  return object;
}

function readArray(input: ByteReader, depth: number): unknown[] {
  const count = within(input, depth);
  const list: unknown[] = [];
  for (let index = 0; index < count; index++) list.push(readValue(input, depth - 1));
  return list;
}

function within(input: ByteReader, depth: number): number {
  if (depth <= 0) throw new Unreadable('bad-content');
  return input.uint();
}

function dataView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
