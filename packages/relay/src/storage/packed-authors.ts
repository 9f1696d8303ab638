import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AuthoredRow, ClockRange, LogSource } from './records.ts';

const VERSION = 1;
const SOURCES: readonly LogSource[] = ['device', 'relay', 'import'];

/**
 * Packs whose the rows of a merge were; about 25 bytes a row. Texts and client ids stand once, in a table at the front; numbers
 * and times as the difference to the row before.
 */
export function packAuthors(rows: readonly AuthoredRow[]): Uint8Array {
  const texts = new Table(rows.flatMap(({ person, device }) => [person, device]));
  const clients = new Table(
    rows.flatMap(({ marks, structs, deleted }) =>
      [...marks, ...structs, ...deleted].map(({ client }) => client),
    ),
  );
  const encoder = encoding.createEncoder();
  const number = (value: number) => encoding.writeVarUint(encoder, value);
  const difference = (value: number) => encoding.writeVarInt(encoder, value);
  number(VERSION);
  writeList(encoder, texts.values, (text) => encoding.writeVarString(encoder, text));
  writeList(encoder, clients.values, number);
  const writeRanges = (ranges: readonly ClockRange[]) =>
    writeList(encoder, ranges, ({ client, from, to }) => {
      number(clients.place(client));
      number(from);
      number(to - from);
    });
  let seq = 0;
  let time = 0;
  writeList(encoder, rows, (row) => {
    number(row.seq - seq);
    number(SOURCES.indexOf(row.source));
    number(texts.place(row.person));
    number(texts.place(row.device));
    difference(row.receivedAt - time);
    difference(row.deviceAt - row.receivedAt);
    writeList(encoder, row.marks, ({ client, clock, at }) => {
      number(clients.place(client));
      number(clock);
      difference(at - row.receivedAt);
    });
    writeRanges(row.structs);
    writeRanges(row.deleted);
    seq = row.seq;
    time = row.receivedAt;
  });
  return encoding.toUint8Array(encoder);
}

/** Reads what {@link packAuthors} wrote. Throws on anything else: that is a damaged database. */
export function unpackAuthors(packed: Uint8Array): AuthoredRow[] {
  const decoder = decoding.createDecoder(packed);
  const number = () => decoding.readVarUint(decoder);
  const difference = () => decoding.readVarInt(decoder);
  if (number() !== VERSION) throw new TypeError('authors of an unknown version');
  const texts = readList(number, () => decoding.readVarString(decoder));
  const clients = readList(number, number);
  const readRange = (): ClockRange => {
    const client = at(clients, number());
    const from = number();
    return { client, from, to: from + number() };
  };
  let seq = 0;
  let time = 0;
  return readList(number, () => {
    seq += number();
    const source = at(SOURCES, number());
    const person = at(texts, number());
    const device = at(texts, number());
    const receivedAt = (time += difference());
    const deviceAt = receivedAt + difference();
    const marks = readList(number, () => ({
      client: at(clients, number()),
      clock: number(),
      at: receivedAt + difference(),
    }));
    const structs = readList(number, readRange);
    const deleted = readList(number, readRange);
    return { seq, source, person, device, deviceAt, receivedAt, marks, structs, deleted };
  });
}

/** Values that are named by their place. */
class Table<T> {
  readonly values: readonly T[];
  readonly #places: ReadonlyMap<T, number>;

  constructor(values: readonly T[]) {
    this.values = [...new Set(values)];
    this.#places = new Map(this.values.map((value, place) => [value, place]));
  }

  place(value: T): number {
    const place = this.#places.get(value);
    if (place === undefined) throw new RangeError('a value that is not in the table');
    return place;
  }
}

function writeList<T>(encoder: encoding.Encoder, list: readonly T[], write: (value: T) => void): void {
  encoding.writeVarUint(encoder, list.length);
  for (const value of list) write(value);
}

function readList<T>(readLength: () => number, read: () => T): T[] {
  return Array.from({ length: readLength() }, read);
}

function at<T>(list: readonly T[], place: number): T {
  const value = list[place];
  if (value === undefined) throw new RangeError('a value that is not in the table');
  return value;
}
