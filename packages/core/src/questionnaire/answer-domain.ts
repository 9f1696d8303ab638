import { dateParts, parseLocalDate, parsePartialDate, parseYearMonth } from '../foundation/dates.ts';
import type { CompiledQuestion } from './compiled-form.ts';
import type { Answer, Question, QuestionKind, Text } from './definition.ts';
import type { EnumerationSettings } from './settings.ts';
import { splitSum } from './sum-code.ts';

/** What is wrong with a value taken by itself. */
interface DomainFault {
  readonly rule: 'value-kind' | 'value-option' | 'value-range' | 'value-form' | 'value-date' | 'value-sum';
  readonly message: Text;
}

type Judge = (compiled: CompiledQuestion, value: Answer, settings: EnumerationSettings) => DomainFault | null;

const wrongKind: DomainFault = {
  rule: 'value-kind',
  message: { id: 'Jenis isian tidak sesuai', en: 'Wrong kind of value' },
};
const noOption: DomainFault = {
  rule: 'value-option',
  message: { id: 'Kode tidak ada dalam daftar', en: 'Not one of the codes' },
};
const noDate: DomainFault = {
  rule: 'value-date',
  message: { id: 'Tanggal tidak ada', en: 'No such date' },
};
const noSum: DomainFault = {
  rule: 'value-sum',
  message: { id: 'Bukan jumlah dari kode yang ada', en: 'Not a sum of the codes' },
};
const wrongForm: DomainFault = {
  rule: 'value-form',
  message: { id: 'Panjang atau bentuk isian salah', en: 'Wrong length or form' },
};

function outOfRange(min: number, max: number): DomainFault {
  return {
    rule: 'value-range',
    message: { id: `Isian harus ${min} sampai ${max}`, en: `Must be from ${min} to ${max}` },
  };
}

/** The limits of an integer question under the settings. */
export function limitsOf(question: Question, settings: EnumerationSettings): { min: number; max: number } {
  const max = question.maxFrom === undefined ? question.max : settings[question.maxFrom];
  return { min: question.min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER };
}

const judgeInteger: Judge = ({ question }, value, settings) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongKind;
  const { min, max } = limitsOf(question, settings);
  return value < min || value > max ? outOfRange(min, max) : null;
};

const judgeText: Judge = ({ question, pattern }, value) => {
  if (typeof value !== 'string') return wrongKind;
  if (question.length !== undefined && value.length !== question.length) return wrongForm;
  if (question.maxLength !== undefined && value.length > question.maxLength) return wrongForm;
  return pattern !== null && !pattern.test(value) ? wrongForm : null;
};

const judgeCode: Judge = ({ codes }, value) => {
  if (typeof value !== 'string') return wrongKind;
  return codes.has(value) ? null : noOption;
};

/** A date may have unknown parts only where the form prints a code for them. The last year is that after fieldwork, as in 2022. */
const judgeDate: Judge = ({ question }, value, settings) => {
  if (typeof value !== 'string') return wrongKind;
  const { parts } = question;
  const date = parts?.day?.unknown === undefined ? parseLocalDate(value) : parsePartialDate(value);
  if (date === null) return noDate;
  if (!parts) return null;
  const last = Math.max(parts.year.max, Number(settings.fieldwork.to.slice(0, 4)) + 1);
  const { year } = dateParts(date);
  return year < parts.year.min || year > last ? outOfRange(parts.year.min, last) : null;
};

const judgePeriod: Judge = (_compiled, value) => {
  if (typeof value !== 'string') return wrongKind;
  return parseYearMonth(value) === null ? noDate : null;
};

const judgeSum: Judge = ({ question }, value) => {
  if (typeof value !== 'number') return wrongKind;
  return splitSum(question, value) === null ? noSum : null;
};

/** The form of these numbers is a rule of the form (403-len, 114-len), so only the kind is judged here. */
const judgeNumberText: Judge = (_compiled, value) => (typeof value === 'string' ? null : wrongKind);

const noAnswer: Judge = () => null;

const judges: Readonly<Record<QuestionKind, Judge>> = {
  text: judgeText,
  integer: judgeInteger,
  code: judgeCode,
  multicode: judgeSum,
  date: judgeDate,
  period: judgePeriod,
  nik: judgeNumberText,
  kk: judgeNumberText,
  phone: judgeText,
  gps: noAnswer,
  photo: noAnswer,
};

/** The first thing wrong with a value of a question taken by itself, or null. Always an error, never a warning. */
export const domainFault: Judge = (compiled, value, settings) =>
  judges[compiled.question.kind](compiled, value, settings);
