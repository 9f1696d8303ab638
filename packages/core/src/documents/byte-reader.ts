import { decodeUtf8 } from 'lib0/string';
import type { ErrorCode } from '../foundation/index.ts';
import { BOUNDS } from './bounds.ts';

/** Why bytes cannot be read. Thrown and caught inside this folder; callers get a Result. */
export class Unreadable extends Error {
  readonly code: ErrorCode;
  readonly paths: readonly string[] | undefined;

  constructor(code: ErrorCode, paths?: readonly string[]) {
    super(code);
    this.code = code;
    this.paths = paths;
  }
}

const MORE = 128;
const LONGEST_NUMBER = 8;
const SHORT_TEXT = 48;

/** Reads lib0's encodings. Never believes a length: what is not there is `malformed`, before anything is allocated. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;
  /** Structs, values and ranges that may still be read. */
  pieces: number;

  constructor(bytes: Uint8Array, pieces: number, position = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.pieces = pieces;
    this.position = position;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.position === this.end;
  }

  /** Takes note of `count` more structs, values or ranges; `too-large` if that is more than allowed. */
  spend(count: number): void {
    this.pieces -= count;
    if (this.pieces < 0) throw new Unreadable('too-large');
  }

  byte(): number {
    const byte = this.position < this.end ? this.bytes[this.position++] : undefined;
    if (byte === undefined) throw new Unreadable('malformed');
    return byte;
  }

  /** A varUint up to 2^53 - 1. */
  uint(): number {
    return this.#rest(0, 1, LONGEST_NUMBER);
  }

  /** A varInt; -0 is told apart, since run lengths hang on it. */
  int(): number {
    const first = this.byte();
    const rest = first < MORE ? first & 63 : this.#rest(first & 63, 64, LONGEST_NUMBER - 1);
    return (first & 64) === 0 ? rest : -rest;
  }

  /** A varUint of at most `most`; `malformed` beyond. */
  uintUpTo(most: number): number {
    const value = this.uint();
    if (value > most) throw new Unreadable('malformed');
    return value;
  }

  client(): number {
    return this.uintUpTo(BOUNDS.client);
  }

  clock(): number {
    return this.uintUpTo(BOUNDS.clock);
  }

  /** A view of the next `length` bytes. */
  view(length: number): Uint8Array {
    const start = this.position;
    if (length > this.end - start) throw new Unreadable('malformed');
    this.position = start + length;
    return this.bytes.subarray(start, start + length);
  }

  /** A varString; `malformed` where it is not UTF-8. */
  text(): string {
    const length = this.uint();
    if (length > this.end - this.position) throw new Unreadable('malformed');
    return length <= SHORT_TEXT ? this.#shortText(length) : decode(this.view(length));
  }

  #rest(start: number, firstScale: number, most: number): number {
    const { bytes, end } = this;
    let value = start;
    let scale = firstScale;
    for (let count = 0; count < most && this.position < end; count++) {
      const byte = bytes[this.position++] ?? 0;
      value += (byte & (MORE - 1)) * scale;
      if (byte < MORE) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= MORE;
    }
    throw new Unreadable('malformed');
  }

  #shortText(length: number): string {
    const { bytes, position } = this;
    let text = '';
    for (let index = position; index < position + length; index++) {
      const byte = bytes[index] ?? 0;
      if (byte >= MORE) return decode(this.view(length));
      text += String.fromCharCode(byte);
    }
    this.position = position + length;
    return text;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    throw new Unreadable('malformed');
  }
}
