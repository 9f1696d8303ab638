import { textsOf } from '../../i18n/translate.ts';

const id = {
  title: 'Keamanan HP ini',
  idle: 'Kunci sendiri setelah tidak dipakai',
  minutes: '{count} menit',
  'not-stored': 'HP ini tidak dapat menyimpan pilihan itu. Coba lagi.',
  change: 'Ganti PIN',
  before: 'PIN yang sekarang',
  after: 'PIN baru, 6 angka',
  again: 'Ulangi PIN baru',
  changed: 'PIN sudah diganti.',
  'device-add': 'Buka juga dengan sidik jari atau kunci layar HP',
  'device-drop': 'Jangan buka lagi dengan kunci layar HP',
  'device-added': 'Kunci layar HP kini juga membuka Rukun.',
  'device-dropped': 'Hanya PIN yang membuka Rukun.',
  'device-denied': 'HP ini tidak dapat menyimpan kunci untuk Rukun. PIN tetap berlaku.',
};

const en: Record<keyof typeof id, string> = {
  title: 'Security of this device',
  idle: 'Lock by itself when not used for',
  minutes: '{count} minutes',
  'not-stored': 'This device cannot store that choice. Try again.',
  change: 'Change the PIN',
  before: 'The PIN as it is now',
  after: 'New PIN, 6 digits',
  again: 'Repeat the new PIN',
  changed: 'The PIN has been changed.',
  'device-add': 'Open by fingerprint or the phone’s screen lock as well',
  'device-drop': 'No longer open by the phone’s screen lock',
  'device-added': 'The phone’s screen lock now opens Rukun as well.',
  'device-dropped': 'Only the PIN opens Rukun.',
  'device-denied': 'This phone cannot keep a key for Rukun. The PIN still works.',
};

/** A text of these settings. */
export const ts = textsOf({ id, en });
export type SecurityKey = keyof typeof id;
