import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { ImportReason } from '@rukun/core/people';

/** One row of a file: its cells, or what makes it unreadable. */
export interface CsvRow {
  /** As a spreadsheet numbers it, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly fault: ImportReason | null;
}

/** No row of people comes near it; beyond it a quotation mark was left open. */
const LONGEST_ROW = 16 * 1024;
const LONGEST_CHUNK = 64 * 1024;
const LONGEST_HEADER = 4 * 1024;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Reads CSV bytes row by row: comma or semicolon (whichever the first line has more of), quotes, CRLF, with or without
 * BOM. A row that is not UTF-8 is told as such; after a quotation mark that is never closed nothing more comes.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const chunks = withWholeHeader(bytes);
  const { value: head } = await chunks.next();
  if (!head) return;
  const hasBom = BOM.every((byte, index) => head[index] === byte);
  const first = hasBom ? head.subarray(BOM.length) : head;
  const rows: CsvRow[] = [];
  let line = 0;
  const parser = parse({
    delimiter: delimiterOf(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    encoding: null,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
    // Bytes, not texts: that is what `encoding: null` asks for.
    on_record: (cells: unknown) => {
      rows.push(decode(++line, cells as readonly Uint8Array[]));
      return null;
    },
  });
  parser.resume();
  const end = finished(parser).then(
    () => true,
    () => false,
  );
  const write = (chunk: Uint8Array) =>
    new Promise<boolean>((resolve) => parser.write(chunk, (error) => resolve(!error)));
  let isWhole = await write(first);
  yield* rows.splice(0);
  while (isWhole) {
    const { value: chunk, done } = await chunks.next();
    if (done) break;
    isWhole = await write(chunk);
    yield* rows.splice(0);
  }
  if (isWhole) parser.end();
  if (!(await end)) rows.push({ line: line + 1, cells: [], fault: 'open-quote' });
  yield* rows;
}

/** The bytes in pieces of a bounded size, the first with the whole first line if that is not absurdly long. */
async function* withWholeHeader(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let head: Uint8Array | null = new Uint8Array();
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.byteLength; at += LONGEST_CHUNK) {
      const piece = chunk.subarray(at, at + LONGEST_CHUNK);
      if (head === null) {
        yield piece;
        continue;
      }
      head = Buffer.concat([head, piece]);
      if (!head.includes(10) && !head.includes(13) && head.byteLength < LONGEST_HEADER) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null && head.byteLength > 0) yield head;
  return undefined;
}

function delimiterOf(head: Uint8Array): string {
  const line =
    Buffer.from(head.subarray(0, LONGEST_HEADER))
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? '';
  return line.split(';').length > line.split(',').length ? ';' : ',';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(line: number, cells: readonly Uint8Array[]): CsvRow {
  try {
    const texts = cells.map((cell) => utf8.decode(cell));
    const isBroken = texts.some((text) => /["\r\n]/.test(text));
    return { line, cells: texts, fault: isBroken ? 'broken-quotes' : null };
  } catch {
    return { line, cells: [], fault: 'not-utf-8' };
  }
}
