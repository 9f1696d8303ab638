import { describe, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates, parseUpdateMeta } from 'yjs';
import { readErasures, redactUpdate, type ErasureMark } from '@rukun/core/documents';
import { fieldsAbout, Household, isErasedPlace, readSnapshot } from '@rukun/core/household';
import { fingerprintOf, redactDocument, Scratch } from '@rukun/core/sync';
import { seededRandom } from '../../support/seeded-random.ts';
import { latin1, RandomHousehold } from './random-household.ts';

const SEED = Number(process.env['ERASURE_SEED'] ?? 20_261_122);
const SEEDS = Array.from({ length: 25 }, (_, index) => SEED + index);
const RELAY = 7;

const markOf = (member: string | null, fields: readonly string[]): ErasureMark => ({
  id: 'e1',
  member,
  at: 1,
  isAnswered: true,
  fields,
});

/** Erases a member, or the whole household, the way the relay does. */
function erase(log: readonly Uint8Array[], member: string | null) {
  const fields = member === null ? [] : fieldsAbout(Scratch.open(log).doc, member);
  const isErased = (root: string, key: string) => isErasedPlace({ member, fields }, root, key);
  const redacted = redactDocument(log, { mark: markOf(member, fields), isErased, relayClient: RELAY });
  return { fields, isErased, log: [...redacted.updates, redacted.mark], updates: redacted.updates };
}

function valuesByPlace(doc: Doc): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const root of doc.share.keys())
    for (const [key, value] of doc.getMap(root).entries()) values.set(`${root}/${key}`, value);
  return values;
}

describe.each(SEEDS)('a random history, seed %i', (seed) => {
  const household = new RandomHousehold(seededRandom(seed));
  household.live(60);
  const [before] = [Scratch.open(household.log).doc];

  it.each([['a member', household.member] as const, ['the household', null] as const])(
    '[ER1] %s erased: no update holds a value of it, all the rest is as it was',
    (_, member) => {
      const { updates, isErased, fields } = erase(household.log, member);
      const after = Scratch.open(updates).doc;
      const kept = [...valuesByPlace(before)].filter(([path]) => {
        const slash = path.lastIndexOf('/');
        return !isErased(path.slice(0, slash), path.slice(slash + 1));
      });
      expect(valuesByPlace(after)).toEqual(new Map(kept));
      expect(encodeStateVector(after)).toEqual(encodeStateVector(before));
      expect(updates.map((update) => parseUpdateMeta(update))).toEqual(
        household.log.map((update) => parseUpdateMeta(update)),
      );
      const secrets = member === null ? [...household.secrets.values()].flat() : household.secretsOf(member);
      expect(secrets.length).toBeGreaterThan(1);
      const whole = household.log.map(latin1).join('');
      expect(secrets.filter((secret) => !whole.includes(secret))).toEqual([]);
      for (const bytes of [...updates, mergeUpdates([...updates]), encodeStateAsUpdate(after)]) {
        const text = latin1(bytes);
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      }
      expect(fields.includes('answers/108')).toBe(member !== null);
    },
  );

  it('[ER2] the same bytes each time, also from what is redacted already', () => {
    const once = erase(household.log, household.member);
    const { isErased, updates } = once;
    expect(erase(household.log, household.member).log).toEqual(once.log);
    const scratch = Scratch.open(updates);
    const again = updates.map((update) =>
      redactUpdate(update, (struct) => {
        const found = scratch.find(struct);
        return found !== null && isErased(found.root, found.key);
      }),
    );
    expect(again).toEqual(updates);
  });

  it('[ER1] what comes later integrates the same, in any order', () => {
    const { log } = erase(household.log, household.member);
    const later = new RandomHousehold(seededRandom(seed + 1000), log);
    later.live(20);
    const [doc, shuffled] = [new Doc({ gc: false }), new Doc({ gc: false })];
    for (const update of later.log) applyUpdate(doc, update);
    for (const update of later.log.toReversed()) applyUpdate(shuffled, update);
    expect(valuesByPlace(shuffled)).toEqual(valuesByPlace(doc));
    expect(fingerprintOf('household/h', shuffled)).toEqual(fingerprintOf('household/h', doc));
  });

  it('[ER6] members are counted as before, who was taken out stays out, and the mark says what was erased', () => {
    for (const member of [household.member, null]) {
      const then = readSnapshot(before).members;
      const doc = Scratch.open(erase(household.log, member).log).doc;
      const now = readSnapshot(doc);
      expect(now.members.map(({ id, order }) => [id, order])).toEqual(
        then.map(({ id, order }) => [id, order]),
      );
      expect(now.members.map(({ removed }) => removed !== null)).toEqual(
        then.map(({ removed }) => removed !== null),
      );
      expect(now.members.filter(({ isErased }) => isErased)).toHaveLength(member === null ? then.length : 1);
      expect(now.events.map(({ id, type, by, at, turn }) => [id, type, by, at, turn])).toEqual(
        readSnapshot(before).events.map(({ id, type, by, at, turn }) => [id, type, by, at, turn]),
      );
      expect(readErasures(doc)).toMatchObject([{ id: 'e1', member }]);
    }
  });
});

