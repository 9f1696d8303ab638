import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const SOURCES = 'packages/relay/src';

const sources = readdirSync(join(root, SOURCES), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, SOURCES, name), 'utf8') }));

/** Every place that writes into the log, with what stands in its brackets. */
const calls = sources.flatMap(({ name, text }) =>
  [...text.matchAll(/\blog\.(?:info|error)\(([^;]*?)\);|reportFault\(([^;]*?)\)[;),]/gs)]
    .map((match) => ({ name, said: (match[1] ?? match[2] ?? '').replaceAll(/\s+/g, ' ').trim() }))
    .filter((call) => call.name !== 'monitoring/fault.ts'),
);
const eventOf = (said: string): string => /'([a-z-]+\.[a-z-]+)'/.exec(said)?.[1] ?? '';

describe('the log of the relay', () => {
  it('names every event by a fixed word that the operator finds explained', () => {
    const explained = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    expect(calls.length).toBeGreaterThan(8);
    for (const { name, said } of calls)
      expect(explained, `${name}: ${said}`).toContain(`\`${eventOf(said)}\``);
  });

  it('never holds the message of a fault, which may hold what people wrote', () => {
    for (const { name, said } of calls)
      expect(said, name).not.toMatch(/\.(message|stack|url|path)\b|String\(/);
  });

  it('is the only thing written to the terminal besides what a command answers', () => {
    const writers = sources.filter(({ text }) => /\bconsole\.|process\.std(out|err)/.test(text));
    expect(writers.map(({ name }) => name).filter((name) => !name.startsWith('cli/'))).toEqual([
      'context.ts',
    ]);
  });
});

describe('addresses', () => {
  it('ask for places, numbers, modes and states only: nothing a person could be looked up by', () => {
    const asked = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bquery\('([\w-]+)'\)/g)].map((match) => match[1]),
    );
    expect(new Set(asked)).toEqual(new Set(['path', 'before', 'mode', 'state']));
    const read = sources.filter(({ text }) => /searchParams|URLSearchParams|queries\(/.test(text));
    expect(read.map(({ name }) => name)).toEqual([]);
  });
});
