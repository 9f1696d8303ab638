import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { precacheManifest } from '../../../packages/pwa/build/precache-manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'rukun-dist-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('lists every file once; what has no hash in its name changes with its content', async () => {
  mkdirSync(join(folder, 'assets'));
  for (const name of [
    'index.html',
    'service-worker.js',
    'assets/index-DhZ9zO9m.js',
    'assets/index-DhZ9zO9m.js.map',
  ]) {
    writeFileSync(join(folder, name), name);
  }
  const before = await precacheManifest(folder);
  expect(before.map(({ url }) => url)).toEqual(['/assets/index-DhZ9zO9m.js', '/index.html']);
  expect(before[0]?.revision).toBeNull();
  writeFileSync(join(folder, 'index.html'), 'another');
  const after = await precacheManifest(folder);
  expect(after[0]).toEqual(before[0]);
  expect(after[1]?.revision).not.toBe(before[1]?.revision);
});
