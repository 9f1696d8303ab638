/**
 * Root of the map that holds the answers standing beside the current one: `other/<root>/<key>`, from
 * `<client>-<clock>` to `{ value, by, at }`, null once settled, true to be put back (DESIGN.md section 3, P2).
 */
export const OTHER_PREFIX = 'other/';

/** The name of that root for one key. */
export function otherRoot(root: string, key: string): string {
  return `${OTHER_PREFIX}${root}/${key}`;
}
