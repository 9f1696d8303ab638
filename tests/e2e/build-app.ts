import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the app once before the end-to-end tests, for production: they run what a relay would serve. */
export function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const built = spawnSync('npm', ['run', 'build', '-w', '@rukun/pwa'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (built.status !== 0) throw new Error('the app does not build');
}
