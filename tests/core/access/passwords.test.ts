import { expect, test } from 'vitest';
import { passwordFaults } from '@rukun/core/access';

test.each([
  ['rumah-tangga', 'petugas1', []],
  ['rukun-tetangga', 'petugas1', ['common']],
  ['hujan di bulan juni', 'petugas1', []],
  ['sembilan9', 'petugas1', ['short']],
  ['sepuluhnya', 'petugas1', []],
  ['x'.repeat(64) + 'abcdef'.repeat(11), 'ani', ['long']],
  ['petugas1-petugas1', 'petugas1', ['user-name']],
  ['PETUGAS1 2022', 'petugas1', ['user-name']],
  ['petugas1 suka durian', 'petugas1', []],
  ['katasandi123', 'ani', ['common']],
  ['Kata-Sandi-123', 'ani', ['common']],
  ['1234567890', 'ani', ['common']],
  ['0987654321', 'ani', ['common']],
  ['qwertyuiop', 'ani', ['common']],
  ['aaaaaaaaaaaa', 'ani', ['common']],
  ['!!!!!!!!!!!!', 'ani', ['common']],
  ['', 'ani', ['short', 'common']],
])('password %j of %s: %j', (password, userName, faults) => {
  expect(passwordFaults(password, userName)).toEqual(faults);
});
