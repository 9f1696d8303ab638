import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { looseSnappy, snappy } from './snappy.ts';

/** LevelDB writes its log in blocks of this size, cutting records at their ends. */
const LOG_BLOCK = 32_768;
const LOG_HEAD = 7;
const FOOTER = 48;
const BLOCK_TRAILER = 5;
const SNAPPY = 1;
/** Before a value that Chromium packed by itself before it gave it to the database. */
const PACKED_VALUE = Buffer.from([0xff, 0x11, 0x02]);

/** Every file of a folder as a finder of the phone could read it: as it lies there, and with LevelDB's packing undone. */
export function* readableBytes(folder: string): Generator<{ readonly file: string; readonly bytes: Buffer }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    for (const each of [bytes, ...unpacked(entry.name, bytes)]) {
      yield { file, bytes: each };
      for (const value of packedValues(each)) yield { file, bytes: value };
    }
  }
}

function unpacked(name: string, bytes: Buffer): Buffer[] {
  if (name.endsWith('.ldb')) return tableBlocks(bytes);
  return name.endsWith('.log') ? [logRecords(bytes)] : [];
}

/** The records of a log with the heads between their parts taken out. */
function logRecords(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let block = 0; block < bytes.length; block += LOG_BLOCK) {
    const end = Math.min(block + LOG_BLOCK, bytes.length);
    for (let at = block; at + LOG_HEAD <= end;) {
      const length = bytes.readUInt16LE(at + 4);
      parts.push(bytes.subarray(at + LOG_HEAD, at + LOG_HEAD + length));
      at += LOG_HEAD + length;
    }
  }
  return Buffer.concat(parts);
}

/** The data blocks of a sorted table, through its index. */
function tableBlocks(bytes: Buffer): Buffer[] {
  if (bytes.length < FOOTER) return [];
  const footer = { bytes, at: bytes.length - FOOTER };
  readHandle(footer);
  const index = readBlock(bytes, readHandle(footer));
  const blocks: Buffer[] = [];
  const restarts = index.readUInt32LE(index.length - 4);
  const cursor = { bytes: index, at: 0 };
  while (cursor.at < index.length - 4 * (restarts + 1)) {
    readVarint(cursor);
    const keyBytes = readVarint(cursor);
    const valueBytes = readVarint(cursor);
    cursor.at += keyBytes;
    blocks.push(readBlock(bytes, readHandle({ bytes: index, at: cursor.at })));
    cursor.at += valueBytes;
  }
  return blocks;
}

function readBlock(bytes: Buffer, { offset, size }: { offset: number; size: number }): Buffer {
  const block = bytes.subarray(offset, offset + size);
  const isPacked = bytes[offset + size] === SNAPPY;
  if (offset + size + BLOCK_TRAILER > bytes.length) throw new Error('the table is cut off');
  return isPacked ? snappy(block) : block;
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

function readHandle(cursor: Cursor): { offset: number; size: number } {
  return { offset: readVarint(cursor), size: readVarint(cursor) };
}

function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function* packedValues(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(PACKED_VALUE); at >= 0; at = bytes.indexOf(PACKED_VALUE, at + 1)) {
    const value = looseSnappy(bytes.subarray(at + PACKED_VALUE.length));
    if (value !== null) yield value;
  }
}
