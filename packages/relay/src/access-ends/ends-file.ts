import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { ACCESS_ENDS, type AccessEnd } from '../storage/audit-store.ts';
import { StorageUnavailable } from '../storage/storage.ts';

/**
 * The ends in a ledger file, one JSON object a line; none where there is no file. A last line that was cut off while it was
 * written is left out. Throws {@link StorageUnavailable} for a damaged one: restoring without it would let people in again.
 */
export function readEnds(file: string): AccessEnd[] {
  if (!existsSync(file)) return [];
  return wholeLines(readFileSync(file, 'utf8')).map((line, index) => {
    const end = parseEnd(line);
    if (!end) throw new StorageUnavailable(`line ${index + 1} of ${file} tells of no end`);
    return end;
  });
}

/** Adds to a ledger file what is not in it; what is in it stays. On disk when it returns. */
export function addEnds(file: string, ends: readonly AccessEnd[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const known = wholeLines(text);
  const missing = withoutKnown(ends, new Set(known)).map(printEnd);
  if (missing.length === 0) return;
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // What was cut off while it was written is written again.
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${missing.join('\n')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Those that are not among what is known as {@link printEnd} prints it. */
export function withoutKnown(ends: readonly AccessEnd[], known: ReadonlySet<string>): AccessEnd[] {
  return ends.filter((end) => !known.has(printEnd(end)));
}

/** An end as a line of the ledger. */
export function printEnd({ what, id, at }: AccessEnd): string {
  return JSON.stringify({ what, id, at });
}

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function parseEnd(line: string): AccessEnd | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { what, id, at } = read as Record<string, unknown>;
  const known = ACCESS_ENDS.find((each) => each === what);
  return known && typeof id === 'string' && typeof at === 'number' ? { what: known, id, at } : null;
}
