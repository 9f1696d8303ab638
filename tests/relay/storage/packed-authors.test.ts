import { expect, test } from 'vitest';
import { packAuthors, unpackAuthors } from '../../../packages/relay/src/storage/packed-authors.ts';
import type { AuthoredRow } from '../../../packages/relay/src/storage/records.ts';

const TIME = Date.parse('2026-11-22T09:00:00Z');

function row(seq: number, change: Partial<AuthoredRow> = {}): AuthoredRow {
  return {
    seq,
    source: 'device',
    person: 'pppppppppp',
    device: 'dddddddddd',
    deviceAt: TIME - 60_000,
    receivedAt: TIME + seq * 1000,
    marks: [{ client: 4_294_967_295, clock: 7, at: TIME - 60_000 }],
    structs: [{ client: 4_294_967_295, from: 7, to: 9 }],
    deleted: [{ client: 4_294_967_295, from: 5, to: 6 }],
    ...change,
  };
}

test.each<[string, AuthoredRow[]]>([
  ['none', []],
  ['rows of a device', [row(3), row(4), row(9)]],
  ['the relay’s own', [row(3, { source: 'relay', person: '', device: '', marks: [], structs: [] })]],
  ['an import of long ago', [row(1, { source: 'import', person: '', deviceAt: 0, receivedAt: 0 })]],
  ['clocks that went back', [row(5, { receivedAt: TIME }), row(6, { receivedAt: 5, deviceAt: TIME * 3 })]],
  [
    'large numbers',
    [row(2 ** 52, { receivedAt: TIME, structs: [{ client: 0, from: 2 ** 40, to: 2 ** 41 }] })],
  ],
])('%s come out as they went in', (_, rows) => {
  expect(unpackAuthors(packAuthors(rows))).toEqual(rows);
});

test('a row costs about 30 bytes', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(index * 3 + 1));
  expect(packAuthors(rows).byteLength).toBeLessThan(31_000);
});

test('damaged bytes are a fault, not other authors', () => {
  const packed = packAuthors([row(3), row(4)]);
  for (let length = 0; length < packed.byteLength; length++)
    expect(() => unpackAuthors(packed.subarray(0, length))).toThrow(Error);
  expect(() => unpackAuthors(Uint8Array.of(9, ...packed.subarray(1)))).toThrow(TypeError);
});
