import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisoryFaults, expired, readReport, type Accepted } from './dependencies/advisories.ts';
import { lockfileFaults, type Lockfile } from './dependencies/lockfile.ts';

/**
 * Looks at what is installed: no install scripts, checksums for everything, licences of the list, and no severe weakness the
 * registry knows of. Where no registry answers within seconds, or it knows of none, that is said and the rest still counts.
 */
const root = join(import.meta.dirname, '..');
const ANSWER_MS = 8000;

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const accepted = read('scripts/dependencies/accepted-advisories.json') as readonly Accepted[];
const today = new Date().toISOString().slice(0, 10);

const faults = lockfileFaults(read('package-lock.json') as Lockfile);
const flags = ['--omit=optional', '--json', '--fetch-retries=0', `--fetch-timeout=${ANSWER_MS}`];
const audit = spawnSync('npm', ['audit', ...flags], {
  cwd: root,
  encoding: 'utf8',
  timeout: ANSWER_MS + 1000,
  killSignal: 'SIGKILL',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
const advisories = readReport(audit.stdout ?? '');
if (advisories === null)
  console.log('The registry tells nothing about weaknesses; looked at the lockfile only.');
faults.push(
  ...(advisories === null ? expired(accepted, today) : advisoryFaults(advisories, accepted, today)),
);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
