import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import {
  decodeRescueContents,
  decodeRescueFile,
  encodeRescueContents,
  encodeRescueFile,
  RESCUE,
  rescueSealedHead,
  type RescueContents,
  type RescueHead,
} from '@rukun/core/protocol';

const SEED = 20261122;

const contents: RescueContents = {
  person: 'p-officer',
  device: 'd1',
  writtenAt: 1_795_000_000_000,
  documents: [
    {
      document: 'household/siti',
      area: '',
      edits: [
        { at: 1_794_999_000_000, update: new Uint8Array([0, 0]) },
        { at: 1_794_999_060_001, update: new Uint8Array([1, 2, 3]) },
      ],
    },
    {
      document: 'household/new1',
      area: '7102990001000100',
      edits: [{ at: 0, update: new Uint8Array([9]) }],
    },
  ],
  refused: [
    {
      document: 'household/siti',
      path: 'answers/303',
      value: '5',
      standing: null,
      code: 'forbidden',
      at: 1_794_999_000_000,
    },
  ],
};

const head: RescueHead = {
  packing: 'gzip',
  rounds: 600_000,
  salt: Uint8Array.from({ length: 16 }, (_, index) => index),
  nonce: Uint8Array.from({ length: 12 }, (_, index) => 200 + index),
};
const sealed = new Uint8Array([7, 7, 7, 7]);

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

describe('a rescue file', () => {
  test('[RF1] reads back what it wrote', () => {
    expect(decodeRescueContents(encodeRescueContents(contents))).toEqual({ ok: true, value: contents });
    expect(decodeRescueFile(encodeRescueFile(head, sealed))).toEqual({ ok: true, value: { head, sealed } });
  });

  test('[RF2] has bytes that do not change without a new version', () => {
    expect(hex(encodeRescueFile(head, sealed))).toBe(
      '52554b554e524553018cb0b93601c0cf2410000102030405060708090a0b0c0d0e0f0cc8c9cacbcccdcecfd0d1d2d30407070707',
    );
    expect(hex(rescueSealedHead(head))).toBe(
      '52554b554e5245530101c0cf2410000102030405060708090a0b0c0d0e0f0cc8c9cacbcccdcecfd0d1d2d3',
    );
    const file = Buffer.from(encodeRescueFile(head, sealed));
    expect(file.readUInt32LE(9)).toBe(crc32(file.subarray(13)));
    expect(hex(encodeRescueContents(contents))).toBe(
      '0109702d6f66666963657202643180bcd9f29e34020e686f757365686f6c642f736974690002c0b79cf29e34020000a18ca0f29e34030102030e686f757365686f6c642f6e657731103731303239393030303130303031303001000109010e686f757365686f6c642f736974690b616e73776572732f33303303223522046e756c6c05c0b79cf29e34',
    );
  });

  test('[RF3] what is no rescue file, damaged, newer or too large is told apart', () => {
    const file = encodeRescueFile(head, sealed);
    const codeOf = (bytes: Uint8Array) => {
      const read = decodeRescueFile(bytes);
      return read.ok ? 'ok' : [read.failure.code, ...(read.failure.paths ?? [])].join(' ');
    };
    expect(codeOf(new Uint8Array())).toBe('malformed file');
    expect(codeOf(new TextEncoder().encode('PK some other file'))).toBe('malformed file');
    expect(codeOf(file.with(8, 2))).toBe('wrong-version');
    expect(codeOf(new Uint8Array(RESCUE.fileBytes + 1))).toBe('too-large');
    for (let length = 9; length < file.length; length++)
      expect(codeOf(file.subarray(0, length))).toBe('malformed checksum');
    for (let at = 9; at < file.length; at++)
      expect(codeOf(file.with(at, (file[at] ?? 0) ^ 1))).toBe('malformed checksum');
  });

  test('[RF3] a file that asks for too few or too many rounds is not gone along with', () => {
    for (const rounds of [1, 599_999, 10_000_001])
      expect(decodeRescueFile(encodeRescueFile({ ...head, rounds }, sealed)).ok).toBe(false);
  });

  test('[RF3] contents that were cut anywhere are malformed, and so is a byte too many', () => {
    const bytes = encodeRescueContents(contents);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeRescueContents(bytes.slice(0, length)).ok).toBe(false);
    expect(decodeRescueContents(Uint8Array.from([...bytes, 0])).ok).toBe(false);
    expect(decodeRescueContents(bytes.with(0, 2))).toMatchObject({ failure: { code: 'wrong-version' } });
  });

  test('[RF3] any bytes at all are read without a throw and in time that goes with their number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const file = decodeRescueFile(
          Uint8Array.from([...encodeRescueFile(head, sealed).slice(0, 9), ...bytes]),
        );
        expect(file.ok).toBe(false);
        expect(() => decodeRescueContents(Uint8Array.from([1, ...bytes]))).not.toThrow();
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test('[RF3] a file that only claims to hold much is turned away before anything is set aside for it', () => {
    const many = encodeRescueContents({ ...contents, documents: [], refused: [] });
    const claims = (count: readonly number[]) => Uint8Array.from([...many.slice(0, -2), ...count]);
    expect(decodeRescueContents(claims([0xff, 0xff, 0xff, 0x7f]))).toMatchObject({
      failure: { code: 'too-large' },
    });
    expect(decodeRescueContents(claims([0x90, 0x4e]))).toMatchObject({ failure: { code: 'malformed' } });
  });

  test('[RF3] names and areas that are none are malformed', () => {
    const [first] = contents.documents;
    if (!first) throw new Error('no document');
    for (const broken of [{ area: '71' }, { document: 'household/../x' as typeof first.document }]) {
      const bytes = encodeRescueContents({ ...contents, documents: [{ ...first, ...broken }] });
      expect(decodeRescueContents(bytes)).toMatchObject({ failure: { code: 'malformed' } });
    }
  });
});
