import * as encoding from 'lib0/encoding';
import { convertUpdateFormatV1ToV2 } from 'yjs';
import { fail, ok, type Result } from '../foundation/index.ts';
import { BOUNDS } from './bounds.ts';
import { ByteReader, Unreadable } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { ByteColumn, DifferenceColumn, NumberColumn, TextColumn } from './columns.ts';
import { CONTENT, FLAGS } from './struct-form.ts';
import { readValue } from './values.ts';

/** A V1 update of our own in V2, which is about half as long. Throws on bytes that are no update: check others' first. */
export function compactUpdate(update: Uint8Array): Uint8Array {
  return convertUpdateFormatV1ToV2(update);
}

/**
 * Turns a V2 update into V1 of at most `mostBytes`, the same bytes Yjs makes of it, without letting Yjs see it: there a few
 * bytes can claim a billion structs (yjs#687), here each is read and written one by one. Takes what a document of plain
 * values in root maps can hold; `bad-content` for anything else, `too-large` beyond `mostBytes` or {@link BOUNDS},
 * `malformed` for what Yjs does not write.
 */
export function expandUpdate(update: Uint8Array, mostBytes: number): Result<Uint8Array> {
  try {
    const out = new ByteWriter(mostBytes);
    new Expansion(update, out).run();
    const expanded = out.finish();
    return expanded.byteLength > mostBytes ? fail('too-large') : ok(expanded);
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.code);
    throw error;
  }
}

class Expansion {
  readonly #out: ByteWriter;
  readonly #rest: ByteReader;
  readonly #keyClocks: ByteReader;
  readonly #clients: NumberColumn;
  readonly #leftClocks: DifferenceColumn;
  readonly #rightClocks: ByteReader;
  readonly #infos: ByteColumn;
  readonly #texts: TextColumn;
  readonly #parentInfos: ByteColumn;
  readonly #typeRefs: ByteReader;
  readonly #lengths: NumberColumn;

  constructor(update: Uint8Array, out: ByteWriter) {
    this.#out = out;
    const input = new ByteReader(update, BOUNDS.pieces);
    if (input.uint() !== 0) throw new Unreadable('malformed');
    this.#keyClocks = column(input);
    this.#clients = new NumberColumn(column(input));
    this.#leftClocks = new DifferenceColumn(column(input));
    this.#rightClocks = column(input);
    this.#infos = new ByteColumn(column(input));
    this.#texts = new TextColumn(column(input));
    this.#parentInfos = new ByteColumn(column(input));
    this.#typeRefs = column(input);
    this.#lengths = new NumberColumn(column(input));
    this.#rest = input;
  }

  run(): void {
    const count = this.#rest.uint();
    if (count > BOUNDS.clients) throw new Unreadable('too-large');
    this.#out.uint(count);
    const clients = new Set<number>();
    for (let index = 0; index < count; index++) clients.add(this.#block());
    if (clients.size < count) throw new Unreadable('malformed');
    this.#deletes();
    const columns = [this.#clients, this.#leftClocks, this.#texts, this.#lengths];
    const bytes = [this.#infos, this.#parentInfos];
    const isUsedUp = [...columns, ...bytes].every((each) => each.isUsedUp);
    const isEmpty = [this.#keyClocks, this.#rightClocks, this.#typeRefs, this.#rest].every(
      ({ isAtEnd }) => isAtEnd,
    );
    if (!isUsedUp || !isEmpty) throw new Unreadable('malformed');
  }

  #block(): number {
    const out = this.#out;
    const count = this.#rest.uint();
    if (count === 0) throw new Unreadable('malformed');
    const client = within(this.#clients.next(), BOUNDS.client);
    let clock = this.#rest.clock();
    out.uint(count);
    out.uint(client);
    out.uint(clock);
    for (let index = 0; index < count; index++) {
      clock = within(clock + this.#struct(), BOUNDS.clock);
    }
    return client;
  }

  /** Copies one struct and returns how many clocks it covers. */
  #struct(): number {
    const info = this.#infos.next();
    const kind = info & FLAGS.content;
    // Yjs drops the mark of a key that is not written, since it follows from the origin.
    this.#out.byte((info & FLAGS.origin) === 0 ? info : info & ~FLAGS.key);
    if (kind === CONTENT.gc) throw new Unreadable('bad-content');
    if (kind === CONTENT.skip) {
      if (info !== kind) throw new Unreadable('malformed');
      this.#rest.spend(1);
      return this.#length(this.#rest.clock());
    }
    this.#place(info);
    if (kind === CONTENT.deleted) {
      this.#rest.spend(1);
      return this.#length(this.#lengths.next());
    }
    if (kind !== CONTENT.values) throw new Unreadable('bad-content');
    const length = this.#length(this.#lengths.next());
    for (let index = 0; index < length; index++) this.#out.raw(canonical(readValue(this.#rest)));
    return length;
  }

  #place(info: number): void {
    const out = this.#out;
    if ((info & FLAGS.rightOrigin) !== 0) throw new Unreadable('bad-content');
    if ((info & FLAGS.origin) !== 0) {
      out.uint(within(this.#clients.next(), BOUNDS.client));
      out.uint(within(this.#leftClocks.next(), BOUNDS.clock));
      return;
    }
    if (this.#parentInfos.next() !== 1 || (info & FLAGS.key) === 0) throw new Unreadable('bad-content');
    out.uint(1);
    out.text(this.#texts.next());
    out.text(this.#texts.next());
  }

  #length(length: number): number {
    if (length === 0) throw new Unreadable('malformed');
    this.#out.uint(within(length, BOUNDS.clock));
    return length;
  }

  /** Here clocks are differences; client ids come in falling order, as Yjs writes them. */
  #deletes(): void {
    const [rest, out] = [this.#rest, this.#out];
    const count = rest.uint();
    out.uint(count);
    let before = Infinity;
    for (let index = 0; index < count; index++) {
      const client = rest.client();
      const ranges = rest.uint();
      if (client >= before || ranges === 0) throw new Unreadable('malformed');
      before = client;
      out.uint(client);
      out.uint(ranges);
      let clock = 0;
      for (let range = 0; range < ranges; range++) {
        rest.spend(1);
        clock = within(clock + rest.clock(), BOUNDS.clock);
        out.uint(clock);
        const length = within(rest.clock() + 1, BOUNDS.clock);
        out.uint(length);
        clock = within(clock + length, BOUNDS.clock);
      }
    }
  }
}

function column(input: ByteReader): ByteReader {
  const length = input.uint();
  const start = input.position;
  input.view(length);
  return new ByteReader(input.bytes, 0, start, start + length);
}

function within(value: number, most: number): number {
  if (value < 0 || value > most) throw new Unreadable('malformed');
  return value;
}

/** The one form of a value that Yjs writes. */
function canonical(value: unknown): Uint8Array {
  return encoding.encode((out) => encoding.writeAny(out, value as never));
}
