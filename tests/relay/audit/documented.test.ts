import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUDIT_EVENTS } from '../../../packages/relay/src/audit/events.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');

/** The rows of the table of kinds, without the padding. */
const ROWS = new Set(PAGE.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim()));

test.each(Object.entries(AUDIT_EVENTS))('operators find what %s means', (kind, { means, throttled }) => {
  expect(ROWS).toContain(`| \`${kind}\` | ${means}${throttled ? ' †' : ''} |`);
});
