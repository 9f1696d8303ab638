import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ID = /\b[A-Z]{2}\d+\b/g;
/** One or more ids, each in brackets, right at the beginning of a text: a title, or the row of a table of titles. */
const IDS_OF_TITLE = /(?<=['"`])(?:\[[A-Z]{2}\d+\] )+/g;
const ID_IN_BRACKETS = /\[[A-Z]{2}\d+\]/g;
const NOT_RUN = /\.(?:skip|todo|only|fails)\b[^'"`;]*['"`](?:\[[A-Z]{2}\d+\] )/g;

const lines = readFileSync(join(ROOT, 'packages/core/src/sync/SPEC.md'), 'utf8').split('\n');
const rules = lines.filter((line) => /^[A-Z]{2}\d+ /.test(line)).map((line) => line.split(' ', 1)[0] ?? '');

const tests = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'tests', name), 'utf8') }));

/** The ids the titles of a file begin with. */
function idsOf(text: string): string[] {
  return (text.match(IDS_OF_TITLE) ?? []).flatMap((ids) => ids.match(ID) ?? []);
}

describe('SPEC.md of the sync engine and the titles of the tests', () => {
  it('has every rule shown by at least one test', () => {
    const shown = new Set(tests.flatMap(({ text }) => idsOf(text)));
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('knows every rule that a title names', () => {
    const known = new Set(rules);
    const unknown = tests.flatMap(({ name, text }) =>
      idsOf(text).flatMap((id) => (known.has(id) ? [] : [`${name}: ${id}`])),
    );
    expect(unknown).toEqual([]);
  });

  it('has one line for each id and one id in each line', () => {
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
    const elsewhere = lines.filter((line) => (line.replace(/^[A-Z]{2}\d+ /, '').match(ID) ?? []).length > 0);
    expect(elsewhere).toEqual([]);
  });

  it.each(tests.filter(({ text }) => text.search(ID_IN_BRACKETS) >= 0))(
    'ids stand where a title begins, and every such test runs: $name',
    ({ text }) => {
      expect(text.match(ID_IN_BRACKETS)?.length).toBe(idsOf(text).length);
      expect(text.match(NOT_RUN)).toBeNull();
    },
  );
});
