import {
  dateParts,
  daysInMonth,
  parsePartialDate,
  type LocalDate,
  type PartialDate,
} from '../foundation/dates.ts';

/** Kemendagri province codes, with the Papua provinces of 2022. Own knowledge (regsosek.md section 5). */
const PROVINCE_RANGES: readonly (readonly [number, number])[] = [
  [11, 21],
  [31, 36],
  [51, 53],
  [61, 65],
  [71, 76],
  [81, 82],
  [91, 97],
];

/** Added to the day of birth in the NIK of a woman. */
const FEMALE_DAY_OFFSET = 40;

/** Whether text is sixteen digits, the form of a NIK and of a family-card number. */
export function isSixteenDigits(text: string): boolean {
  return /^\d{16}$/.test(text);
}

/** Whether a NIK or family-card number begins with a known province code (that of first issue, not of today's home). */
export function hasKnownProvince(number: string): boolean {
  const province = Number(number.slice(0, 2));
  return PROVINCE_RANGES.some(([first, last]) => province >= first && province <= last);
}

function twoDigits(number: string, from: number): number {
  return Number(number.slice(from, from + 2));
}

function isDayOfYearlessMonth(day: number, month: number, year: number): boolean {
  const longest = Math.max(daysInMonth(1900 + year, month), daysInMonth(2000 + year, month));
  return day >= 1 && day <= longest;
}

/** The birth part of a NIK: digits 7-12, the day without the 40 added for women. */
export interface NikBirth {
  readonly day: number;
  readonly month: number;
  /** The last two digits of the year. */
  readonly year: number;
  readonly female: boolean;
}

/** Reads the birth part of a NIK of sixteen digits; null when it is no possible date. */
export function birthPartOfNik(nik: string): NikBirth | null {
  if (!isSixteenDigits(nik)) return null;
  const written = twoDigits(nik, 6);
  const female = written > FEMALE_DAY_OFFSET;
  const day = female ? written - FEMALE_DAY_OFFSET : written;
  const month = twoDigits(nik, 8);
  const year = twoDigits(nik, 10);
  return isDayOfYearlessMonth(day, month, year) ? { day, month, year, female } : null;
}

/**
 * The birth date a NIK tells, in the later of the two centuries in which it is not after the given day; so people of a
 * hundred and more come out a hundred years too young. Null when the birth part is no possible date. Only a proposal: a NIK keeps a wrong date even after the person's data are corrected.
 */
export function birthDateOfNik(nik: string, at: LocalDate): PartialDate | null {
  const birth = birthPartOfNik(nik);
  if (!birth) return null;
  for (const century of [2000, 1900]) {
    const year = century + birth.year;
    const date = parsePartialDate(
      `${year}-${String(birth.month).padStart(2, '0')}-${String(birth.day).padStart(2, '0')}`,
    );
    if (date !== null && date <= at) return date;
  }
  return null;
}

/** Whether the birth part of a NIK agrees with a birth date, as far as both are known. Sex is not compared. */
export function nikFitsBirth(birth: NikBirth, date: PartialDate): boolean {
  const { year, month, day } = dateParts(date);
  return (
    birth.year === year % 100 &&
    (month === null || month === birth.month) &&
    (day === null || day === birth.day)
  );
}

/** Whether the serial part (digits 13-16) of a NIK is possible. */
export function hasSerial(nik: string): boolean {
  return nik.slice(12, 16) !== '0000';
}

/** Whether digits 7-12 of a family-card number are a date, the day of recording. Some old numbers break this. */
export function hasRecordingDate(familyCard: string): boolean {
  return isDayOfYearlessMonth(twoDigits(familyCard, 6), twoDigits(familyCard, 8), twoDigits(familyCard, 10));
}
