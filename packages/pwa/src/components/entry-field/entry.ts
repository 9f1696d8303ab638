import { partialDateFromDigits, yearMonthFromDigits } from '@rukun/core/foundation';
import { normalisePhone, type Answer, type Question, type QuestionKind } from '@rukun/core/questionnaire';

/** What a typed text amounts to. `full`: no longer text could follow, so the entry may move on. */
export type Entry =
  | { readonly state: 'empty' }
  | { readonly state: 'unfinished'; readonly digits: number; readonly of: number }
  | { readonly state: 'impossible' }
  | { readonly state: 'value'; readonly value: Answer; readonly full: boolean };

/** How many digits an entry of a kind has; null where the length is free. */
const DIGITS: Partial<Record<QuestionKind, number>> = { date: 8, period: 6, nik: 16, kk: 16 };

/** The digits a question waits for, or null. */
export function digitsOf(question: Question): number | null {
  return DIGITS[question.kind] ?? null;
}

/** Whether only digits are typed. */
export function isNumeric(question: Question): boolean {
  return question.kind !== 'text';
}

/** The text as it may stand in the field: digits only where digits are asked, and not too long. */
export function clean(question: Question, text: string): string {
  if (question.kind === 'text') return text.slice(0, question.maxLength ?? question.length ?? 500);
  if (question.kind === 'phone')
    return text.replaceAll(/[^\d+ ().-]/g, '').slice(0, question.maxLength ?? 16);
  const digits = text.replaceAll(/\D/g, '');
  return digits.slice(0, digitsOf(question) ?? widthOf(question));
}

/** Reads what was typed. Dates and months that cannot be are `impossible`: there is nothing to store. */
export function readEntry(question: Question, typed: string): Entry {
  const text = typed.trim();
  if (text === '') return { state: 'empty' };
  const of = digitsOf(question);
  const { kind } = question;
  switch (kind) {
    case 'date':
    case 'period': {
      if (of !== null && text.length < of) return { state: 'unfinished', digits: text.length, of };
      const value = kind === 'date' ? partialDateFromDigits(text) : yearMonthFromDigits(text);
      return value === null ? { state: 'impossible' } : { state: 'value', value, full: true };
    }
    case 'integer':
      return { state: 'value', value: Number(text), full: text.length >= widthOf(question) };
    case 'nik':
    case 'kk':
      return { state: 'value', value: text, full: text.length === of };
    case 'phone':
      return { state: 'value', value: normalisePhone(text), full: false };
    case 'text':
    case 'code':
    case 'multicode':
    case 'gps':
    case 'photo':
    default:
      return { state: 'value', value: text, full: false };
  }
}

/** A stored answer as the digits or letters one would type for it. */
export function typedFor(question: Question, value: Answer | null): string {
  if (value === null) return '';
  const text = String(value);
  if (question.kind === 'date') return text.split('-').reverse().join('');
  if (question.kind === 'period') return text.split('-').reverse().join('');
  return text;
}

/** A stored answer as it is read: dates with strokes, long numbers in groups. */
export function shownFor(question: Question, value: Answer | null): string {
  if (value === null) return '';
  const text = String(value);
  if (question.kind === 'date' || question.kind === 'period') return text.split('-').reverse().join('-');
  return question.kind === 'nik' || question.kind === 'kk' ? grouped(text) : text;
}

/** Digits in groups as on the card: 6, 6, 4. */
export function grouped(digits: string): string {
  return [digits.slice(0, 6), digits.slice(6, 12), digits.slice(12)].filter(Boolean).join(' ');
}

function widthOf(question: Question): number {
  return question.kind === 'integer' && question.max !== undefined ? String(question.max).length : 9;
}
