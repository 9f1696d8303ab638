import type { ImportColumn } from './columns.ts';

/** Every reason a row of a file of people is not taken, in the words of whoever has to mend the file. */
export const IMPORT_REASONS = {
  'empty-file': { id: 'Berkas tidak berisi baris orang.', en: 'The file has no rows of people.' },
  'column-missing': {
    id: 'Kolom wajib ini tidak ada di baris judul.',
    en: 'This required column is missing from the header row.',
  },
  'column-unknown': {
    id: 'Baris judul memuat kolom yang tidak dikenal. Hapus kolom itu atau perbaiki judulnya.',
    en: 'The header row has a column that is not known. Remove it or mend its title.',
  },
  'column-twice': {
    id: 'Kolom ini ada dua kali di baris judul.',
    en: 'This column is in the header row twice.',
  },
  'not-utf-8': {
    id: 'Huruf di baris ini tidak terbaca. Simpan ulang sebagai “CSV UTF-8”.',
    en: 'The letters of this row cannot be read. Save the file again as “CSV UTF-8”.',
  },
  'broken-quotes': {
    id: 'Ada tanda kutip (") atau baris baru di dalam sel.',
    en: 'A quotation mark (") or a line break stands inside a cell.',
  },
  'open-quote': {
    id: 'Tanda kutip (") tidak ditutup, atau baris terlalu panjang. Baris sesudahnya tidak dibaca.',
    en: 'A quotation mark (") is never closed, or the row is too long. The rows after it were not read.',
  },
  'too-many-rows': {
    id: 'Terlalu banyak baris untuk satu berkas. Bagi menjadi beberapa berkas.',
    en: 'Too many rows for one file. Split it into several.',
  },
  'too-many-cells': {
    id: 'Baris ini punya lebih banyak sel daripada baris judul.',
    en: 'This row has more cells than the header row.',
  },
  missing: { id: 'Sel ini wajib diisi.', en: 'This cell must be filled in.' },
  'user-name-form': {
    id: 'Nama pengguna: 3–64 huruf kecil, angka, titik, garis, atau @, diawali huruf atau angka.',
    en: 'User name: 3-64 lower-case letters, digits, dots, dashes or @, beginning with a letter or digit.',
  },
  'user-name-nik': {
    id: 'Nama pengguna ini seperti NIK atau nomor KK. Pakai yang lain: nama pengguna terlihat orang lain.',
    en: 'This user name looks like an identity number. Use another: others see user names.',
  },
  'user-name-twice': {
    id: 'Nama pengguna ini sudah ada di baris yang lebih awal.',
    en: 'This user name is in an earlier row already.',
  },
  'name-form': {
    id: 'Nama: 2–100 huruf, tanpa baris baru.',
    en: 'Name: 2-100 characters, without line breaks.',
  },
  'role-unknown': {
    id: 'Peran tidak dikenal. Contoh: petugas, pengawas, koseka, administrator kabupaten.',
    en: 'This role is not known. Examples: field officer, supervisor, coordinator, regency administrator.',
  },
  'code-form': {
    id: 'Kode: petugas paling banyak 4, pengawas 3, huruf atau angka.',
    en: 'Code: letters or digits, at most 4 for officers and 3 for supervisors.',
  },
  'code-role': {
    id: 'Hanya petugas dan pengawas punya kode. Kosongkan sel ini.',
    en: 'Only officers and supervisors have a code. Empty this cell.',
  },
  'area-missing': {
    id: 'Koseka: isi kode kecamatannya, 7 angka. Tanpa itu ia tidak melihat apa pun.',
    en: 'Coordinators: fill in the code of their kecamatan, 7 digits. Without it they see nothing.',
  },
  'area-form': {
    id: 'Kode wilayah: koseka 7 angka (kecamatan), administrator 4 angka (kabupaten).',
    en: 'Area code: coordinators 7 digits (kecamatan), administrators 4 (regency).',
  },
  'area-role': {
    id: 'Hanya koseka dan administrator punya wilayah di sini. Kosongkan; wilayah petugas dan pengawas ada di papan kerja.',
    en: 'Only coordinators and administrators have an area here. Empty it; those of officers and supervisors are on the board.',
  },
  'state-unknown': {
    id: 'Keadaan: “aktif”, “selesai”, atau kosong.',
    en: 'State: “active”, “ended” or empty.',
  },
  'other-administrator': {
    id: 'Tugas administrator lain hanya bisa diakhiri atau diganti dari komputer pusat.',
    en: "Another administrator's office can be ended or changed on the computer of the centre only.",
  },
  'last-administrator': {
    id: 'Dengan baris ini tidak ada lagi administrator yang aktif.',
    en: 'With this row no active administrator would be left.',
  },
} as const satisfies Record<string, { readonly id: string; readonly en: string }>;

export type ImportReason = keyof typeof IMPORT_REASONS;

/** Whether unknown input is one of the reasons. */
export function isImportReason(input: unknown): input is ImportReason {
  return typeof input === 'string' && Object.hasOwn(IMPORT_REASONS, input);
}

/** One thing wrong in a file. Never holds what the file says: that is personal. */
export interface ImportFault {
  /** Row as a spreadsheet numbers it: the header is 1, empty rows count, a cell with line breaks is one row. */
  readonly line: number;
  /** Null: the row as a whole. */
  readonly column: ImportColumn | null;
  readonly reason: ImportReason;
}
