import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Browser tests need Chromium. Debian as root: apt. Elsewhere: the build Playwright keeps for itself. */
const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`Chromium is needed for the browser tests and "${command} ${args.join(' ')}" failed.`);
    process.exit(1);
  }
}

if (!process.env['RUKUN_CHROMIUM'] && !SYSTEM_PATHS.some((path) => existsSync(path))) {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (isDebianRoot) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    const cli = createRequire(import.meta.resolve('../tests/package.json')).resolve('playwright/cli.js');
    run(process.execPath, [cli, 'install', 'chromium']);
  }
}
