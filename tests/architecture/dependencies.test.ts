import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { advisoryFaults, expired, readReport } from '../../scripts/dependencies/advisories.ts';
import { lockfileFaults, type Lockfile } from '../../scripts/dependencies/lockfile.ts';

const SOUND = { license: 'MIT', integrity: 'sha512-x' };
const TODAY = '2026-11-22';

describe('the lockfile', () => {
  it('of the project is sound', () => {
    const path = join(import.meta.dirname, '../../package-lock.json');
    const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
    expect(lockfileFaults(lockfile)).toEqual([]);
  });

  it.each([
    ['runs a script when it is installed', { ...SOUND, hasInstallScript: true }],
    ['has no checksum', { license: 'MIT' }],
    ['has the licence GPL-3.0', { ...SOUND, license: 'GPL-3.0' }],
    ['has the licence none', { integrity: 'sha512-x' }],
  ])('with a package that %s is not', (said, entry) => {
    const packages = {
      '': {},
      'packages/core': {},
      'node_modules/a': SOUND,
      'node_modules/a/node_modules/@b/c': entry,
    };
    expect(lockfileFaults({ packages })).toEqual([expect.stringContaining(`@b/c ${said}`)]);
  });
});

describe('what the registry says', () => {
  const url = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc';
  const report = (severity: string) =>
    JSON.stringify({
      vulnerabilities: {
        low: { via: [{ url, name: 'low', severity, title: 'Reads too far' }] },
        above: { via: ['low'] },
      },
    });
  const ACCEPTED = { id: 'GHSA-aaaa-bbbb-cccc', package: 'low', reason: 'not reached', until: '2026-12-01' };

  it.each(['high', 'critical'])('a %s weakness is a fault, once', (severity) => {
    const advisories = readReport(report(severity)) ?? [];
    expect(advisoryFaults(advisories, [], TODAY)).toEqual([
      `low: Reads too far (${severity}, GHSA-aaaa-bbbb-cccc)`,
    ]);
  });

  it.each(['moderate', 'low', 'info'])('a %s one is not', (severity) => {
    expect(advisoryFaults(readReport(report(severity)) ?? [], [], TODAY)).toEqual([]);
  });

  it('one that is accepted is none until its day, and a fault of its own afterwards', () => {
    const advisories = readReport(report('high')) ?? [];
    expect(advisoryFaults(advisories, [ACCEPTED], TODAY)).toEqual([]);
    expect(advisoryFaults(advisories, [{ ...ACCEPTED, package: 'other' }], TODAY)).toHaveLength(1);
    expect(advisoryFaults(advisories, [ACCEPTED], '2026-12-02')).toHaveLength(2);
    expect(expired([ACCEPTED], '2026-12-02')).toEqual([
      'low: GHSA-aaaa-bbbb-cccc was accepted until 2026-12-01 only',
    ]);
  });

  it.each(['', 'npm error', '{"message":"405 Method Not Allowed"}', '[]'])('%j is no report', (text) => {
    expect(readReport(text)).toBeNull();
  });
});
