import { StorageUnavailable } from '../storage.ts';

/** SQLite's primary result codes that tell of the disk or of another process, not of our SQL. */
const OUTSIDE: ReadonlySet<number> = new Set([
  3, // PERM
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  26, // NOTADB
]);

/** Runs `f`; what SQLite says of the disk or of other processes is thrown as {@link StorageUnavailable}. */
export function guard<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    const { errcode, errstr } = error as { errcode?: unknown; errstr?: unknown };
    if (typeof errcode === 'number' && OUTSIDE.has(errcode & 0xff))
      throw new StorageUnavailable(String(errstr));
    throw error;
  }
}
