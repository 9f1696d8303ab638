import { regsosek22K, type Question } from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { factFile, type Facts } from './vectors.ts';

const facts = factFile.questions;
const questions = regsosek22K.blocks.flatMap((block) => block.questions);

const LIMITS = ['min', 'max', 'length', 'maxLength', 'pattern', 'parts', 'exclusive'] as const;
const MARKS = ['uncertain', 'prefilled'] as const;

/** The definition of a question in the words of the facts. */
function told(question: Question): Facts {
  const given = [...LIMITS, ...MARKS].filter((key) => question[key] !== undefined);
  return {
    id: question.id,
    block: question.block,
    level: question.level,
    label: [question.label.id, question.label.en],
    type: question.kind === 'period' ? 'date' : question.kind,
    codes: question.options.map(({ code, label }) => [code, label.id, label.en] as const),
    ask: question.ask,
    required: question.required,
    rules: question.rules.map(({ id, severity, source, when, message }) => [
      id,
      severity === 'error' ? 'hard' : 'warning',
      source === 'own' ? 'own knowledge' : 'found',
      when,
      message.id,
      message.en,
    ]),
    ...Object.fromEntries(given.map((key) => [key, question[key]])),
    ...(question.filledBy === 'supervisor' ? { filledBy: 'PML' } : {}),
  };
}

describe('the definition of REGSOSEK22-K', () => {
  it('has the 129 questions and 66 rules of the instrument, in its order', () => {
    expect(questions.map((question) => question.id)).toEqual(facts.map((fact) => fact.id));
    expect(questions).toHaveLength(129);
    expect(questions.flatMap((question) => question.rules)).toHaveLength(66);
  });

  it.each(facts)('says of $id what the instrument says', (fact) => {
    const question = questions.find((each) => each.id === fact.id);
    const own = fact.rules.map(([id, severity, source, when, ...texts]) => [
      id,
      severity,
      source,
      when && 'q' in when && when.q === '$self' ? { ...when, q: fact.id } : when,
      ...texts,
    ]);
    expect(question && told(question)).toEqual({ ...fact, rules: own });
  });

  it('gives every rule a key of its own', () => {
    const keys = questions.flatMap((question) => question.rules.map((rule) => rule.key));
    expect(new Set([...keys, ...regsosek22K.extraRules.map(({ rule }) => rule.key)]).size).toBe(66 + 8);
  });

  it('puts every member question, and no other, into a part of block IV', () => {
    const parts = regsosek22K.parts.map((part) => part.id);
    const outside = questions.filter(
      ({ part, level }) => (part !== undefined && parts.includes(part)) !== (level === 'member'),
    );
    expect(outside).toEqual([]);
  });
});
