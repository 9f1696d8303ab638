import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** One file of the app shell, as workbox-precaching takes it: without a revision where the name carries the hash. */
export interface PrecacheEntry {
  readonly url: string;
  readonly revision: string | null;
}

const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;
const LEFT_OUT = /(^|\/)service-worker\.js$|\.map$/;

/** Lists everything the build has put into a folder, in a stable order: the same files give the same list. */
export async function precacheManifest(folder: string): Promise<PrecacheEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !LEFT_OUT.test(name))
    .sort();
  return Promise.all(
    names.map(async (name) => ({
      url: `/${name}`,
      revision: HASHED.test(name) ? null : hashOf(await readFile(join(folder, name))),
    })),
  );
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
