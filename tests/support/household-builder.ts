import { addDays, completedYears, localDate, monthOf, type LocalDate } from '@rukun/core/foundation';
import {
  enumerationSettings,
  evaluate,
  regsosek22K,
  type Answer,
  type EnumerationSettings,
  type FormAnswers,
} from '@rukun/core/questionnaire';

/** The households that tests build; each evaluates to no error and no blocking blank. */
export type HouseholdShape =
  | 'family'
  | 'single-elder'
  | 'nine-members'
  | 'renters'
  | 'no-electricity'
  | 'refusal';

type Filled = Record<string, Answer>;

interface Person {
  readonly name: string;
  readonly sex: '1' | '2';
  readonly relation: string;
  readonly marital: string;
  /** Age in years at the enumeration, or a count of days for a baby. */
  readonly age: number | { readonly days: number };
  readonly answers?: Filled;
}

interface Plan {
  readonly people: readonly Person[];
  readonly family: Filled;
}

export interface HouseholdOptions {
  /** Day of enumeration, 201. */
  readonly enumerated?: LocalDate;
  /** Whether the supervisor's codes 417 and 421 are filled in as well. */
  readonly coded?: boolean;
}

/** The day tests enumerate on unless they say otherwise. */
export const ENUMERATED = localDate('2026-11-22');

const worker: Filled = { '416a': '1', '416b': 40, '417t': 'Buruh pabrik tahu', '418': '4' };
const farmer: Filled = { '416a': '1', '416b': 35, '417t': 'Menanam padi sawah', '418': '1', '420a': '1' };
const business: Filled = {
  '420b': 1,
  '421t': 'Warung kelontong',
  '422': 1,
  '423': 2,
  '424': '04',
  '425': '2',
  '426': 5,
};

const PLANS: Readonly<Record<HouseholdShape, Plan>> = {
  family: {
    people: [
      { name: 'BUDI SANTOSO', sex: '1', relation: '1', marital: '2', age: 40, answers: worker },
      { name: 'SITI AMINAH', sex: '2', relation: '2', marital: '2', age: 36 },
      { name: 'DEWI LESTARI', sex: '2', relation: '3', marital: '1', age: 10 },
      { name: 'AGUS SANTOSO', sex: '1', relation: '3', marital: '1', age: 3 },
      { name: 'SUMINAH', sex: '2', relation: '6', marital: '4', age: 66 },
    ],
    family: {},
  },
  'single-elder': {
    people: [{ name: 'MBAH KARSO', sex: '1', relation: '1', marital: '4', age: 78, answers: { '429': '3' } }],
    family: {
      '111': '1',
      '302': 24,
      '303': '8',
      '304': '4',
      '308': '10',
      '501g': '2',
      '502n': '2',
      '505': '0',
    },
  },
  'nine-members': {
    people: [
      {
        name: 'YOHANIS RUMBIAK',
        sex: '1',
        relation: '1',
        marital: '2',
        age: 48,
        answers: { ...worker, '418': '3', '420a': '1' },
      },
      {
        name: 'MARIA RUMBIAK',
        sex: '2',
        relation: '2',
        marital: '2',
        age: 45,
        answers: { ...farmer, '418': '2' },
      },
      { name: 'PETRUS RUMBIAK', sex: '1', relation: '3', marital: '2', age: 24, answers: worker },
      { name: 'RUT WANMA', sex: '2', relation: '4', marital: '2', age: 22, answers: { '410': '1' } },
      { name: 'ELIA RUMBIAK', sex: '1', relation: '5', marital: '1', age: { days: 120 } },
      { name: 'ESTER RUMBIAK', sex: '2', relation: '3', marital: '1', age: 17 },
      {
        name: 'LUKAS RUMBIAK',
        sex: '1',
        relation: '3',
        marital: '1',
        age: 14,
        answers: { '412': '1', '428c': '1', '428h': '2' },
      },
      { name: 'HANA RUMBIAK', sex: '2', relation: '3', marital: '1', age: 8 },
      { name: 'DORKAS WANMA', sex: '2', relation: '6', marital: '4', age: 74 },
    ],
    family: { '302': 90, '501b': '1' },
  },
  renters: {
    people: [
      { name: 'RINI WULANDARI', sex: '2', relation: '1', marital: '3', age: 33, answers: worker },
      { name: 'BAYU PRATAMA', sex: '1', relation: '3', marital: '1', age: 7 },
    ],
    family: { '301a': '2', '302': 18, '307b1': '2', '309a': '2', '111': '2' },
  },
  'no-electricity': {
    people: [
      { name: 'ANTON MANUEL', sex: '1', relation: '1', marital: '2', age: 52, answers: farmer },
      { name: 'YULIANA BANU', sex: '2', relation: '2', marital: '2', age: 50 },
    ],
    family: {
      '111': '1',
      '306a': '8',
      '307a': '4',
      '308': '10',
      '309a': '6',
      '501g': '2',
      '502b': '2',
      '502f': '2',
    },
  },
  refusal: {
    people: [],
    family: { '111': '3', '205': '4', '601': 'Responden menolak diwawancarai setelah tiga kunjungan.' },
  },
};

