/** What is said before the app is open: at the lock, while a PIN is chosen. */
export const doorId = {
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
} as const;
