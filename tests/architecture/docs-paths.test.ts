import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PATH_IN_TEXT = /(?:packages|tests|docs|scripts|bench)\/[\w./-]+\.(?:ts|md|json|css|html)/g;

const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('documentation names files that exist', () => {
  it.each(pages)('%s', (page) => {
    const named = readFileSync(join(ROOT, page), 'utf8').match(PATH_IN_TEXT) ?? [];
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