/** Answers of the family where a plan names none. */
const FAMILY_ANSWERS: Filled = {
  '101': '71',
  '102': '02',
  '103': '010',
  '104': '001',
  '105': '000100',
  '106': 'JAGA I',
  '107': 'Jl. Melati No. 4',
  '109': 12,
  '110': 14,
  '111': '3',
  '113': 'L00012',
  '114': '7102031503150004',
  '115': '0',
  '202': 'Nur Hidayah',
  '202k': '0017',
  '205': '1',
  RESP: 'Siti Aminah',
  HP: '081234567890',
  '301a': '1',
  '301b': '1',
  '302': 60,
  '303': '2',
  '304': '1',
  '305': '3',
  '306a': '4',
  '306b': '2',
  '307a': '1',
  '307b1': '2',
  '308': '04',
  '309a': '1',
  '309b': '1',
  '310': '1',
  '501g': '1',
  '502b': '1',
  '502f': '1',
  '502i': '1',
  '502n': '1',
  '505': '3',
  '506': '2',
};

function schooling(age: number): Filled {
  if (age < 7) return { '412': '1' };
  if (age < 13) return { '412': '2', '413': '03', '414': String(Math.min(age - 6, 6)), '415': '23' };
  if (age < 16) return { '412': '2', '413': '08', '414': '1', '415': '03' };
  if (age < 19) return { '412': '2', '413': '13', '414': '1', '415': '08' };
  return { '412': '3', '413': '13', '414': '8', '415': '13' };
}

function personAnswers(person: Person, number: number, enumerated: LocalDate): Filled {
  const year = Number(enumerated.slice(0, 4));
  const birth =
    typeof person.age === 'number'
      ? localDate(`${year - person.age}-01-${String(number + 1).padStart(2, '0')}`)
      : addDays(enumerated, -person.age.days);
  const [birthYear = '', month = '', day = ''] = birth.split('-');
  const nikDay = String(Number(day) + (person.sex === '2' ? 40 : 0)).padStart(2, '0');
  const age = completedYears(birth, enumerated);
  return {
    '401': number,
    '402': person.name,
    '403': `710203${nikDay}${month}${birthYear.slice(2)}${String(number).padStart(4, '0')}`,
    '404': '1',
    '405': person.sex,
    '406': birth,
    '407': age,
    '408': person.marital,
    '409': person.relation,
    '410': '2',
    '411': age < 17 ? 3 : 5,
    ...schooling(age),
    '416a': '2',
    '417': '08',
    '419': '3',
    '420a': '2',
    '421': '12',
    ...business,
    '427': '3',
    '428j': '4',
    '429': '1',
    '430': '01',
    '431a': 1,
    '431f': 0,
    ...person.answers,
  };
}

