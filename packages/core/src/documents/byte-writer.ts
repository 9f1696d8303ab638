import { encodeUtf8 } from 'lib0/string';
import { Unreadable } from './byte-reader.ts';

const FIRST_SIZE = 1024;
const SHORT_TEXT = 48;

/** Writes lib0's encodings into memory that grows; `too-large` beyond `most` bytes, before more is allocated. */
export class ByteWriter {
  readonly #most: number;
  #bytes: Uint8Array;
  #length = 0;

  constructor(most: number) {
    this.#most = most;
    this.#bytes = new Uint8Array(Math.min(FIRST_SIZE, most));
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  uint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = 128 | (rest % 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.byteLength);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  text(text: string): void {
    if (text.length > SHORT_TEXT || !this.#shortText(text)) {
      const bytes = encodeUtf8(text);
      this.uint(bytes.byteLength);
      this.raw(bytes);
    }
  }

  /** What was written, as a copy of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Writes a short text if it is plain ASCII; otherwise nothing. */
  #shortText(text: string): boolean {
    this.#reserve(text.length + 1);
    const start = this.#length;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return false;
      this.#bytes[start + 1 + index] = code;
    }
    this.#bytes[start] = text.length;
    this.#length = start + 1 + text.length;
    return true;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.byteLength) return;
    if (this.#length + 1 > this.#most || needed > this.#most + 8) throw new Unreadable('too-large');
    const grown = new Uint8Array(Math.max(needed, Math.min(this.#bytes.byteLength * 2, this.#most + 8)));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
