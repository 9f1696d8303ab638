/**
 * Root of the map that holds the answers standing beside the current one: `other/<root>/<key>`, from
 * `<client>-<clock>` to `{ value, by, at }` or, once it no longer stands, false, both by the relay; by devices null, it was in view,
 * and true, that is taken back (docs/decisions/0001-heads-of-a-key.md).
 */
export const OTHER_PREFIX = 'other/';

/** The name of that root for one key. */
export function otherRoot(root: string, key: string): string {
  return `${OTHER_PREFIX}${root}/${key}`;
}

/** Root maps that say what was erased on lawful request, `erased/<id>`; only the relay writes them. */
export const ERASED_PREFIX = 'erased/';
