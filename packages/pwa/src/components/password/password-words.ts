import type { PasswordFault } from '@rukun/core/access';
import { textsOf } from '../../i18n/translate.ts';

const id = {
  'own.title': 'Buat kata sandi Anda',
  'own.lead':
    'Kata sandi yang Anda terima hanya untuk sekali masuk. Buat kata sandi sendiri yang hanya Anda yang tahu.',
  'own.save': 'Simpan dan masuk',
  'change.title': 'Ganti kata sandi',
  'change.lead': 'HP atau laptop lain yang memakai akun Anda harus masuk lagi. HP ini tetap masuk.',
  'change.current': 'Kata sandi sekarang',
  'change.save': 'Ganti kata sandi',
  'change.done': 'Kata sandi sudah diganti.',
  'change.wrong': 'Kata sandi sekarang tidak cocok.',
  'change.offline': 'Butuh internet. Kata sandi belum diganti; coba lagi saat ada sinyal.',
  new: 'Kata sandi baru',
  'new.advice': 'Beberapa kata yang mudah Anda ingat lebih baik daripada satu kata dengan angka.',
  busy: 'Menyimpan…',
  'rule.short': 'Paling sedikit 10 huruf atau angka',
  'rule.long': 'Paling banyak 128 huruf atau angka',
  'rule.user-name': 'Bukan nama pengguna Anda',
  'rule.common': 'Bukan kata sandi yang banyak dipakai orang',
  'rule.same': 'Bukan kata sandi yang lama',
  'rule.met': 'sudah',
  'rule.unmet': 'belum',
};

const en: typeof id = {
  'own.title': 'Make your own password',
  'own.lead': 'The password you were given is good for one sign-in only. Make one that only you know.',
  'own.save': 'Save and sign in',
  'change.title': 'Change the password',
  'change.lead': 'Other phones or laptops on your account have to sign in again. This one stays signed in.',
  'change.current': 'Present password',
  'change.save': 'Change the password',
  'change.done': 'The password is changed.',
  'change.wrong': 'That is not the present password.',
  'change.offline': 'This needs the internet. The password is not changed; try again with a connection.',
  new: 'New password',
  'new.advice': 'A few words you remember well are better than one word with digits.',
  busy: 'Saving…',
  'rule.short': 'At least 10 letters or digits',
  'rule.long': 'At most 128 letters or digits',
  'rule.user-name': 'Not your user name',
  'rule.common': 'Not a password many people use',
  'rule.same': 'Not the present password',
  'rule.met': 'met',
  'rule.unmet': 'not yet',
};

/** The words of everything about passwords; they come with the part that shows them. */
export const tp = textsOf({ id, en });

/** The rule a password breaks. */
export function ruleWords(fault: PasswordFault): string {
  return tp(`rule.${fault}`);
}
