import { isRelevant, regsosek22K } from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { evaluated, vectorFile, type SkipVector } from './vectors.ts';

const vectors = vectorFile<{ questions: SkipVector[] }>('skips.json').questions;

it('has a record either way for every question that is not asked of all, and no other', () => {
  const asked = regsosek22K.blocks
    .flatMap((block) => block.questions)
    .filter((question) => question.ask !== null);
  expect(vectors.map((vector) => vector.question).sort()).toEqual(
    asked.map((question) => question.id).sort(),
  );
  for (const vector of vectors) {
    expect(vector.relevant, vector.question).not.toHaveLength(0);
    expect(vector.irrelevant, vector.question).not.toHaveLength(0);
  }
});

describe.each(vectors)('question $question', ({ question, member, relevant, irrelevant }) => {
  it.each(relevant)('is asked with %j', (patch) => {
    expect(isRelevant(evaluated(patch), { member, question })).toBe(true);
  });

  it.each(irrelevant)('is not asked with %j', (patch) => {
    expect(isRelevant(evaluated(patch), { member, question })).toBe(false);
  });
});
