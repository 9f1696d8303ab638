import { ROLES, type Role } from '../foundation/index.ts';

/** Longest printed code by role: 202k of officers, 204k of supervisors (REGSOSEK22-K block II); others have none. */
const CODE_LENGTH: Partial<Record<Role, number>> = { officer: 4, supervisor: 3 };

/** Digits of the area an office covers: a kecamatan, a regency (Badan Pusat Statistik: province 2, regency 4, kecamatan 7). */
const AREA_DIGITS: Partial<Record<Role, number>> = { coordinator: 7, administrator: 4 };

const USER_NAME = /^[a-z0-9][a-z0-9._@-]{2,63}$/;
const LOOKS_LIKE_NIK = /^\d{16}$/;

/** What is wrong with a field, with the same codes as in files. */
export type FieldFault =
  | 'user-name-form'
  | 'user-name-nik'
  | 'name-form'
  | 'code-form'
  | 'code-role'
  | 'area-missing'
  | 'area-form'
  | 'area-role';

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

/**
 * Null for an area this role may cover. A coordinator has one kecamatan; an administrator without an area has the whole relay; the
 * areas of others are on the board.
 */
export function faultOfArea(role: Role, area: string): FieldFault | null {
  if (area === '') return role === 'coordinator' ? 'area-missing' : null;
  const digits = AREA_DIGITS[role];
  if (digits === undefined) return 'area-role';
  return area.length === digits && /^\d+$/.test(area) ? null : 'area-form';
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
