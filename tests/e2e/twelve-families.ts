import { compareDates, localDate, type LocalDate } from '@rukun/core/foundation';
import type { Answer, FormAnswers } from '@rukun/core/questionnaire';
import { completeHousehold, type HouseholdShape } from '../support/household-builder.ts';

/** One family of the day: what the paper says. */
export interface PaperForm {
  readonly title: string;
  readonly isFoundOnTheWay: boolean;
  readonly answers: FormAnswers;
}

type Changes = Readonly<Record<string, Answer>>;

const PLAN: readonly (readonly [title: string, shape: HouseholdShape, changes: Changes])[] = [
  ['a single elder', 'single-elder', {}],
  ['nine members, a business, a baby and a disabled member', 'nine-members', {}],
  ['renters', 'renters', {}],
  ['no electricity', 'no-electricity', {}],
  ['refused, 205 = 4', 'refusal', {}],
  ['a family of five', 'family', {}],
  [
    'nobody met until the end, 205 = 3',
    'refusal',
    { 205: '3', 601: 'Tiga kali dikunjungi, rumah selalu kosong.' },
  ],
  ['moved, 205 = 5', 'refusal', { 205: '5', 601: 'Bangunan sudah dibongkar.' }],
  ['farmers with animals', 'no-electricity', { '504a': 2, '504d': 11, '504e': 4, 303: '6' }],
  ['renters with another floor', 'renters', { 302: 21, 303: '4', 305: '4' }],
  ['a family with land elsewhere', 'family', { '503a': '1', '503b': '1', 302: 84 }],
];

/** The twelve families of the day offline; the last was found on the way and is entered when the phone dies. */
export function twelveFamilies(today: LocalDate): PaperForm[] {
  const listed = PLAN.map(([title, shape, changes], index) => ({
    title,
    isFoundOnTheWay: false,
    answers: changed(completeHousehold(shape, { enumerated: today }), {
      ...changes,
      109: index + 1,
      110: index + 1,
    }),
  }));
  const found = changed(completeHousehold('family', { enumerated: today }), {
    107: 'JAGA I, DI BELAKANG GEREJA',
    109: 40,
    110: 41,
  });
  return [...listed, { title: 'found on the way', isFoundOnTheWay: true, answers: found }];
}

/** The paper with what is printed on it already: place, name and card number from the prelist; the head's name follows. */
export function onPrelist(paper: FormAnswers, printed: Readonly<Record<string, unknown>>): FormAnswers {
  const family = { ...paper.family };
  for (const [question, value] of Object.entries(printed)) {
    if (typeof value === 'string' || typeof value === 'number') family[question] = value;
  }
  const head = family['108'] ?? null;
  const members = paper.members.map((member) =>
    member.answers['409'] === '1' ? { ...member, answers: { ...member.answers, 402: head } } : member,
  );
  return { ...paper, family, members };
}

/** The day the machine calls today. */
export function todayOf(now: Date): LocalDate {
  const day = localDate(
    [
      now.getFullYear(),
      String(now.getMonth() + 1).padStart(2, '0'),
      String(now.getDate()).padStart(2, '0'),
    ].join('-'),
  );
  if (compareDates(day, localDate('2022-01-01')) < 0) throw new Error('the clock of this machine is not set');
  return day;
}

function changed(answers: FormAnswers, changes: Changes): FormAnswers {
  return { ...answers, family: { ...answers.family, ...changes } };
}
