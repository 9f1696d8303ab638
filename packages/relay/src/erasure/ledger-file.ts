import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { parseDocumentName } from '@rukun/core/protocol';
import type { Erasure, ErasureReader } from '../storage/erasures.ts';
import { StorageUnavailable } from '../storage/storage.ts';

/** Erasures read from the ledger at once. */
const AT_ONCE = 1000;

/**
 * The erasures in a ledger file, one JSON object a line; none where there is no file. A last line that was cut off while it was
 * written is left out. Throws {@link StorageUnavailable} for a damaged one: restoring without it would bring values back.
 */
export function readLedger(file: string): Erasure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const erasure = parseErasure(line);
    if (!erasure) throw new StorageUnavailable(`line ${index + 1} of ${file} is no erasure`);
    return erasure;
  });
}

/** Brings a ledger file up to the storage's ledger; what is in it stays. On disk when it returns. */
export function completeLedger(file: string, reader: ErasureReader): void {
  const known = new Set(readLedger(file).map(({ id }) => id));
  const missing: Erasure[] = [];
  for (let after = 0; ;) {
    const part = reader.after(after, AT_ONCE);
    const last = part.at(-1);
    if (!last) break;
    missing.push(...part.filter(({ id }) => !known.has(id)));
    after = last.number;
  }
  if (missing.length > 0) appendLines(file, missing.map(toLine));
}

function appendLines(file: string, lines: readonly string[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // What was cut off while it was written is written again.
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${lines.join('\n')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function toLine({ id, document, area, member, fields, isAnswered, at, request, by }: Erasure): string {
  return JSON.stringify({ id, document, area, member, fields, isAnswered, at, request, by });
}

function parseErasure(line: string): Erasure | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { id, document, area, member, fields, isAnswered, at, request, by } = read as Record<string, unknown>;
  const name = parseDocumentName(document);
  const isList = Array.isArray(fields) && fields.every((field) => typeof field === 'string');
  if (!name.ok || !isList || typeof id !== 'string' || typeof area !== 'string' || typeof at !== 'number')
    return null;
  if (typeof request !== 'string' || typeof by !== 'string' || typeof isAnswered !== 'boolean') return null;
  if (member !== null && typeof member !== 'string') return null;
  return {
    id,
    document: name.value.name,
    area,
    member,
    fields,
    isAnswered,
    at,
    request,
    by,
  };
}
