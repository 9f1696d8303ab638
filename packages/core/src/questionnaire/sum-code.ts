import type { Answer, Question } from './definition.ts';

type SumQuestion = Pick<Question, 'options' | 'exclusive'>;

function standsAlone(question: SumQuestion, code: string): boolean {
  return Number(code) === 0 || (question.exclusive ?? []).includes(code);
}

function addable(question: SumQuestion): readonly string[] {
  return question.options.map((option) => option.code).filter((code) => !standsAlone(question, code));
}

/**
 * The codes a written sum stands for, in the order of the form: 5 is ['1', '4'], 0 is ['0'], 99 is ['99'] where it is a
 * code. Null when the sum cannot be made of the codes of the question.
 */
export function splitSum(question: SumQuestion, sum: Answer): readonly string[] | null {
  if (typeof sum !== 'number' || !Number.isInteger(sum) || sum < 0) return null;
  const alone = question.options.find((option) => Number(option.code) === sum);
  if (alone) return [alone.code];
  let rest = sum;
  const codes: string[] = [];
  for (const code of [...addable(question)].sort((a, b) => Number(b) - Number(a))) {
    if (Number(code) > rest) continue;
    rest -= Number(code);
    codes.unshift(code);
  }
  return rest === 0 && codes.length > 0 ? codes : null;
}

/** The sum of the chosen codes as written on paper. Null for no code, an unknown or doubled one, or 0 or 99 with others. */
export function joinSum(question: SumQuestion, codes: readonly string[]): number | null {
  const [first] = codes;
  if (first === undefined || new Set(codes).size !== codes.length) return null;
  if (codes.some((code) => !question.options.some((option) => option.code === code))) return null;
  if (codes.length > 1 && codes.some((code) => standsAlone(question, code))) return null;
  return codes.reduce((sum, code) => sum + Number(code), 0);
}

/** The codes after a tap on one of them: a code that stands alone clears the others and is cleared by them. */
export function toggleCode(question: SumQuestion, codes: readonly string[], code: string): readonly string[] {
  if (codes.includes(code)) return codes.filter((chosen) => chosen !== code);
  if (standsAlone(question, code)) return [code];
  const kept = new Set([...codes.filter((chosen) => !standsAlone(question, chosen)), code]);
  return addable(question).filter((each) => kept.has(each));
}

/** Whether a sum contains a code; false for a sum that cannot be. */
export function sumHas(question: SumQuestion, sum: Answer, code: number): boolean {
  return splitSum(question, sum)?.includes(String(code)) ?? false;
}
