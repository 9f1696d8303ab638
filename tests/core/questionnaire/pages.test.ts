import {
  evaluate,
  nextPlace,
  pageCounts,
  pageOf,
  pagesOf,
  previousPlace,
  regsosek22K,
} from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { completeHousehold, settingsAround } from '../../support/household-builder.ts';
import { evaluated, patched } from './vectors.ts';

const answers = completeHousehold('family');
const pages = pagesOf(regsosek22K, answers.members);
const evaluation = evaluate(regsosek22K, answers, settingsAround());

describe('the pages', () => {
  it('follow the paper', () => {
    expect(pages.map((page) => page.id)).toEqual([
      'I',
      'GEO',
      'II',
      'III',
      'roster',
      'member/m1',
      'member/m2',
      'member/m3',
      'member/m4',
      'member/m5',
      'V',
      'VI',
    ]);
  });

  it('of a member have the parts of block IV', () => {
    const page = pages.find((each) => each.id === 'member/m2');
    expect(page?.member).toBe('m2');
    expect(page?.groups.map((group) => group.id)).toEqual(['IV.A', 'IV.B', 'IV.C', 'IV.D', 'IV.E', 'IV.F']);
    expect(page?.groups.flatMap((group) => group.questions)).toHaveLength(49);
  });

  it('hold every question once', () => {
    const own = pages.filter((page) => page.member === null || page.member === 'm1');
    const ids = own.flatMap((page) =>
      page.groups.flatMap((group) => group.questions.map((question) => question.id)),
    );
    expect(ids).toEqual(
      regsosek22K.blocks.flatMap((block) => block.questions.map((question) => question.id)),
    );
  });

  it('are found by place', () => {
    expect(pageOf(pages, { member: 'm4', question: '427' })?.id).toBe('member/m4');
    expect(pageOf(pages, { member: null, question: '306a' })?.id).toBe('III');
    expect(pageOf(pages, { member: null, question: '427' })).toBeUndefined();
  });

  it('count their own', () => {
    const patch = { members: { m4: { '427': '7', '430': null } }, family: { '302': 1 } };
    const judged = evaluated(patch);
    const counts = pagesOf(regsosek22K, patched(patch).members).map((page) => [
      page.id,
      pageCounts(page, judged),
    ]);
    const sum = (pick: 'answered' | 'blank' | 'errors' | 'warnings') =>
      pages.reduce((total, page) => total + pageCounts(page, judged)[pick], 0);
    expect(Object.fromEntries(counts)).toMatchObject({
      'member/m4': { blank: 1, errors: 1, warnings: 0 },
      'member/m3': { blank: 0, errors: 0, warnings: 0 },
      III: { blank: 0, errors: 0, warnings: 1 },
    });
    for (const pick of ['answered', 'blank', 'errors', 'warnings'] as const)
      expect(sum(pick)).toBe(judged.counts[pick]);
  });
});

describe('walking', () => {
  it('skips what is not asked, forth and back', () => {
    const from = { member: 'm1', question: '409' };
    expect(nextPlace(pages, evaluation, from)).toEqual({ member: 'm1', question: '411' });
    expect(previousPlace(pages, evaluation, { member: 'm1', question: '411' })).toEqual(from);
  });

  it('goes from the last question of a page to the first of the next', () => {
    expect(nextPlace(pages, evaluation, { member: null, question: '310' })).toEqual({
      member: 'm1',
      question: '401',
    });
    expect(nextPlace(pages, evaluation, { member: 'm1', question: '431f' })).toEqual({
      member: 'm2',
      question: '401',
    });
    expect(previousPlace(pages, evaluation, { member: null, question: '501a' })).toEqual({
      member: 'm5',
      question: '431f',
    });
  });

  it('goes on from a question that is asked no longer', () => {
    expect(nextPlace(pages, evaluation, { member: 'm1', question: '410' })).toEqual({
      member: 'm1',
      question: '411',
    });
  });

  it('ends at both ends', () => {
    expect(previousPlace(pages, evaluation, { member: null, question: '101' })).toBeNull();
    expect(nextPlace(pages, evaluation, { member: null, question: '601' })).toBeNull();
    expect(nextPlace(pages, evaluation, { member: 'm9', question: '401' })).toBeNull();
  });

  it('stops where it is told', () => {
    const officer = nextPlace(
      pages,
      evaluation,
      { member: 'm1', question: '417t' },
      (q) => q.filledBy === 'officer',
    );
    expect(officer).toEqual({ member: 'm1', question: '418' });
  });
});
