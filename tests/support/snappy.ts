/** Unpacks Snappy's raw format (google/snappy, format_description.txt). Throws on anything else. */
export function snappy(packed: Uint8Array): Buffer {
  const found = unpack(packed);
  if (found === null || !found.isWhole) throw new Error('not packed by Snappy');
  return found.bytes;
}

/** The same where more follows behind the packed bytes, or only a part is there; null if it does not look packed. */
export function looseSnappy(packed: Uint8Array): Buffer | null {
  return unpack(packed)?.bytes ?? null;
}

const LARGEST = 64 * 1024 * 1024;

function unpack(packed: Uint8Array): { readonly bytes: Buffer; readonly isWhole: boolean } | null {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = packed[at++];
    if (byte === undefined || shift > 28) return null;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (length > LARGEST) return null;
  const bytes = Buffer.alloc(length);
  let to = 0;
  const little = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++) value += (packed[at++] ?? 0) * 2 ** (8 * index);
    return value;
  };
  while (to < length && at < packed.length) {
    const tag = packed[at++] ?? 0;
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const count = (short < 60 ? short : little(short - 59)) + 1;
      const run = packed.subarray(at, at + Math.min(count, length - to));
      bytes.set(run, to);
      to += run.length;
      at += count;
      continue;
    }
    const count = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const back = kind === 1 ? ((tag >> 5) << 8) + little(1) : little(kind === 2 ? 2 : 4);
    if (back === 0 || back > to) return { bytes: bytes.subarray(0, to), isWhole: false };
    for (let index = 0; index < count && to < length; index++, to++) bytes[to] = bytes[to - back] ?? 0;
  }
  return { bytes: bytes.subarray(0, to), isWhole: to === length };
}
