import { textsOf } from '../../i18n/translate.ts';

const id = {
  title: 'Isian tertahan',
  lead: 'Isian ini sampai di pusat setelah waktunya, jadi belum masuk ke formulir. Terima atas nama penulisnya, atau sisihkan. Yang disisihkan tetap tersimpan.',
  waiting: 'Menunggu',
  'set-aside': 'Disisihkan',
  loading: 'Mengambil dari pusat…',
  empty: 'Tidak ada isian yang menunggu keputusan.',
  'empty-aside': 'Tidak ada isian yang disisihkan.',
  family: 'Keluarga {head}',
  'family-unknown': 'Keluarga baru',
  'why-late': 'Wilayahnya sudah berpindah ke petugas lain, dan masa tenggangnya lewat.',
  'why-revoked': 'Diserahkan oleh HP yang aksesnya dicabut.',
  written: 'Ditulis {name}',
  received: 'sampai di pusat {at}',
  now: 'Sekarang di formulir: {words}',
  more: '{count} isian lagi',
  unreadable: 'Tidak bisa dibaca: {why}',
  take: 'Terima',
  'take-of': 'Terima isian {name} untuk {what}',
  aside: 'Sisihkan',
  'aside-of': 'Sisihkan isian {name} untuk {what}',
  reopen: 'Ambil lagi',
  taken:
    'Diterima atas nama {name}. Kalau petugas lain sudah mengisi yang berbeda, keduanya berdiri berdampingan di formulir.',
  asided: 'Disisihkan. Bisa diambil lagi di daftar Disisihkan.',
  reopened: 'Kembali menunggu keputusan.',
  failed: 'Belum bisa: {why}',
  gap: 'Bagian yang mendahuluinya belum ada di pusat. HP penulisnya harus mengirimnya dahulu.',
  locked:
    'Status keluarga ini tidak mengizinkannya. Batalkan dahulu persetujuannya atau kembalikan, lalu terima lagi.',
  'more-waiting': 'Masih ada lagi. Putuskan yang ini dahulu.',
  open: 'Buka keluarga',
} as const;

const en: Readonly<Record<keyof typeof id, string>> = {
  title: 'Held entries',
  lead: 'These reached the centre after their time, so they are not in the form yet. Take them in under their author’s name, or set them aside. What is set aside is kept.',
  waiting: 'Waiting',
  'set-aside': 'Set aside',
  loading: 'Fetching from the centre…',
  empty: 'Nothing waits for a decision.',
  'empty-aside': 'Nothing was set aside.',
  family: 'Family of {head}',
  'family-unknown': 'New family',
  'why-late': 'The area went to another officer, and the grace period is over.',
  'why-revoked': 'Handed in by a phone that was shut out.',
  written: 'Written by {name}',
  received: 'at the centre {at}',
  now: 'Now in the form: {words}',
  more: '{count} more entries',
  unreadable: 'Cannot be read: {why}',
  take: 'Take in',
  'take-of': 'Take in what {name} wrote for {what}',
  aside: 'Set aside',
  'aside-of': 'Set aside what {name} wrote for {what}',
  reopen: 'Take up again',
  taken:
    'Taken in under the name of {name}. Where another officer has answered differently, both stand side by side in the form.',
  asided: 'Set aside. It can be taken up again from the list of what was set aside.',
  reopened: 'It waits for a decision again.',
  failed: 'Not yet: {why}',
  gap: 'What came before it is not at the centre yet. The phone of its author has to send that first.',
  locked:
    'The state of this family does not allow it. Revoke the approval or return the family first, then take it in again.',
  'more-waiting': 'There are more. Decide these first.',
  open: 'Open the family',
};

/** The texts of what is held until somebody decides. */
export const tq = textsOf({ id, en });
