import { Unreadable, type ByteReader } from './byte-reader.ts';

/**
 * The columns of a V2 update. A run of a billion equal values is a few bytes there, so each value is given out one by one
 * and nothing is allocated for a run. What lib0 makes up beyond the end of a column is `malformed` here.
 */
export class ByteColumn {
  readonly #input: ByteReader;
  #value = 0;
  #left = 0;
  #isLast = false;

  constructor(input: ByteReader) {
    this.#input = input;
  }

  /** The next value; the last one of the column goes on for ever. */
  next(): number {
    if (this.#left === 0 && !this.#isLast) {
      this.#value = this.#input.byte();
      if (this.#input.isAtEnd) this.#isLast = true;
      else this.#left = this.#input.uint() + 1;
    }
    this.#left--;
    return this.#value;
  }

  get isUsedUp(): boolean {
    return this.#input.isAtEnd && (this.#isLast || this.#left === 0);
  }
}

/** Numbers from 0, runs of the same one marked by a minus. */
export class NumberColumn {
  readonly #input: ByteReader;
  #value = 0;
  #left = 0;

  constructor(input: ByteReader) {
    this.#input = input;
  }

  next(): number {
    if (this.#left === 0) {
      const value = this.#input.int();
      const isRun = value < 0 || Object.is(value, -0);
      this.#value = Math.abs(value);
      this.#left = isRun ? this.#input.uint() + 2 : 1;
    }
    this.#left--;
    return this.#value;
  }

  get isUsedUp(): boolean {
    return this.#input.isAtEnd && this.#left === 0;
  }
}

/** Numbers from 0 as differences, runs of the same difference marked by the lowest bit. */
export class DifferenceColumn {
  readonly #input: ByteReader;
  #value = 0;
  #difference = 0;
  #left = 0;

  constructor(input: ByteReader) {
    this.#input = input;
  }

  next(): number {
    if (this.#left === 0) {
      const coded = this.#input.int();
      this.#difference = Math.floor(coded / 2);
      this.#left = coded % 2 === 0 ? 1 : this.#input.uint() + 2;
    }
    this.#left--;
    this.#value += this.#difference;
    return this.#value;
  }

  get isUsedUp(): boolean {
    return this.#input.isAtEnd && this.#left === 0;
  }
}

/** Texts: all of them in one, then their lengths in UTF-16 code units. */
export class TextColumn {
  readonly #text: string;
  readonly #lengths: NumberColumn;
  #position = 0;

  constructor(input: ByteReader) {
    this.#text = input.text();
    this.#lengths = new NumberColumn(input);
  }

  next(): string {
    const start = this.#position;
    const end = start + this.#lengths.next();
    if (end > this.#text.length || this.#splitsPair(end)) throw new Unreadable('malformed');
    this.#position = end;
    return this.#text.slice(start, end);
  }

  get isUsedUp(): boolean {
    return this.#position === this.#text.length && this.#lengths.isUsedUp;
  }

  /** Half a character is no text. */
  #splitsPair(at: number): boolean {
    const before = this.#text.charCodeAt(at - 1);
    const after = this.#text.charCodeAt(at);
    return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  }
}
