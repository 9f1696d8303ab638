import { splitSum, type Question } from '@rukun/core/questionnaire';
import type { Value } from '@rukun/core/household';
import { t, tx } from '../../i18n/translate.ts';
import { shownFor } from '../entry-field/entry.ts';

/** An answer in words: the code with what it means, a sum with its parts, a date with strokes. */
export function answerWords(question: Question, value: Value): string {
  if (value === null || value === '') return t('answer.cleared');
  if (typeof value === 'boolean') return String(value);
  if (question.kind === 'code') return optionWords(question, String(value));
  if (question.kind === 'multicode') {
    const codes = splitSum(question, value);
    return codes ? codes.map((code) => optionWords(question, code)).join(' + ') : String(value);
  }
  return shownFor(question, value);
}

function optionWords(question: Question, code: string): string {
  const option = question.options.find((each) => each.code === code);
  return option ? `${code} · ${tx(option.label)}` : code;
}
