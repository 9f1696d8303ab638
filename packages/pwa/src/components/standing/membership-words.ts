import { textsOf } from '../../i18n/translate.ts';

const id = {
  why: 'Satu orang mengeluarkan {name}, orang lain mengisi datanya tanpa melihat itu. Keduanya disimpan sampai dipilih yang benar.',
  out: 'Dikeluarkan: {reason}',
  in: 'Tetap anggota',
  'by-out': 'dikeluarkan {who}',
  'by-in': 'diisi {who}',
  'choose-out': 'Keluarkan',
  'choose-in': 'Tetap anggota',
} as const;

const en: Readonly<Record<keyof typeof id, string>> = {
  why: 'One person took {name} out, another filled in answers without having seen that. Both are kept until the right one is chosen.',
  out: 'Taken out: {reason}',
  in: 'Still a member',
  'by-out': 'taken out by {who}',
  'by-in': 'filled in by {who}',
  'choose-out': 'Take out',
  'choose-in': 'Still a member',
};

/** The texts of a removal beside answers. */
export const tm = textsOf({ id, en });
