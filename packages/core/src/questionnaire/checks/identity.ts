import { parsePartialDate } from '../../foundation/dates.ts';
import {
  birthPartOfNik,
  hasKnownProvince,
  hasRecordingDate,
  hasSerial,
  isSixteenDigits,
  nikFitsBirth,
} from '../identity-numbers.ts';
import { isPlausiblePhone } from '../phone-number.ts';
import type { Check, Subject } from '../subject.ts';

/** The number, if it is one of sixteen digits and no special value of the settings. */
function numberOf({ value, household }: Subject): string | undefined {
  if (typeof value !== 'string' || !isSixteenDigits(value)) return undefined;
  return household.settings.specialNiks.includes(value) ? undefined : value;
}

/** 114-len, 403-len. */
export const digits: Check<'digits'> = ({ value }, call) =>
  value === undefined ? undefined : String(value).length === call.length && /^\d+$/.test(String(value));

/** 403-dup: broken at every member who shares the number. */
export const nikUniqueInFamily: Check<'nik-unique-in-family'> = (subject) => {
  const nik = numberOf(subject);
  return nik === undefined ? undefined : subject.household.tally('403').get(nik) === 1;
};

/** 403-dupall. Open when the caller cannot tell. */
export const nikUnusedElsewhere: Check<'nik-unused-elsewhere'> = (subject) => {
  const nik = numberOf(subject);
  const used = subject.household.surroundings.nikUsedElsewhere;
  return nik === undefined || used === undefined ? undefined : !used(nik);
};

/** 403-birth: the known parts of the birth date; which century cannot be compared. */
export const nikFitsBirthDate: Check<'nik-fits-birth'> = (subject, call) => {
  const nik = numberOf(subject);
  const part = nik === undefined ? null : birthPartOfNik(nik);
  const answer = subject.entity.answer(call.birth);
  const birth = typeof answer === 'string' ? parsePartialDate(answer) : null;
  return part === null || birth === null ? undefined : nikFitsBirth(part, birth);
};

/** 403-sex. */
export const nikFitsSex: Check<'nik-fits-sex'> = (subject, call) => {
  const nik = numberOf(subject);
  const part = nik === undefined ? null : birthPartOfNik(nik);
  const sex = subject.entity.answer(call.sex);
  return part === null || sex === undefined ? undefined : part.female === (sex === '2');
};

/** Digits 7-12 of the NIK (regsosek.md section 5). */
export const nikDate: Check<'nik-date'> = (subject) => {
  const nik = numberOf(subject);
  return nik === undefined ? undefined : birthPartOfNik(nik) !== null;
};

/** Digits 13-16 of the NIK (regsosek.md section 5). */
export const nikSerial: Check<'nik-serial'> = (subject) => {
  const nik = numberOf(subject);
  return nik === undefined ? undefined : hasSerial(nik);
};

/** Digits 7-12 of the family-card number (regsosek.md section 5). */
export const kkDate: Check<'kk-date'> = (subject) => {
  const number = numberOf(subject);
  return number === undefined ? undefined : hasRecordingDate(number);
};

/** Digits 1-2 of a NIK or family-card number (regsosek.md section 5). */
export const numberProvince: Check<'number-province'> = (subject) => {
  const number = numberOf(subject);
  return number === undefined ? undefined : hasKnownProvince(number);
};

/** Respondent's phone (regsosek.md section 5). */
export const phoneForm: Check<'phone-form'> = ({ value }) =>
  typeof value === 'string' ? isPlausiblePhone(value) : undefined;
