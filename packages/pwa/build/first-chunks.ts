/** What the bundler knows of a module. */
interface ModuleInfo {
  readonly importedIds: readonly string[];
}

/** The bundler, as far as it is asked here. */
interface Bundler {
  getModuleInfo(id: string): ModuleInfo | null;
}

/** A group of modules for the bundler: a name, or null for what does not belong to it. */
interface ChunkGroup {
  readonly name: (id: string, bundler: Bundler) => string | null;
  readonly debugName: string;
  readonly priority: number;
}

/**
 * Cuts the first load: what `entry` imports at once is one chunk (libraries one of their own, which an update of the app
 * leaves as it is), what `screen` needs besides is another, and the bundler decides on the rest. Left to itself it makes a chunk
 * for every way in which the first load is shared with what is loaded later: 28 of them, a tenth more to load.
 * `later`: modules that are loaded on demand although an index of core names them.
 */
export function firstChunks(entry: string, screen: string, later: RegExp): ChunkGroup[] {
  const closures = new Map<string, ReadonlySet<string>>();
  const isOf = (root: string, id: string, bundler: Bundler): boolean => {
    const closure = closures.get(root) ?? closureOf(root, later, bundler);
    closures.set(root, closure);
    return closure.has(id);
  };
  const isLibrary = (id: string): boolean => id.includes('/node_modules/');
  return [
    {
      name: (id, bundler) => (isLibrary(id) && isOf(entry, id, bundler) ? 'library' : null),
      debugName: 'library',
      priority: 3,
    },
    { name: (id, bundler) => (isOf(entry, id, bundler) ? 'app' : null), debugName: 'app', priority: 2 },
    { name: (id, bundler) => (isOf(screen, id, bundler) ? 'form' : null), debugName: 'form', priority: 1 },
  ];
}

/** A module and all it imports at once, directly or not. */
function closureOf(root: string, later: RegExp, bundler: Bundler): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id) || later.test(id)) return;
    seen.add(id);
    for (const imported of bundler.getModuleInfo(id)?.importedIds ?? []) visit(imported);
  };
  visit(root);
  return seen;
}
