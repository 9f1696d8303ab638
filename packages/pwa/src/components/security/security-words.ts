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
};

/** A text of these settings. */
export const ts = textsOf({ id, en });
export type SecurityKey = keyof typeof id;
