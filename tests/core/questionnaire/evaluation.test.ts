import {
  canSubmit,
  evaluate,
  exportAnswers,
  isRelevant,
  regsosek22K,
  type Answers,
  type FormAnswers,
} from '@rukun/core/questionnaire';
import { describe, expect, it } from 'vitest';
import { completeHousehold, settingsAround } from '../../support/household-builder.ts';
import { evaluated, patched } from './vectors.ts';

const empty: FormAnswers = { family: {}, members: [], fix: null, photoCount: 0, prelist: null };

function blocking(answers: FormAnswers): string[] {
  return canSubmit(evaluate(regsosek22K, answers, settingsAround())).blank.map((place) => place.question);
}

describe('dormant answers', () => {
  it('wake no other question, are no finding, are not counted and not exported', () => {
    const patch = { members: { m5: { '404': '3', '407': 66, '416a': '1', '416b': 400, '418': '9' } } };
    const evaluation = evaluated(patch);
    expect([...(evaluation.relevant.members.get('m5') ?? [])]).toEqual(['401', '402', '403', '404']);
    expect(evaluation.findings.map((finding) => finding.rule)).toEqual(['112-count']);
    const exported = exportAnswers(patched(patch), evaluation);
    expect(exported.members[4]?.answers).toEqual({
      '401': 5,
      '402': 'SUMINAH',
      '403': '7102034601600005',
      '404': '3',
    });
    expect(exported.members).toHaveLength(5);
  });

  it('of a member who moved away do not count as head, spouse or programme component', () => {
    const evaluation = evaluated({
      members: { m1: { '404': '3' }, m2: { '409': '1' } },
      family: { '112': 4 },
    });
    expect(evaluation.findings.map((finding) => finding.rule)).not.toContain('409-head');
  });

  it('make no second finding of a family without a head', () => {
    const evaluation = evaluated({ members: { m1: { '409': '8' } } });
    expect(evaluation.findings.map((finding) => finding.key)).toEqual(['m1/409/409-head']);
    expect(
      evaluated({ members: { m1: { '409': '1' }, m2: { '409': '1' } } }).findings.map(({ key }) => key),
    ).toEqual(['m1/409/409-head', 'm2/409/409-head']);
  });

  it('come back when the filter flips back', () => {
    const dormant = patched({ family: { '301a': '2' } });
    const back = { ...dormant, family: { ...dormant.family, '301a': '1' } };
    const evaluation = evaluate(regsosek22K, back, settingsAround());
    expect(exportAnswers(back, evaluation).family['301b']).toBe('1');
    expect(evaluation.findings).toEqual([]);
  });

  it('exports neither blanks nor keys the form does not have', () => {
    const answers = patched({ family: { '113': '  ', '204': null, '999': 'x', toString: 'x' } });
    const exported = exportAnswers(answers, evaluate(regsosek22K, answers, settingsAround()));
    expect(Object.keys(exported.family)).not.toEqual(expect.arrayContaining(['113']));
    expect(['113', '204', '999', 'toString'].filter((key) => Object.hasOwn(exported.family, key))).toEqual(
      [],
    );
  });
});

describe('blanks', () => {
  it('of an empty form block wherever an answer is required and asked', () => {
    const evaluation = evaluate(regsosek22K, empty, settingsAround());
    expect(evaluation.findings).toEqual([]);
    const blank = blocking(empty);
    expect(blank).toContain('101');
    expect(blank).toContain('506');
    expect(blank).not.toContain('301b');
    expect(['113', '114', '203', '204', 'HP', '601', 'G1'].filter((id) => blank.includes(id))).toEqual([]);
    expect(evaluation.counts).toEqual({ answered: 0, blank: blank.length + 1, errors: 0, warnings: 0 });
  });

  it.each(['2', '3', '4', '5'])('with 205 code %s block only in the questions of the setting', (result) => {
    const family: Answers = { '205': result };
    expect(blocking({ ...empty, family })).toEqual([
      '101',
      '102',
      '103',
      '104',
      '105',
      '106',
      '107',
      '108',
      '109',
      '110',
      '201',
      '202',
      '202k',
      '601',
    ]);
    const settings = { ...settingsAround(), blockingWhenNotComplete: ['111'] };
    const verdict = canSubmit(evaluate(regsosek22K, { ...empty, family }, settings));
    expect(verdict.blank).toEqual([{ member: null, question: '111' }]);
  });

  it('of the notes are required with 205 code 2-5 only, whatever blocks', () => {
    const required = (family: Answers) =>
      evaluate(
        regsosek22K,
        { ...empty, family },
        { ...settingsAround(), blockingWhenNotComplete: [] },
      ).blank.find((each) => each.place.question === '601');
    expect(required({ '205': '4' })).toMatchObject({ required: true, blocks: false });
    expect(required({ '205': '1' })).toMatchObject({ required: false, blocks: false });
  });

  it('that the supervisor fills never block the officer', () => {
    const evaluation = evaluated({});
    const coded = evaluation.blank.filter((each) => each.filledBy === 'supervisor');
    expect(coded).toEqual([
      { place: { member: 'm1', question: '417' }, required: true, blocks: false, filledBy: 'supervisor' },
    ]);
    expect(canSubmit(evaluation).allowed).toBe(true);
  });

  it('of the fix and the photo warn and never block', () => {
    const evaluation = evaluated({ fix: null, photoCount: 0, family: { '111': '1' } });
    expect(evaluation.findings.map((finding) => [finding.rule, finding.severity])).toEqual([
      ['G1-missing', 'warning'],
      ['G2-missing', 'warning'],
    ]);
    expect(canSubmit(evaluation)).toMatchObject({ allowed: true, warnings: evaluation.findings });
  });

  it('are spaces too', () => {
    expect(canSubmit(evaluated({ family: { '107': '   ' } })).blank).toEqual([
      { member: null, question: '107' },
    ]);
  });
});

