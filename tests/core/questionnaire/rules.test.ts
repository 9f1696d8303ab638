import { regsosek22K } from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { evaluated, ruleFile } from './vectors.ts';

const { rules, extraRules } = ruleFile;
const questions = regsosek22K.blocks.flatMap((block) => block.questions);
const known = [
  ...questions.flatMap((question) => question.rules.map((rule) => ({ question: question.id, rule }))),
  ...regsosek22K.extraRules,
];

it('has a vector that passes and one that fails for every rule of the form, and no other', () => {
  const keys = questions.flatMap((question) => question.rules.map((rule) => rule.key));
  expect(rules.map((vector) => vector.rule).sort()).toEqual([...keys].sort());
  expect(keys).toHaveLength(66);
  expect(extraRules.map((vector) => vector.rule).sort()).toEqual(
    regsosek22K.extraRules.map(({ rule }) => rule.key).sort(),
  );
  const half = [...rules, ...extraRules].filter(
    ({ passes, fails }) => passes.length === 0 || fails.length === 0,
  );
  expect(half).toEqual([]);
});

it('finds nothing in the base household', () => {
  expect(evaluated({}).findings).toEqual([]);
});

describe.each([...rules, ...extraRules])('rule $rule', ({ rule: key, member, passes, fails }) => {
  const found = known.find(({ rule }) => rule.key === key);

  it.each(passes)('passes %j', (patch) => {
    expect(evaluated(patch).findings.filter((finding) => finding.rule === key)).toEqual([]);
  });

  it.each(fails)('fails %j', (patch) => {
    const finding = evaluated(patch).findings.find(
      (each) => each.rule === key && each.place.member === member,
    );
    const path = member === null ? found?.question : `${member}/${found?.question}`;
    expect(finding).toEqual({
      key: `${path}/${found?.rule.id}`,
      rule: key,
      severity: found?.rule.severity,
      place: { member, question: found?.question },
      message: found?.rule.message,
    });
  });
});
