import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the app once before the end-to-end tests: they run what a relay would serve. */
export function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const built = spawnSync('npm', ['run', 'build', '-w', '@rukun/pwa'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the app does not build');
}
