import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { StorageUnavailable } from '../storage/storage.ts';
import { timeText, type AuditSource, type StoredEntry } from './stored-entry.ts';

/**
 * Writes all entries into a file that is not there yet, one JSON object a line, readable for its owner only; returns how many.
 * Throws {@link StorageUnavailable}; then there is no file.
 */
export function exportAudit(source: AuditSource, file: string): number {
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    throw asUnavailable(file, error);
  }
  let entries = 0;
  try {
    for (const entry of source.entries()) {
      writeSync(handle, toLine(entry));
      entries++;
    }
    fsyncSync(handle);
    return entries;
  } catch (error) {
    rmSync(file, { force: true });
    throw (error as { syscall?: unknown }).syscall === undefined ? error : asUnavailable(file, error);
  } finally {
    closeSync(handle);
  }
}

function toLine({ at, details, prev, hash, documents, ...entry }: StoredEntry): string {
  const line = {
    ...entry,
    at: timeText(at),
    details: parsed(details),
    documents,
    prev: Buffer.from(prev).toString('hex'),
    hash: Buffer.from(hash).toString('hex'),
  };
  return `${JSON.stringify(line)}\n`;
}

/** As it stands where it was made unreadable: an export shows what is there. */
function parsed(details: string): unknown {
  try {
    return JSON.parse(details);
  } catch {
    return details;
  }
}

function asUnavailable(file: string, error: unknown): StorageUnavailable {
  const { code } = error as { code?: unknown };
  if (code === 'EEXIST') return new StorageUnavailable(`${file} is there already`);
  return new StorageUnavailable(`${file}: ${typeof code === 'string' ? code : 'cannot be written'}`);
}
