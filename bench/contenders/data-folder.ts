import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** A new folder of its own for one server's data. */
export function newFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rukun-bench-${name.replaceAll(/\W/g, '-')}-`));
  made.add(folder);
  return folder;
}

/** Removes a folder made by {@link newFolder}. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  made.delete(folder);
}

/** Removes all that are left, when a run ends early. */
export function removeFolders(): void {
  for (const folder of made) removeFolder(folder);
}
