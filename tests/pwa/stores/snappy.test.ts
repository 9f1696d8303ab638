import { expect, test } from 'vitest';
import { looseSnappy, snappy } from '../../support/snappy.ts';

/** Length 12; a literal `abc`; 6 bytes from 3 back (two-byte offset); a literal `xyz`. */
const PACKED = Uint8Array.of(12, 8, 97, 98, 99, 22, 3, 0, 8, 120, 121, 122);

test('what the check of a profile on disk unpacks is what was packed', () => {
  expect(snappy(PACKED).toString()).toBe('abcabcabcxyz');
});

test('packed bytes are read out of a longer run, and as far as they go out of a shorter one', () => {
  expect(looseSnappy(Uint8Array.of(...PACKED, 1, 2, 3))?.toString()).toBe('abcabcabcxyz');
  expect(looseSnappy(PACKED.subarray(0, 8))?.toString()).toBe('abcabcabc');
  expect(() => snappy(PACKED.subarray(0, 8))).toThrow('not packed by Snappy');
});
