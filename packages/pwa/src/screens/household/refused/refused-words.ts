import { textsOf } from '../../../i18n/translate.ts';

const id = {
  title: 'Tidak diterima pusat',
  lead: 'Isian ini tidak masuk ke formulir di pusat, jadi juga tidak terlihat lagi di formulir ini. Isian Anda yang lain tidak terganggu.',
  unread: 'Daftarnya belum bisa dibaca dari penyimpanan HP. Tutup keluarga ini, lalu buka lagi.',
  yours: 'Isian Anda',
  now: 'Sekarang di formulir',
  'now-blank': 'kosong',
  'now-gone': 'pertanyaannya tidak ada lagi',
  'now-same': 'sudah sama dengan isian Anda',
  why: 'Sebabnya',
  'why-forbidden': 'Anda tidak berhak mengisi ini. Kalau seharusnya bisa, hubungi pengawas Anda.',
  'why-locked':
    'Saat isian ini sampai di pusat, status keluarga ini sudah berubah dan bagian ini terkunci. Tarik kembali keluarga ini atau minta dikembalikan, lalu isi lagi.',
  'why-too-long': 'Terlalu panjang: {count} huruf, paling banyak {max}. Pendekkan, lalu isi lagi.',
  'why-too-large': 'Terlalu besar untuk diterima pusat. Pendekkan, lalu isi lagi.',
  'why-unknown':
    'Pusat tidak mengenal isian seperti ini. Perbarui aplikasi, lalu isi lagi. Kalau tetap ditolak, hubungi pengawas Anda.',
  written: 'Ditulis {at}',
  'on-question': 'pada {question}',
  'on-record': 'untuk seluruh keluarga',
  'all-text': 'Tampilkan semuanya ({count} huruf)',
  refill: 'Isi lagi',
  'refill-of': 'Isi lagi: {what}',
  look: 'Ke pertanyaannya',
  'look-at': 'Ke tempatnya',
  copy: 'Salin',
  'copy-of': 'Salin: {what}',
  copied: 'Tersalin',
  'not-copied': 'Tidak bisa disalin di sini. Tahan jari pada teksnya, lalu salin.',
  'read-it': 'Sudah saya baca',
  'read-ask':
    'Daftar ini dihapus dari HP dan tidak bisa dibuka lagi. Isi lagi atau salin dahulu yang masih diperlukan.',
  'read-yes': 'Ya, hapus daftar ini',
  'read-failed': 'Penyimpanan HP sedang tidak bisa ditulis. Daftarnya masih ada; coba lagi.',
  'other-title': 'Data keluarga',
  'gone-member': 'anggota yang tidak ada di daftar',
  'kept-title': 'Pusat tidak menerima keluarga ini',
  'kept-means':
    'Semua isian yang belum terkirim tetap tersimpan di HP ini dan tetap terlihat di formulir, tetapi belum ada di pusat.',
  'kept-late':
    'Wilayah keluarga ini sudah lama berpindah ke petugas lain. Isian Anda sampai di pusat dan ditahan atas nama Anda; pengawas wilayah yang memutuskan. Di HP ini isiannya tetap tersimpan.',
  'kept-do': 'Yang harus dilakukan',
  'kept-tell': 'Beri tahu pengawas Anda: sebut nama keluarga ini dan sebabnya.',
  'kept-save':
    'Simpan berkas penyelamat, supaya isiannya tidak hanya ada di HP ini. Jangan hapus data aplikasi.',
  'kept-again': 'Setelah masalahnya selesai, ubah satu isian. Semuanya dikirim lagi.',
  'kept-read-only':
    'Setelah masalahnya selesai, tarik kembali keluarga ini atau minta pengawas mengembalikannya, lalu ubah satu isian.',
} as const;

const en: Readonly<Record<keyof typeof id, string>> = {
  title: 'Not taken by the centre',
  lead: 'This did not get into the form at the centre, so it is not in this form any more either. Everything else you wrote is untouched.',
  unread: 'The list cannot be read from this phone yet. Close this family and open it again.',
  yours: 'You wrote',
  now: 'Now in the form',
  'now-blank': 'blank',
  'now-gone': 'the question is not there any more',
  'now-same': 'the same as you wrote',
  why: 'Why',
  'why-forbidden': 'This is not yours to fill in. If you should be able to, ask your supervisor.',
  'why-locked':
    'When this reached the centre, the state of the family had changed and this part was locked. Withdraw the family or have it returned, then fill it in again.',
  'why-too-long': 'Too long: {count} characters, {max} at most. Shorten it and fill it in again.',
  'why-too-large': 'Too large for the centre. Shorten it and fill it in again.',
  'why-unknown':
    'The centre does not know such an answer. Update the app and fill it in again. If it is refused again, ask your supervisor.',
  written: 'Written {at}',
  'on-question': 'on {question}',
  'on-record': 'on the family as a whole',
  'all-text': 'Show all of it ({count} characters)',
  refill: 'Fill in again',
  'refill-of': 'Fill in again: {what}',
  look: 'Go to the question',
  'look-at': 'Go there',
  copy: 'Copy',
  'copy-of': 'Copy: {what}',
  copied: 'Copied',
  'not-copied': 'It cannot be copied here. Select the text and copy it by hand.',
  'read-it': 'I have read this',
  'read-ask':
    'This list is deleted from the phone and cannot be opened again. Fill in again or copy first what you still need.',
  'read-yes': 'Yes, delete this list',
  'read-failed': 'The phone cannot write at the moment. The list is still there; try again.',
  'other-title': 'Record of the family',
  'gone-member': 'a member who is not on the list',
  'kept-title': 'The centre does not take this family',
  'kept-means':
    'Everything that was not sent yet is stored on this phone and still shown in the form, but it is not at the centre.',
  'kept-late':
    'The area of this family went to another officer some time ago. What you wrote has reached the centre and is held there under your name; the supervisor of the area decides. On this phone it stays stored.',
  'kept-do': 'What to do',
  'kept-tell': 'Tell your supervisor: name this family and the reason.',
  'kept-save': 'Save a rescue file, so that it is not on this phone alone. Do not clear the data of the app.',
  'kept-again': 'Once the reason is gone, change one answer. All of it is sent again.',
  'kept-read-only':
    'Once the reason is gone, withdraw this family or have the supervisor return it, then change one answer.',
};

/** The texts of what the centre did not take. */
export const tn = textsOf({ id, en });
