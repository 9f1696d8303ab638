import {
  joinSum,
  questionOf,
  regsosek22K,
  splitSum,
  sumHas,
  toggleCode,
  typedCode,
} from '@rukun/core/questionnaire';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function question(id: string) {
  const found = questionOf(regsosek22K, id);
  if (!found) throw new Error(`no question ${id}`);
  return found;
}

describe('typing a printed code', () => {
  it.each([
    ['303', '2', false, 'chosen 2'],
    ['306a', '1', false, 'more'],
    ['306a', '1', true, 'chosen 1'],
    ['306a', '11', false, 'chosen 11'],
    ['306a', '12', false, 'none'],
    ['306a', '2', false, 'chosen 2'],
    ['413', '0', false, 'more'],
    ['413', '0', true, 'none'],
    ['413', '01', false, 'chosen 01'],
    ['413', '1', false, 'more'],
    ['413', '1', true, 'chosen 01'],
    ['413', '5', false, 'more'],
    ['413', '5', true, 'chosen 05'],
    ['413', '23', false, 'none'],
    ['415', '23', false, 'chosen 23'],
    ['308', '0', true, 'chosen 00'],
    ['303', '0', false, 'none'],
    ['303', '', false, 'more'],
    ['303', '', true, 'none'],
  ])('%s: %j (Enter: %j) is %s', (id, digits, entered, expected) => {
    const typed = typedCode(question(id).options, digits, entered);
    expect(typed.state === 'chosen' ? `chosen ${typed.code}` : typed.state).toBe(expected);
  });

  it('reaches every code of every question', () => {
    for (const { id, kind, options } of regsosek22K.blocks.flatMap((block) => block.questions)) {
      if (kind !== 'code') continue;
      for (const { code } of options)
        expect(typedCode(options, code, true), id).toEqual({ state: 'chosen', code });
    }
  });
});

describe('sums of codes', () => {
  it.each([
    ['411', 5, ['1', '4']],
    ['411', 0, ['0']],
    ['411', 8, null],
    ['426', 63, ['1', '2', '4', '8', '16', '32']],
    ['431a', 99, ['99']],
    ['431a', 100, null],
    ['431a', 16, null],
    ['431a', -1, null],
    ['431a', 1.5, null],
  ])('%s: %d is made of %j', (id, sum, codes) => {
    expect(splitSum(question(id), sum)).toEqual(codes);
  });

  it.each([
    ['411', ['4', '1'], 5],
    ['411', ['0'], 0],
    ['411', ['0', '1'], null],
    ['411', ['1', '1'], null],
    ['411', [], null],
    ['411', ['3'], null],
    ['431a', ['99'], 99],
    ['431a', ['99', '1'], null],
  ])('%s: %j add up to %j', (id, codes, sum) => {
    expect(joinSum(question(id), codes)).toBe(sum);
  });

  it('split and join are each other turned round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), (sum) => {
        expect(joinSum(question('426'), splitSum(question('426'), sum) ?? [])).toBe(sum);
      }),
      { seed: 426 },
    );
  });

  it('a code that stands alone takes the place of the others and gives way to them', () => {
    expect(toggleCode(question('431a'), ['1', '8'], '99')).toEqual(['99']);
    expect(toggleCode(question('431a'), ['99'], '8')).toEqual(['8']);
    expect(toggleCode(question('431a'), ['8'], '1')).toEqual(['1', '8']);
    expect(toggleCode(question('431a'), ['1', '8'], '1')).toEqual(['8']);
  });

  it('knows whether a sum has a code', () => {
    expect(sumHas(question('411'), 5, 4)).toBe(true);
    expect(sumHas(question('411'), 3, 4)).toBe(false);
    expect(sumHas(question('431a'), 99, 1)).toBe(false);
  });
});
