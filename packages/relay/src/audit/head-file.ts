import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { parseHead, printHead, type AuditHead } from './chain.ts';

/** Notes where the audit log ends, in a file that is always whole, also after a power cut. Throws what the disk says. */
export function writeHeadFile(file: string, head: AuditHead): void {
  const part = `${file}.part`;
  const descriptor = openSync(part, 'w', 0o600);
  try {
    writeSync(descriptor, `${printHead(head)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(part, file);
}

/** What was noted; null if there is no file, `damaged` if it holds something else. */
export function readHeadFile(file: string): AuditHead | null | 'damaged' {
  if (!existsSync(file)) return null;
  return parseHead(readFileSync(file, 'utf8')) ?? 'damaged';
}
