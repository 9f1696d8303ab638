/** What a password is measured by, each with the reason it may not be taken. */
export type PasswordFault = 'short' | 'long' | 'user-name' | 'common' | 'same';

export const PASSWORD_LENGTH = { least: 10, most: 128 } as const;

/** What is left of a password without the user name has to be at least so long. */
const LEAST_BESIDE_NAME = 6;

/**
 * The commonest passwords of at least {@link PASSWORD_LENGTH} characters, of published breaches and of this field, as
 * letters and digits in lower case. Short ones are caught by their length.
 */
const COMMON: ReadonlySet<string> = new Set(
  `1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5 qazwsxedcrfv zaq12wsxcde3 password12 password123 password1234 passw0rd123
  p4ssw0rd123 passwordku passwordku123 mypassword iloveyou12 iloveyou123 iloveyou1234 welcome123 welcome1234 letmein123
  admin12345 admin123456 administrator administrator1 superadmin superadmin123 changeme123 default123 qwerty12345
  qwerty123456 qwerty1234 asdfgh12345 football123 liverpool123 manchester naruto12345 doraemon123 indonesia1
  indonesia123 indonesia45 indonesiaku indonesiaraya merdeka1945 garuda12345 jakarta123 bandung123 surabaya123
  bismillah1 bismillah123 bismillahirrahmanirrahim alhamdulillah alhamdulillah1 astaghfirullah assalamualaikum
  muhammad123 sayangku123 sayangkamu sayangmama sayangibu1 cintaku123 akucintakamu rahasia123 rahasiaku1 rahasiaku123
  katasandi1 katasandi123 katasandiku sandisandi petugas123 petugas1234 petugas2022 pengawas123 pengawas1234
  regsosek22 regsosek2022 regsosek123 sensus2020 sensus12345 enumerator rukuntetangga rukunwarga bpsbpsbps1`.split(
    /\s+/,
  ),
);

/** Runs along the keyboard, the alphabet and the digits. */
const RUNS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** Every rule once. No rule asks for kinds of characters (NIST SP 800-63B, 5.1.1.2). */
const RULES: readonly {
  readonly fault: PasswordFault;
  isBroken(password: string, userName: string): boolean;
}[] = [
  { fault: 'short', isBroken: (password) => Array.from(password).length < PASSWORD_LENGTH.least },
  { fault: 'long', isBroken: (password) => password.length > PASSWORD_LENGTH.most },
  {
    fault: 'user-name',
    isBroken: (password, userName) =>
      userName !== '' &&
      plain(password).includes(plain(userName)) &&
      plain(password).replaceAll(plain(userName), '').length < LEAST_BESIDE_NAME,
  },
  { fault: 'common', isBroken: (password) => isCommon(plain(password)) },
];

/** What is wrong with a password somebody wants, the most telling first; empty if it may be taken. */
export function passwordFaults(password: string, userName: string): PasswordFault[] {
  return RULES.filter((rule) => rule.isBroken(password, userName)).map(({ fault }) => fault);
}

function isCommon(password: string): boolean {
  if (COMMON.has(password) || new Set(password).size < 4) return true;
  const reversed = Array.from(password).toReversed().join('');
  return RUNS.some((run) => run.includes(password) || run.includes(reversed));
}

/** Without case and what is between letters and digits. */
function plain(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? text : letters;
}
