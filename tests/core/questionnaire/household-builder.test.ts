import { localDate } from '@rukun/core/foundation';
import { canSubmit, evaluate, regsosek22K } from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import {
  completeHousehold,
  ENUMERATED,
  settingsAround,
  type HouseholdShape,
} from '../../support/household-builder.ts';

const SHAPES: readonly HouseholdShape[] = [
  'family',
  'single-elder',
  'nine-members',
  'renters',
  'no-electricity',
  'refusal',
];
const DAYS = [ENUMERATED, localDate('2022-10-20'), localDate('2028-02-29'), localDate('2027-12-31')];

describe.each(SHAPES)('the household %s', (shape) => {
  it.each(DAYS)('has nothing wrong and nothing missing on %s', (enumerated) => {
    const answers = completeHousehold(shape, { enumerated });
    const evaluation = evaluate(regsosek22K, answers, settingsAround(enumerated));
    expect(evaluation.findings).toEqual([]);
    expect(canSubmit(evaluation)).toEqual({ allowed: true, errors: [], blank: [], warnings: [] });
  });

  it('with the codes of the supervisor leaves nothing that anybody owes', () => {
    const evaluation = evaluate(regsosek22K, completeHousehold(shape, { coded: true }), settingsAround());
    const owed = evaluation.blank.filter((each) => each.required && shape !== 'refusal');
    expect(owed).toEqual([]);
  });
});
