/** What is read of a lockfile, version 3. */
export interface Lockfile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly license?: string;
        readonly integrity?: string;
        readonly hasInstallScript?: boolean;
        readonly link?: boolean;
      }
    >
  >;
}

/** Licences that ask for no more than naming, or for changed files of their own to stay open (MPL). */
const LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
]);

/** What is wrong with the packages a lockfile names, a sentence each. */
export function lockfileFaults({ packages }: Lockfile): string[] {
  const faults: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    const name =
      path.split('node_modules/')[1] === undefined ? '' : (path.split('node_modules/').at(-1) ?? '');
    if (name === '' || entry.link === true) continue;
    if (entry.hasInstallScript === true) faults.push(`${name} runs a script when it is installed`);
    if (entry.integrity === undefined) faults.push(`${name} has no checksum in the lockfile`);
    if (!LICENCES.has(entry.license ?? '')) faults.push(`${name} has the licence ${entry.license ?? 'none'}`);
  }
  return faults;
}
