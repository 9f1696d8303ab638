import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completeLedger, readLedger } from '../../../packages/relay/src/erasure/ledger-file.ts';
import type { ErasureReader, NumberedErasure } from '../../../packages/relay/src/storage/erasures.ts';
import { emptyFolder } from './family-under-test.ts';

const erasure = (number: number): NumberedErasure => ({
  number,
  id: `e${number}`,
  document: 'household/abc',
  area: '7102990001000100',
  member: number % 2 === 0 ? null : 'k1',
  fields: ['answers/108'],
  isAnswered: true,
  at: number,
  request: `S-${number}`,
  by: 'admin',
});

function ledgerOf(count: number): ErasureReader {
  const all = Array.from({ length: count }, (_, index) => erasure(index + 1));
  return {
    after: (number, most) => all.slice(number, number + most),
    last: () => count,
    concerns: () => true,
    has: () => true,
  };
}

/** What a file holds of them: numbers are each storage's own. */
const withoutNumber = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const { id, document, area, member, fields, isAnswered, at, request, by } = erasure(index + 1);
    return { id, document, area, member, fields, isAnswered, at, request, by };
  });

test('[ER9] the ledger file comes up to the ledger, also where a crash cut its last line off, and nothing is in it twice', () => {
  const file = join(emptyFolder(), 'erasures.ndjson');
  expect(readLedger(file)).toEqual([]);
  completeLedger(file, ledgerOf(0));
  completeLedger(file, ledgerOf(1200));
  expect(readLedger(file)).toEqual(withoutNumber(1200));
  completeLedger(file, ledgerOf(1200));
  const whole = readFileSync(file, 'utf8');
  for (const cut of [1, 20, whole.length - whole.lastIndexOf('{')]) {
    writeFileSync(file, whole.slice(0, -cut));
    expect(readLedger(file)).toEqual(withoutNumber(1199));
    completeLedger(file, ledgerOf(1200));
    expect(readFileSync(file, 'utf8')).toBe(whole);
  }
});

test('[ER9] a damaged ledger is said, and nothing is restored without it', () => {
  const file = join(emptyFolder(), 'erasures.ndjson');
  completeLedger(file, ledgerOf(3));
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const damaged of [
    '{}',
    'x',
    '[]',
    lines[1]?.replace('"k1"', '3').replace('null', '3') ?? '',
    lines[1]?.replace('household/', '') ?? '',
  ]) {
    writeFileSync(file, [lines[0], damaged, lines[2], ''].join('\n'));
    expect(() => readLedger(file), damaged).toThrow('line 2');
  }
});
