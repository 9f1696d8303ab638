/** Boards and areas as y-indexeddb keeps them: the relay has all of it. */
const SHARED_COPY = /^rukun\.((?:board|area)\/[a-z0-9-]+)$/;
/** The app shell as workbox names it: without it nothing starts offline. */
const SHELL = '-precache-v2-';

/**
 * Deletes the copies on this device that can be fetched again: shared documents that are not open, and caches of earlier
 * service workers. Resolves with how many. The vault is not among them.
 */
export async function dropRefetchable(isInUse: (name: string) => boolean): Promise<number> {
  const [databases, caches] = await Promise.all([sharedCopies(isInUse), oldCaches()]);
  const dropped = await Promise.all([
    ...databases.map(deleteDatabase),
    ...caches.map((name) => globalThis.caches.delete(name)),
  ]);
  return dropped.filter(Boolean).length;
}

async function sharedCopies(isInUse: (name: string) => boolean): Promise<string[]> {
  const all = await indexedDB.databases();
  return all
    .map(({ name }) => name ?? '')
    .filter((name) => {
      const [, document] = SHARED_COPY.exec(name) ?? [];
      return document !== undefined && !isInUse(document);
    });
}

/** Plain http has no caches. */
async function oldCaches(): Promise<string[]> {
  if (!('caches' in globalThis)) return [];
  return (await globalThis.caches.keys()).filter((name) => !name.includes(SHELL));
}

/** False while another tab holds it; it goes when that one lets go. */
function deleteDatabase(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => {
      resolve(true);
    });
    for (const event of ['error', 'blocked']) {
      request.addEventListener(event, () => {
        resolve(false);
      });
    }
  });
}
