import { existsSync } from 'node:fs';

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium to test with; undefined lets Playwright use its own. */
export const chromiumPath: string | undefined =
  process.env['RUKUN_CHROMIUM'] ?? SYSTEM_PATHS.find((path) => existsSync(path));

/** Chromium alone with the test: no sandbox (root), no traffic of its own. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
