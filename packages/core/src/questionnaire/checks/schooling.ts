import type { Answer } from '../definition.ts';
import type { Check } from '../subject.ts';

interface Level {
  readonly rank: number;
  /** Youngest plausible age, years. */
  readonly fromAge: number;
  /** Plausible codes of 414; null where no source says. */
  readonly grades: readonly string[] | null;
}

const primary: Level = { rank: 1, fromAge: 5, grades: ['1', '2', '3', '4', '5', '6', '8'] };
const junior: Level = { rank: 2, fromAge: 10, grades: ['1', '2', '3', '8'] };
const senior: Level = { rank: 3, fromAge: 13, grades: ['1', '2', '3', '8'] };
const vocational: Level = { rank: 3, fromAge: 13, grades: ['1', '2', '3', '4', '8'] };
const diploma: Level = { rank: 4, fromAge: 15, grades: ['1', '2', '3', '8'] };
const bachelor: Level = { rank: 5, fromAge: 15, grades: ['1', '2', '3', '4', '5', '8'] };
const professional: Level = { rank: 6, fromAge: 15, grades: null };
const master: Level = { rank: 6, fromAge: 20, grades: ['6', '8'] };
const doctorate: Level = { rank: 7, fromAge: 22, grades: ['7', '8'] };
const none: Level = { rank: 0, fromAge: 0, grades: null };

/**
 * The school levels of 413 and 415 by code. Ages and grades from rules 413-age and 414-max (own knowledge). A professional
 * degree and a master's share a rank, since a hard rule must not order what no source orders.
 */
const LEVELS: Readonly<Record<string, Level>> = {
  '01': primary,
  '02': primary,
  '03': primary,
  '04': primary,
  '05': primary,
  '06': junior,
  '07': junior,
  '08': junior,
  '09': junior,
  '10': junior,
  '11': senior,
  '12': senior,
  '13': senior,
  '14': senior,
  '15': vocational,
  '16': senior,
  '17': senior,
  '18': diploma,
  '19': bachelor,
  '20': professional,
  '21': master,
  '22': doctorate,
  '23': none,
};

function levelOf(code: Answer | undefined): Level | undefined {
  return typeof code === 'string' && Object.hasOwn(LEVELS, code) ? LEVELS[code] : undefined;
}

/** 413-age. */
export const ageForSchooling: Check<'age-for-schooling'> = ({ value, entity }) => {
  const level = levelOf(value);
  const age = entity.answer('407');
  return level === undefined || typeof age !== 'number' ? undefined : age >= level.fromAge;
};

/** 414-max. */
export const gradeForSchooling: Check<'grade-for-schooling'> = ({ value, entity }) => {
  const grades = levelOf(entity.answer('413'))?.grades;
  return typeof value !== 'string' || !grades ? undefined : grades.includes(value);
};

/** 415-413. */
export const certificateNotAboveSchooling: Check<'certificate-not-above-schooling'> = ({ value, entity }) => {
  const certificate = levelOf(value);
  const schooling = levelOf(entity.answer('413'));
  return certificate && schooling ? certificate.rank <= schooling.rank : undefined;
};

/** 415-8. */
export const certificateEqualsSchooling: Check<'certificate-equals-schooling'> = ({ value, entity }) => {
  const certificate = levelOf(value);
  const schooling = levelOf(entity.answer('413'));
  return certificate && schooling ? certificate.rank === schooling.rank : undefined;
};
