import { addDays, type InstantMs } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { questionOf, regsosek22K, type Answer } from '@rukun/core/questionnaire';
import { Doc, mergeUpdates } from 'yjs';
import { drawName } from '../../packages/relay/src/demo/person-name.ts';
import { completeHousehold, ENUMERATED } from '../../tests/support/household-builder.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';

/** One local edit as the device logged it. */
interface LoggedUpdate {
  /** V1. */
  readonly update: Uint8Array;
  readonly at: InstantMs;
}

/** One finished household of four members, the same for every contender. */
export interface GeneratedHousehold {
  readonly document: DocumentName;
  readonly updates: readonly LoggedUpdate[];
  /** All updates in one, V1. */
  readonly merged: Uint8Array;
  /** The same answers as plain data, for those who keep rows. */
  readonly answers: Readonly<Record<string, Record<string, Answer>>>;
}

type SeededRandom = ReturnType<typeof seededRandom>;

const MEMBERS = 4;
/** Of the codes and small numbers, this share differs from the commonest household's. */
const UNLIKE = 0.25;
/** An officer takes so long for one answer, ms. */
const ANSWER_MS = { least: 2_000, most: 9_000 };
const HOUR = 3_600_000;

/**
 * Households of four members as an officer records them: form by form, one transaction per answer, a few seconds apart, so
 * that the time marks are those of a real interview. Names, numbers, dates and a quarter of the codes are drawn at random;
 * the same seed gives the same households, byte for byte.
 */
export function generateHouseholds(
  count: number,
  options: { readonly area: string; readonly prefix: string; readonly seed: number; readonly person: string },
): GeneratedHousehold[] {
  const random = seededRandom(options.seed);
  const base = completeHousehold('family');
  let now = Date.UTC(2026, 10, 2, 1);
  return Array.from({ length: count }, (_, index) => {
    if (index % 10 === 0) now = Date.UTC(2026, 10, 2 + Math.floor(index / 10), 1);
    const doc = new Doc({ gc: false });
    doc.clientID = random.below(2 ** 32);
    const updates: LoggedUpdate[] = [];
    doc.on('update', (update: Uint8Array) => updates.push({ update, at: now }));
    const answers: Record<string, Record<string, Answer>> = {};
    let members = 0;
    const writer = { person: options.person, now: () => now, nextId: () => `b4x${++members}` };
    const household = new Household(doc, writer);
    Household.create(doc, { form: regsosek22K.id, area: options.area, origin: 'added', answers: {} });
    const record = (member: string | null, given: Readonly<Record<string, Answer | null>>): void => {
      const kept: Record<string, Answer> = (answers[member ?? 'family'] = {});
      for (const [question, usual] of Object.entries(given)) {
        if (usual === null) continue;
        const value = question === '112' ? MEMBERS : draw(random, question, usual, index);
        now += ANSWER_MS.least + random.below(ANSWER_MS.most - ANSWER_MS.least);
        household.answer({ member, question }, value);
        kept[question] = value;
      }
    };
    record(null, base.family);
    for (const person of base.members.slice(0, MEMBERS)) record(household.addMember(), person.answers);
    now += HOUR / 4;
    const merged = mergeUpdates(updates.map(({ update }) => update));
    return { document: `household/${options.prefix}-${index}` as const, updates, merged, answers };
  });
}

/** The name of a prelisted family of {@link prelistUpdate}. */
export function stockName(index: number): DocumentName {
  return `household/stock-${index}`;
}

/** What a prelisted family has: a head, an address, and nothing asked yet; V1, each as if made by another device. */
export function prelistUpdate(index: number, area: string): Uint8Array {
  const random = seededRandom(index + 1);
  const doc = new Doc({ gc: false });
  doc.clientID = random.below(2 ** 32);
  let update: Uint8Array | null = null;
  doc.on('update', (made: Uint8Array) => (update = made));
  const head = drawName(random, 'male');
  Household.create(doc, {
    form: regsosek22K.id,
    area,
    origin: 'prelist',
    prelistHead: head,
    prelistNumber: index,
    answers: {
      '101': '71',
      '102': '02',
      '103': '010',
      '104': '001',
      '105': '000100',
      '107': `JL. MELATI NO. ${random.below(200)}`,
      '108': head,
      '109': index,
      '114': digits(random, 16),
    },
  });
  if (update === null) throw new Error('one transaction gives one update');
  return update;
}

function draw(random: SeededRandom, id: string, usual: Answer, index: number): Answer {
  if (id === '201') return ENUMERATED;
  if (id === '107') return `JL. MELATI NO. ${1 + random.below(150)}`;
  if (id === '109' || id === '110') return index + 1;
  if (/^(108|402|RESP|202)$/.test(id)) return drawName(random, random.next() < 0.5 ? 'male' : 'female');
  const question = questionOf(regsosek22K, id);
  const kind = question?.kind;
  const isUnlike = random.next() < UNLIKE;
  if (kind === 'nik' || kind === 'kk') return `7102${digits(random, 12)}`;
  if (kind === 'phone') return `08${digits(random, 10)}`;
  if (kind === 'date') return addDays(ENUMERATED, -random.below(60 * 365));
  if (kind === 'code' && isUnlike && !question?.prefilled) return random.pick(question?.options ?? []).code;
  if (kind === 'integer' && isUnlike && typeof usual === 'number') return usual + random.below(10);
  return usual;
}

function digits(random: SeededRandom, length: number): string {
  return Array.from({ length }, () => random.below(10)).join('');
}
