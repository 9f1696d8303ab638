import { textsOf } from '../../i18n/translate.ts';

const id = {
  'write.title': 'Berkas penyelamat',
  'write.what': '{families} keluarga dengan {edits} perubahan belum diterima pusat.',
  'write.why':
    'Berkas ini bisa dibawa ke perangkat lain bila HP rusak, penuh, atau lama tanpa sinyal. Isian di HP tetap ada dan tetap dikirim seperti biasa.',
  'write.nothing': 'Semua isian sudah diterima pusat. Berkas penyelamat tidak diperlukan.',
  'write.make': 'Buat berkas',
  'write.making': 'Mengunci berkas…',
  'write.made': 'Berkas siap, {size}. Simpan atau bagikan sekarang.',
  'write.save': 'Simpan ke HP',
  'write.share': 'Bagikan…',
  'write.after':
    'Periksa berkasnya di folder Unduhan. Untuk memakainya: masuk dengan akun Anda di perangkat lain, buka Sinkronisasi, pilih “Ambil dari berkas penyelamat”.',
  'write.handed': 'Berkas sudah diserahkan kepada HP.',
  'write.not-shared': 'Berkas belum dibagikan.',
  'write.too-large': 'Isian terlalu banyak untuk satu berkas. Cari sinyal dan kirim dahulu, lalu coba lagi.',
  'read.title': 'Ambil dari berkas penyelamat',
  'read.lead':
    'Hanya berkas yang dibuat dengan akun Anda sendiri. Akun lain, juga akun pengawas, tidak bisa mengambilnya.',
  'read.file': 'Berkas penyelamat',
  'read.open': 'Buka berkas',
  'read.opening': 'Membuka berkas…',
  'read.found': '{families} keluarga, {edits} perubahan',
  'read.written': 'Dibuat {at}',
  'read.this-device': 'di HP ini',
  'read.other-device': 'di perangkat lain',
  'read.take': 'Ambil ke perangkat ini',
  'read.taken': '{edits} perubahan diambil dan dikirim begitu ada sinyal.',
  'read.known': 'Semua perubahan dalam berkas ini sudah ada di perangkat ini. Tidak ada yang berubah.',
  'read.empty': 'Pilih berkasnya dahulu.',
  'key.label': 'Kata kunci berkas',
  'key.new':
    'Paling sedikit 10 huruf. Catat baik-baik: tanpa kata kunci ini tidak seorang pun bisa membuka berkasnya.',
  'key.old': 'Kata kunci yang dipilih ketika berkas dibuat.',
  'key.short': 'Kata kunci harus paling sedikit 10 huruf.',
  'no-crypto':
    'Halaman ini dibuka tanpa sambungan aman (http), jadi berkas tidak bisa dikunci. Berkas tanpa kunci tidak dibuat karena berisi data keluarga.',
  'problem.file': 'Ini bukan berkas penyelamat Rukun. Pilih berkas yang namanya berakhir .rukun.',
  'problem.damaged': 'Berkas rusak atau tidak lengkap. Salin lagi dari perangkat asalnya.',
  'problem.wrong-version': 'Berkas dibuat dengan versi Rukun yang lebih baru. Perbarui aplikasi ini dahulu.',
  'problem.too-large': 'Berkas terlalu besar untuk berkas penyelamat.',
  'problem.wrong-credentials': 'Kata kunci salah. Periksa huruf besar dan kecil, lalu coba lagi.',
  'problem.forbidden':
    'Berkas ini milik orang lain. Hanya pembuatnya yang bisa mengambilnya, dengan akunnya sendiri.',
  'problem.unread': 'Berkas tidak bisa dibaca. Pilih lagi berkasnya.',
  'problem.device':
    'Penyimpanan HP tidak bisa dibaca. Tutup aplikasi lalu buka lagi; jangan hapus data aplikasi.',
  'problem.full': 'Memori perangkat penuh; tidak ada yang diambil. Kosongkan ruang, lalu coba lagi.',
  'problem.nothing': 'Tidak ada yang berubah di perangkat ini.',
} as const;

const en: Readonly<Record<keyof typeof id, string>> = {
  'write.title': 'Rescue file',
  'write.what': '{families} families with {edits} changes have not reached the centre.',
  'write.why':
    'The file can be carried to another device if this phone breaks, is full or is long without signal. What is on the phone stays there and is sent as usual.',
  'write.nothing': 'Everything has reached the centre. No rescue file is needed.',
  'write.make': 'Make the file',
  'write.making': 'Locking the file…',
  'write.made': 'The file is ready, {size}. Save or share it now.',
  'write.save': 'Save to the phone',
  'write.share': 'Share…',
  'write.after':
    'Look for the file in Downloads. To use it: sign in with your account on another device, open Synchronisation, choose “Take over a rescue file”.',
  'write.handed': 'The file was handed to the phone.',
  'write.not-shared': 'The file was not shared.',
  'write.too-large': 'Too much for one file. Find a signal and send first, then try again.',
  'read.title': 'Take over a rescue file',
  'read.lead':
    'Only a file made with your own account. No other account can take it over, not even a supervisor’s.',
  'read.file': 'Rescue file',
  'read.open': 'Open the file',
  'read.opening': 'Opening the file…',
  'read.found': '{families} families, {edits} changes',
  'read.written': 'Made {at}',
  'read.this-device': 'on this device',
  'read.other-device': 'on another device',
  'read.take': 'Take over to this device',
  'read.taken': '{edits} changes taken over; they are sent as soon as there is a signal.',
  'read.known': 'All changes of this file are on this device already. Nothing changed.',
  'read.empty': 'Choose the file first.',
  'key.label': 'Passphrase of the file',
  'key.new': 'At least 10 characters. Write it down: without it nobody can open the file.',
  'key.old': 'The passphrase chosen when the file was made.',
  'key.short': 'The passphrase needs at least 10 characters.',
  'no-crypto':
    'This page was opened without a secure connection (http), so the file cannot be locked. No open file is made, since it holds data of families.',
  'problem.file': 'This is not a rescue file of Rukun. Choose the file whose name ends in .rukun.',
  'problem.damaged': 'The file is damaged or incomplete. Copy it again from where it was made.',
  'problem.wrong-version': 'The file was made by a newer version of Rukun. Update this app first.',
  'problem.too-large': 'The file is too large for a rescue file.',
  'problem.wrong-credentials': 'The passphrase is wrong. Mind capital letters, then try again.',
  'problem.forbidden':
    'This file belongs to somebody else. Only its maker can take it over, with the own account.',
  'problem.unread': 'The file cannot be read. Choose it again.',
  'problem.device':
    'The storage of the phone cannot be read. Close the app and open it again; do not delete its data.',
  'problem.full': 'The device is full; nothing was taken over. Free some space, then try again.',
  'problem.nothing': 'Nothing was changed on this device.',
};

/** The texts of the rescue file's dialogs. */
export const tr = textsOf({ id, en });

export type RescueKey = keyof typeof id;
