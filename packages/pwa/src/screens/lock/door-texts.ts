import { textsOf } from '../../i18n/translate.ts';

const id = {
  'lock.by-device': 'Buka dengan kunci layar HP',
  'lock.denied': 'Kunci layar HP tidak membuka. Masukkan PIN.',
  'lock.failed':
    'Penyimpanan HP tidak dapat dibaca. Data tidak hilang. Tutup tab Rukun yang lain, lalu coba lagi.',
  'lock.forgot': 'Lupa PIN',
  'lock.full': 'Penyimpanan HP penuh. Hapus berkas lain, lalu coba lagi. Data tidak hilang.',
  'lock.last-used': 'Terakhir dibuka {when}',
  'lock.minutes': '{count} menit',
  'lock.opening': 'Membuka…',
  'lock.other': 'Orang lain masuk',
  'lock.seconds': '{count} detik',
  'lock.sign-in': 'Masuk dengan kata sandi',
  'lock.title': 'Masukkan PIN',
  'lock.used-up':
    'PIN ini tidak berlaku lagi karena terlalu sering salah. Isian di HP ini tidak hilang: masuk dengan kata sandi saat ada internet, lalu buat PIN baru.',
  'lock.wait': 'PIN salah. Tunggu {time} sebelum mencoba lagi. Sisa {left} kali.',
  'lock.who': 'Pilih nama Anda',
  'lock.wrong': 'PIN salah. Sisa {left} kali.',
  'no-crypto.lead':
    'Di alamat ini peramban tidak dapat mengunci data, jadi tidak ada data keluarga yang disimpan di HP ini. Buka Rukun dengan alamat yang diawali https://.',
  'no-crypto.title': 'Alamat ini tidak aman',
  'pin.again': 'Ulangi PIN yang sama',
  'pin.choose': 'Buat PIN 6 angka',
  'pin.count': '{count} dari {of} angka',
  'pin.delete': 'Hapus angka terakhir',
  'pin.differs': 'Kedua PIN tidak sama. Buat lagi dari awal.',
  'pin.easy': 'PIN ini mudah ditebak. Pilih angka yang lain.',
  'pin.not-stored': 'HP ini tidak dapat menyimpan PIN. Kosongkan penyimpanan, lalu coba lagi.',
  'pin.why-first': 'PIN menjaga data keluarga bila HP ini hilang.',
  'pin.why-forgotten': 'Isian di HP ini tetap ada. PIN lama tidak berlaku lagi.',
  'pin.why-older': 'Mulai versi ini data di HP dikunci dengan PIN, supaya aman bila HP hilang.',
  'sealing.lead':
    'Data lama di HP ini sedang dikunci. Bila aplikasi tertutup, pekerjaan ini dilanjutkan saat dibuka lagi.',
  'sealing.title': 'Mengunci data…',
  'shut-out.done':
    'Isian yang belum terkirim sudah diserahkan ke pusat untuk pengawas, dan semua data di HP ini sudah dihapus. Tutup aplikasi; hubungi pengawas Anda.',
  'shut-out.handing-in':
    'Isian yang belum terkirim sedang diserahkan ke pusat dalam keadaan terkunci. Jangan tutup aplikasi.',
  'shut-out.title': 'HP ini dicabut dari daftar',
  'shut-out.waiting':
    'Isian yang belum terkirim masih ada di HP ini dan diserahkan ke pusat begitu sambungan ada. Tidak ada yang hilang.',
};

export type DoorKey = keyof typeof id;

const en: Record<DoorKey, string> = {
  'lock.by-device': 'Open with the phone’s screen lock',
  'lock.denied': 'The phone’s screen lock did not open it. Enter the PIN.',
  'lock.failed':
    'The device’s storage cannot be read. No data is lost. Close other tabs of Rukun, then try again.',
  'lock.forgot': 'Forgot PIN',
  'lock.full': 'The device is full. Free some space, then try again. No data is lost.',
  'lock.last-used': 'Last opened {when}',
  'lock.minutes': '{count} minutes',
  'lock.opening': 'Opening…',
  'lock.other': 'Somebody else signs in',
  'lock.seconds': '{count} seconds',
  'lock.sign-in': 'Sign in with the password',
  'lock.title': 'Enter the PIN',
  'lock.used-up':
    'This PIN no longer works, it was wrong too often. What is on this device is not lost: sign in with the password while there is a connection, then choose a new PIN.',
  'lock.wait': 'Wrong PIN. Wait {time} before trying again. {left} tries left.',
  'lock.who': 'Choose your name',
  'lock.wrong': 'Wrong PIN. {left} tries left.',
  'no-crypto.lead':
    'At this address the browser cannot encrypt, so nothing about families is kept on this device. Open Rukun by an address that begins with https://.',
  'no-crypto.title': 'This address is not secure',
  'pin.again': 'Repeat the same PIN',
  'pin.choose': 'Choose a PIN of 6 digits',
  'pin.count': '{count} of {of} digits',
  'pin.delete': 'Delete the last digit',
  'pin.differs': 'The two PINs differ. Choose again from the start.',
  'pin.easy': 'This PIN is easily guessed. Choose other digits.',
  'pin.not-stored': 'This device cannot store the PIN. Free some space, then try again.',
  'pin.why-first': 'The PIN protects the families’ data if this device is lost.',
  'pin.why-forgotten': 'What is on this device is still there. The old PIN no longer works.',
  'pin.why-older':
    'From this version on data on the device is locked by a PIN, so that it is safe if the device is lost.',
  'sealing.lead':
    'Earlier data on this device is being encrypted. If the app is closed, this goes on when it is opened again.',
  'sealing.title': 'Encrypting…',
  'shut-out.done':
    'What was not sent yet is at the centre for the supervisor, and all data on this phone is gone. Close the app; ask your supervisor.',
  'shut-out.handing-in': 'What was not sent yet is being handed to the centre, sealed. Do not close the app.',
  'shut-out.title': 'This phone was shut out',
  'shut-out.waiting':
    'What was not sent yet is still on this phone and goes to the centre as soon as there is a connection. Nothing is lost.',
};

/** A text of the lock and of choosing a PIN. */
export const td = textsOf({ id, en });
