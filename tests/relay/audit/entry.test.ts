import { describe, expect, test } from 'vitest';
import { canonicalJson, toEntry } from '../../../packages/relay/src/audit/entry.ts';
import { packNumbers, unpackNumbers } from '../../../packages/relay/src/audit/packed-numbers.ts';

describe('an entry of the audit log', () => {
  test('holds no text that is not an id, a code or a path', () => {
    const entry = toEntry({
      kind: 'refused',
      person: 'p1',
      device: 'd1',
      subject: 'household/h1',
      code: 'forbidden',
      paths: ['answers/303', 'answers/SITI AMINAH', 'member/k3f1/403', `answers/${'x'.repeat(200)}`],
    });
    expect(canonicalJson(entry.details)).toBe('{"paths":["answers/303","?","member/k3f1/403","?"]}');
  });

  test('lists no more paths than a few, however many were refused', () => {
    const paths = Array.from({ length: 5000 }, (_, index) => `answers/${index}`);
    const refused = { person: 'p', device: 'd', subject: 'household/h1', code: 'forbidden' } as const;
    const { details } = toEntry({ kind: 'refused', ...refused, paths });
    expect(canonicalJson(details).length).toBeLessThan(400);
  });

  test('is written in one way only', () => {
    expect(canonicalJson({ b: 1, a: 'x' })).toBe(canonicalJson({ a: 'x', b: 1 }));
  });

  test('packs which documents, a byte each where they were first read together', () => {
    const numbers = Array.from({ length: 250 }, (_, index) => 70_000 + index);
    expect(packNumbers(numbers).byteLength).toBeLessThan(260);
    expect(unpackNumbers(packNumbers([9, 3, 70_000]))).toEqual([9, 3, 70_000]);
    expect(unpackNumbers(packNumbers([]))).toEqual([]);
  });
});
