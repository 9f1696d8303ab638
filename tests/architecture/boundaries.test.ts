import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'rukun-boundaries-'));
cpSync(join(ROOT, '.oxlintrc.json'), join(copy, '.oxlintrc.json'));
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
afterAll(() => rmSync(copy, { recursive: true }));

/** Lints one planted file under the project's own rules and returns what was said. */
function lint(path: string, code: string): string {
  const file = join(copy, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  const done = spawnSync(join(ROOT, 'node_modules/.bin/oxlint'), [path], { cwd: copy, encoding: 'utf8' });
  rmSync(file);
  return done.stdout;
}

const FORBIDDEN: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['packages/core/src/household/x.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['packages/core/src/sync/x.ts', "import 'hono';", 'no-restricted-imports'],
  ['packages/core/src/foundation/x.ts', "import '../household/index.ts';", 'no-restricted-imports'],
  ['packages/core/src/questionnaire/x.ts', "import '../household/index.ts';", 'no-restricted-imports'],
  ['packages/core/src/sync/x.ts', "import '../household/index.ts';", 'no-restricted-imports'],
  ['packages/core/src/protocol/x.ts', "import '../board/index.ts';", 'no-restricted-imports'],
  ['packages/pwa/src/screens/x.ts', "import '@rukun/relay';", 'no-restricted-imports'],
  ['packages/relay/src/rooms/x.ts', "import '@rukun/pwa/x';", 'no-restricted-imports'],
  ['packages/core/src/sync/x.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['packages/core/src/sync/x.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['packages/pwa/src/app/x.ts', "export const run = () => eval('1');", 'no-eval'],
  ['packages/pwa/src/app/x.ts', 'export const value: any = 1;', 'no-explicit-any'],
  ['packages/relay/src/rooms/x.ts', `${'\n// line'.repeat(401)}\nexport const x = 1;`, 'max-lines'],
];

describe('the gates can fail', () => {
  it.each(FORBIDDEN.map(([path, code, rule]) => [path, code.slice(-40), rule, code] as const))(
    '%s may not hold %j: %s',
    (path, _shown, rule, code) => {
      expect(lint(path, code)).toContain(rule);
    },
  );

  it('let a clean file pass', () => {
    expect(lint('packages/core/src/household/x.ts', 'export const clean = 1;')).not.toContain('x.ts');
  });
});
