import { ROLES, type Role } from '../foundation/index.ts';

/** Longest printed code by role: 202k of officers, 204k of supervisors (REGSOSEK22-K block II); others have none. */
const CODE_LENGTH: Partial<Record<Role, number>> = { officer: 4, supervisor: 3 };

const USER_NAME = /^[a-z0-9][a-z0-9._@-]{2,63}$/;
const LOOKS_LIKE_NIK = /^\d{16}$/;

/** What is wrong with a field, with the same codes as in files. */
export type FieldFault = 'user-name-form' | 'user-name-nik' | 'name-form' | 'code-form' | 'code-role';

/** A user name as it is stored: without spaces around it, in lower case. */
export function normalizeUserName(text: string): string {
  return text.trim().toLowerCase();
}

/** A name as it is stored: NFC, single spaces. */
export function normalizeName(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/ +/g, ' ');
}

/** Null for a user name that may be given (normalized), else why not. */
export function faultOfUserName(userName: string): FieldFault | null {
  if (LOOKS_LIKE_NIK.test(userName)) return 'user-name-nik';
  return USER_NAME.test(userName) ? null : 'user-name-form';
}

/** Null for a name of a person (normalized), else why not. */
export function faultOfName(name: string): FieldFault | null {
  return name.length >= 2 && name.length <= 100 && !/[\p{Cc}\u2028\u2029]/u.test(name) ? null : 'name-form';
}

/** Null for a code this role may have; '' always is. */
export function faultOfCode(role: Role, code: string): FieldFault | null {
  if (code === '') return null;
  const longest = CODE_LENGTH[role];
  if (longest === undefined) return 'code-role';
  return code.length <= longest && /^[0-9A-Za-z]+$/.test(code) ? null : 'code-form';
}

/** The role a word stands for: its id, or its words of either language, with or without what stands in brackets. */
export function roleOfWord(text: string): Role | null {
  return WORDS.get(text.trim().toLowerCase().replaceAll(/\s+/g, ' ')) ?? null;
}

const WORDS: ReadonlyMap<string, Role> = new Map(
  (Object.keys(ROLES) as Role[]).flatMap((role) => {
    const words = [role, ROLES[role].id, ROLES[role].en].flatMap((word) => {
      const [before = '', inside] = word.toLowerCase().split(/ ?[()]/);
      return [word.toLowerCase(), before, ...(inside ? [inside] : [])];
    });
    return words.map((word) => [word, role] as const);
  }),
);
