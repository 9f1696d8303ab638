import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder of its own for one server's data. */
export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `rukun-bench-${name.replaceAll(/\W/g, '-')}-`));
}

/** Removes a folder made by {@link newFolder}. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
