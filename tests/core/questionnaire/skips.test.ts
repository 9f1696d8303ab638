import { isRelevant, regsosek22K } from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { evaluated, skipFile } from './vectors.ts';

const vectors = skipFile.questions;

it('has a record either way for every question that is not asked of all, and no other', () => {
  const asked = regsosek22K.blocks
    .flatMap((block) => block.questions)
    .filter((question) => question.ask !== null);
  expect(vectors.map((vector) => vector.question).sort()).toEqual(
    asked.map((question) => question.id).sort(),
  );
  const half = vectors.filter(({ relevant, irrelevant }) => relevant.length === 0 || irrelevant.length === 0);
  expect(half).toEqual([]);
});

describe.each(vectors)('question $question', ({ question, member, relevant, irrelevant }) => {
  it.each(relevant)('is asked with %j', (patch) => {
    expect(isRelevant(evaluated(patch), { member, question })).toBe(true);
  });

  it.each(irrelevant)('is not asked with %j', (patch) => {
    expect(isRelevant(evaluated(patch), { member, question })).toBe(false);
  });
});
