/** `npm run bench`: installs the peers if they are not there yet (they run no install scripts), then measures. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = join(import.meta.dirname, 'node_modules/.installed');
const lock = createHash('sha256')
  .update(readFileSync(join(import.meta.dirname, 'package-lock.json')))
  .digest('hex');
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
  execFileSync('npm', ['ci', '--prefix', import.meta.dirname], { stdio: 'inherit' });
  writeFileSync(STAMP, lock);
}
const { runSuite } = await import('./suite.ts');
await runSuite(process.argv.slice(2));
process.exit();
