import { textsOf } from '../../i18n/translate.ts';

const id = {
  title: 'Impor orang dan peran',
  lead: 'Satu berkas CSV dari lembar kerja. Diperiksa dahulu; tidak ada yang berubah sebelum Anda setuju.',
  columns: 'Kolom dalam berkas',
  'columns-lead':
    'Baris pertama berisi judul kolom. Pemisah koma atau titik koma, disimpan sebagai “CSV UTF-8”.',
  required: 'wajib',
  'column-userName': 'Untuk masuk. Kalau sudah ada, orangnya diperbarui, tidak digandakan. Jangan pakai NIK.',
  'column-name': 'Nama lengkap.',
  'column-role': 'Misalnya petugas, pengawas, koseka, administrator kabupaten.',
  'column-code':
    'Kode tercetak petugas (4) atau pengawas (3). Simpan sebagai teks agar 0101 tidak menjadi 101.',
  'column-area':
    'Koseka: kode kecamatan, 7 angka, wajib. Administrator: kode kabupaten, 4 angka, atau kosong. Lainnya kosong.',
  'column-state': '“aktif” atau “selesai”; kosong berarti tetap.',
  example: 'Unduh contoh berkas',
  choose: 'Pilih berkas CSV',
  checking: 'Memeriksa berkas…',
  result: 'Hasil pemeriksaan {file}',
  added: 'Orang baru',
  changed: 'Diperbarui',
  unchanged: 'Tidak berubah',
  faulty: 'Baris salah',
  bad: 'Tidak ada yang diimpor: {count} dari {rows} baris perlu diperbaiki. Perbaiki di lembar kerja, simpan, lalu pilih lagi.',
  'bad-more': 'Yang ditampilkan {count} kesalahan pertama; perbaiki, lalu periksa lagi.',
  line: 'Baris',
  column: 'Kolom',
  reason: 'Yang perlu diperbaiki',
  again: 'Pilih berkas lagi',
  nothing: 'Semua orang di berkas ini sudah sama dengan di pusat. Tidak ada yang perlu diimpor.',
  good: 'Semua {rows} baris benar.',
  'good-new':
    'Untuk {count} orang baru dibuat sandi sekali pakai. Sesudah impor, unduh atau cetak daftarnya: sandi hanya ditampilkan sekali.',
  apply: 'Impor sekarang',
  working: 'Membuat sandi {done} dari {of}…',
  writing: 'Mengimpor…',
  'stay-here': 'Jangan tutup halaman ini. Kalau terputus sebelum selesai, tidak ada yang berubah.',
  'call-off': 'Batalkan',
  'called-off': 'Impor dibatalkan; tidak ada yang berubah.',
  done: 'Impor selesai: {added} orang baru, {changed} diperbarui.',
  'slips-lead':
    'Sandi sekali pakai ini tidak disimpan di mana pun. Unduh atau cetak sekarang, lalu bagikan langsung kepada orangnya.',
  'slips-save': 'Unduh daftar sandi (CSV)',
  'slips-print': 'Cetak lembar sandi',
  'slips-file': 'sandi-sekali-pakai',
  'slip-password': 'Sandi sekali pakai',
  'slip-use': 'Saat pertama masuk Anda memilih sandi sendiri. Jangan tunjukkan kepada orang lain.',
  finish: 'Selesai',
  'finish-ask':
    'Daftar sandi belum diunduh atau dicetak. Kalau ditutup, sandi baru harus dibuat satu per satu.',
  'finish-anyway': 'Tetap tutup',
} as const;

const en: Record<keyof typeof id, string> = {
  title: 'Import people and roles',
  lead: 'One CSV file from a spreadsheet. It is checked first; nothing changes before you agree.',
  columns: 'Columns of the file',
  'columns-lead':
    'The first row has the column titles. Comma or semicolon between cells, saved as “CSV UTF-8”.',
  required: 'required',
  'column-userName': 'To sign in. Somebody who is there already is changed, not doubled. Never a NIK.',
  'column-name': 'Full name.',
  'column-role': 'For example field officer, supervisor, coordinator, regency administrator.',
  'column-code': 'Printed code of officers (4) or supervisors (3). Keep it as text, or 0101 becomes 101.',
  'column-area':
    'Coordinator: code of the kecamatan, 7 digits, required. Administrator: code of the regency, 4 digits, or empty. Others empty.',
  'column-state': '“active” or “ended”; empty: as it was.',
  example: 'Download an example',
  choose: 'Choose a CSV file',
  checking: 'Checking the file…',
  result: 'Check of {file}',
  added: 'New people',
  changed: 'Changed',
  unchanged: 'As they were',
  faulty: 'Bad rows',
  bad: 'Nothing was imported: {count} of {rows} rows have to be mended. Mend them in the spreadsheet, save, and choose the file again.',
  'bad-more': 'These are the first {count} faults; mend them and check again.',
  line: 'Row',
  column: 'Column',
  reason: 'What to mend',
  again: 'Choose another file',
  nothing: 'Everybody in this file is as they are at the centre already. There is nothing to import.',
  good: 'All {rows} rows are right.',
  'good-new':
    '{count} new people get a one-time password. Download or print the list after the import: they are shown only once.',
  apply: 'Import now',
  working: 'Making passwords, {done} of {of}…',
  writing: 'Importing…',
  'stay-here': 'Keep this page open. If it breaks off before the end, nothing has changed.',
  'call-off': 'Call off',
  'called-off': 'The import was called off; nothing has changed.',
  done: 'Imported: {added} new people, {changed} changed.',
  'slips-lead':
    'These one-time passwords are kept nowhere. Download or print them now, and give each to its owner directly.',
  'slips-save': 'Download the list (CSV)',
  'slips-print': 'Print the slips',
  'slips-file': 'one-time-passwords',
  'slip-password': 'One-time password',
  'slip-use': 'When you first sign in you choose a password of your own. Show this to nobody else.',
  finish: 'Done',
  'finish-ask':
    'The list of passwords was neither downloaded nor printed. Once it is closed, new ones have to be made one by one.',
  'finish-anyway': 'Close anyway',
};

/** Texts of the import; they are loaded with it. */
export const ti = textsOf({ id, en });