/** Answers each asked question from the stock: required ones always, optional ones where the stock has an answer. */
function fillAsked(
  stock: { family: Filled; members: readonly { id: string; answers: Filled }[] },
  settings: EnumerationSettings,
  rest: Pick<FormAnswers, 'fix' | 'photoCount' | 'prelist'>,
  coded: boolean,
): FormAnswers {
  const family: Filled = {};
  const members = stock.members.map(({ id }) => ({ id, answers: {} as Filled }));
  const answers: FormAnswers = { family, members, ...rest };
  const stocks = new Map(stock.members.map(({ id, answers: given }) => [id, given]));
  for (;;) {
    let filled = 0;
    for (const { place, required, blocks, filledBy } of evaluate(regsosek22K, answers, settings).blank) {
      if (filledBy === 'supervisor' && !coded) continue;
      const given = place.member === null ? stock.family : stocks.get(place.member);
      const target = place.member === null ? family : members.find(({ id }) => id === place.member)?.answers;
      const refused = stock.family['205'] === '4' && !blocks && given?.[place.question] === undefined;
      const answer =
        given?.[place.question] ?? (required && !refused ? plainAnswer(place.question) : undefined);
      if (target && answer !== undefined) {
        target[place.question] = answer;
        filled += 1;
      }
    }
    if (filled === 0) return answers;
  }
}

/** The answer that says "no" or "none" where the stock has nothing: 428 no difficulty, 501-503 and 431 no, 504 none. */
function plainAnswer(question: string): Answer | undefined {
  if (question.startsWith('428')) return '4';
  if (question.startsWith('504')) return 0;
  return /^(501[a-g]|502[a-n]|503[ab]|431[b-e])$/.test(question) ? '2' : undefined;
}

/** Settings of an enumeration in the month around a day: fieldwork from seven days before to twenty after. */
export function settingsAround(enumerated: LocalDate = ENUMERATED): EnumerationSettings {
  return enumerationSettings({
    fieldwork: { from: addDays(enumerated, -7), to: addDays(enumerated, 20) },
    periodWindow: null,
  });
}

/**
 * A valid household as an officer hands it in: no errors, no warnings, no blocking blanks under `settingsAround` the same
 * day. Members are m1, m2, … in order. Every call returns fresh objects.
 */
export function completeHousehold(shape: HouseholdShape, options: HouseholdOptions = {}): FormAnswers {
  const enumerated = options.enumerated ?? ENUMERATED;
  const plan = PLANS[shape];
  const members = plan.people.map((person, index) => ({
    id: `m${index + 1}`,
    answers: personAnswers(person, index + 1, enumerated),
  }));
  const headName = plan.people[0]?.name ?? 'KELUARGA TANPA NAMA';
  const family: Filled = {
    ...FAMILY_ANSWERS,
    '108': headName,
    '201': enumerated,
    RESP: plan.people[1]?.name ?? headName,
    ...(members.length > 0 ? { '112': members.length } : {}),
    ...plan.family,
  };
  for (const programme of 'abcdefg') family[`501${programme}_p`] = monthOf(enumerated);
  const refused = family['205'] === '4';
  const stock = refused ? withoutInterview(family) : family;
  const rest = {
    fix: { latitude: 1.2345, longitude: 124.8765, accuracyMetres: 6 },
    photoCount: family['111'] === '3' ? 0 : 1,
    prelist: { headName },
  };
  return fillAsked({ family: stock, members }, settingsAround(enumerated), rest, options.coded ?? false);
}

/** Only what an officer knows of a family that refused: blocks I and II and the notes. */
function withoutInterview(family: Filled): Filled {
  const known = Object.entries(family).filter(([question]) =>
    /^(10\d|110|111|113|20\d|202k|601)$/.test(question),
  );
  return Object.fromEntries(known);
}