describe('values that cannot be', () => {
  it.each<[string, string | null, Answers[string], string]>([
    ['303', null, '10', 'value-option'],
    ['303', null, 2, 'value-kind'],
    ['302', null, 0, 'value-range'],
    ['302', null, 998, 'value-range'],
    ['302', null, 60.5, 'value-kind'],
    ['302', null, '60', 'value-kind'],
    ['101', null, '7', 'value-form'],
    ['101', null, 'ab', 'value-form'],
    ['113', null, 'L000123', 'value-form'],
    ['201', null, '2026-98-98', 'value-date'],
    ['201', null, '2026-02-30', 'value-date'],
    ['501g_p', null, '2026-13', 'value-date'],
    ['406', 'm1', '1899-98-98', 'value-range'],
    ['406', 'm1', '2028-01-01', 'value-range'],
    ['407', 'm1', 99, 'value-range'],
    ['411', 'm1', 8, 'value-sum'],
    ['431a', 'm1', 100, 'value-sum'],
    ['431a', 'm1', 16, 'value-sum'],
    ['431a', 'm1', '1', 'value-kind'],
    ['403', 'm1', 7102030201860001, 'value-kind'],
  ])('%s of %s as %j is an error %s', (question, member, value, rule) => {
    const patch =
      member === null ? { family: { [question]: value } } : { members: { [member]: { [question]: value } } };
    const own = evaluated(patch).findings.find((finding) => finding.rule === rule);
    expect(own).toMatchObject({ severity: 'error', place: { member, question } });
    expect(own?.key).toBe(`${member === null ? '' : `${member}/`}${question}/${rule}`);
  });

  it('are judged under the settings', () => {
    const answers = patched({ family: { '302': 998, '112': 5 } });
    const evaluation = evaluate(regsosek22K, answers, { ...settingsAround(), maxFloorArea: 998 });
    expect(evaluation.counts.errors).toBe(0);
  });

  it('of a special NIK are judged by no number rule', () => {
    const nik = '9999999999999995';
    const members = { m3: { '403': nik }, m4: { '403': nik } };
    const rules = ['403-dup', 'nik-province', 'nik-date'];
    const found = (specialNiks: string[]) =>
      evaluate(regsosek22K, patched({ members }), { ...settingsAround(), specialNiks })
        .findings.map((finding) => finding.rule)
        .filter((rule) => rules.includes(rule));
    expect(new Set(found([]))).toEqual(new Set(rules));
    expect(found([nik])).toEqual([]);
  });
});

describe('an evaluation', () => {
  it('has finding keys that are unique and stay the same', () => {
    const patch = {
      members: { m1: { '409': '8' }, m2: { '403': '7102030201860001', '407': 5 } },
      family: { '302': 0 },
    };
    const keys = evaluated(patch).findings.map((finding) => finding.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(evaluated(patch).findings.map((finding) => finding.key)).toEqual(keys);
    expect(keys.length).toBeGreaterThan(4);
  });

  it('counts what is asked: answered and blank make the whole', () => {
    const evaluation = evaluate(regsosek22K, completeHousehold('nine-members'), settingsAround());
    const asked = [evaluation.relevant.family, ...evaluation.relevant.members.values()];
    const total = asked.reduce((sum, ids) => sum + ids.size, 0);
    expect(evaluation.counts.answered + evaluation.blank.length).toBe(total);
    expect(evaluation.counts).toMatchObject({ blank: 0, errors: 0, warnings: 0 });
  });

  it('says no of places there are not', () => {
    const evaluation = evaluated({});
    expect(isRelevant(evaluation, { member: 'm9', question: '402' })).toBe(false);
    expect(isRelevant(evaluation, { member: null, question: '402' })).toBe(false);
    expect(isRelevant(evaluation, { member: null, question: 'x' })).toBe(false);
  });
});