it('[ER2] bytes in which nothing is to go stay the same memory', () => {
  const doc = new Doc();
  doc.getMap('answers').set('303', '2');
  const update = encodeStateAsUpdate(doc);
  expect(redactUpdate(update, () => false)).toBe(update);
});

it('[ER5] of the head go the fields of the head, of the respondent the telephone, of anybody what names them', () => {
  const doc = new Doc({ gc: false });
  let id = 0;
  const household = new Household(doc, { person: 'ani', now: () => 1, nextId: () => `k${++id}` });
  Household.create(doc, {
    form: 'F',
    area: '7',
    origin: 'prelist',
    prelistHead: 'BUDI',
    answers: { '108': 'BUDI' },
  });
  const [head, wife] = [household.addMember(), household.addMember()];
  const write = (member: string | null, question: string, value: string) =>
    household.answer({ member, question }, value);
  write(head, '402', 'Budi Santoso');
  write(head, '409', '1');
  write(wife, '402', 'Sit');
  write(wife, '402', 'Siti Aminah');
  write(wife, '403', '7102035503150004');
  write(wife, '409', '2');
  for (const [question, value] of Object.entries({
    HP: '0812',
    RESP: 'SITI AMINAH',
    '107': 'Jl. Melati',
    '114': '7102',
  }))
    write(null, question, value);
  const remark = household.addRemark(`member/${wife}/403`, 'KTP hilang');
  const other = household.addRemark('answers/303', 'menurut  siti-aminah');
  household.addRemark('answers/303', 'Situasi rumah');
  expect(fieldsAbout(doc, wife)).toEqual(
    ['answers/HP', 'answers/RESP', `remark/${remark}/text`, `remark/${other}/text`].sort(),
  );
  expect(fieldsAbout(doc, head)).toEqual([
    'answers/108',
    'answers/114',
    'answers/HP',
    'household/prelistHead',
  ]);
  write(head, '402', 'Budi');
  write(head, '409', '3');
  expect(fieldsAbout(doc, head)).toContain('answers/114');
});

it('[ER5] what of the head only a phone has is closed as well; where nobody said who answered, so are respondent and telephone', () => {
  const doc = new Doc({ gc: false });
  let id = 0;
  const household = new Household(doc, { person: 'ani', now: () => 1, nextId: () => `k${++id}` });
  Household.create(doc, { form: 'F', area: '7', origin: 'prelist', prelistHead: 'BUDI', answers: {} });
  const [head, child] = [household.addMember(), household.addMember()];
  household.answer({ member: head, question: '402' }, 'Budi Santoso');
  household.answer({ member: head, question: '409' }, '1');
  household.answer({ member: child, question: '402' }, 'Dewi');
  expect(fieldsAbout(doc, head)).toEqual([
    'answers/108',
    'answers/114',
    'answers/HP',
    'answers/RESP',
    'household/prelistHead',
  ]);
  expect(fieldsAbout(doc, child)).toEqual(['answers/HP', 'answers/RESP']);
  household.answer({ member: null, question: 'HP' }, '0812');
  expect(fieldsAbout(doc, child)).toEqual(['answers/RESP']);
  household.answer({ member: null, question: 'RESP' }, 'Budi');
  expect(fieldsAbout(doc, child)).toEqual([]);
});
