import { describe, expect, it } from 'vitest';
import { encodeStateAsUpdate, encodeStateVector, type Doc } from 'yjs';
import { isErasedPlace } from '@rukun/core/household';
import { judge, redactDocument, Scratch, type JudgeContext } from '@rukun/core/sync';

const RELAY = 7;
const MEMBER = 'member/k1';
const FIELDS = ['answers/108', 'remark/r1/text'];

function context(overrides: Partial<JudgeContext> = {}): JudgeContext {
  return {
    device: 'phone',
    owner: () => 'phone',
    relayClient: RELAY,
    mayWrite: () => null,
    isAnswer: (root) => root === 'answers' || root.startsWith('member/'),
    authorOf: () => ({ by: 'ani', at: 1 }),
    authorOfNew: () => ({ by: 'ani', at: 2 }),
    ...overrides,
  };
}

type Step = (doc: Doc) => void;
const set =
  (root: string, key: string, value: unknown): Step =>
  (doc) => {
    doc.getMap(root).set(key, value);
  };

const START = [
  set('answers', '108', 'BUDI'),
  set('answers', '303', '1'),
  set(MEMBER, '402', 'BUDI'),
  set('member/k2', '402', 'SITI'),
  set('remark/r1', 'text', 'BUDI PINDAH'),
];

function copyOf(updates: readonly Uint8Array[], client: number): Doc {
  const { doc } = Scratch.open(updates);
  doc.clientID = client;
  return doc;
}

/** The same erased again after a restore from before, by the ledger. */
const restored = (member: string | null) => erased(member, 8).after;

/** A document of which `member` was erased, or all of it where that is null. */
function erased(member: string | null, relayClient = RELAY) {
  const doc = copyOf([], 100);
  for (const step of START) step(doc);
  const log = [encodeStateAsUpdate(doc)];
  const fields = member === null ? [] : FIELDS;
  const { updates, mark } = redactDocument(log, {
    mark: { id: 'e1', member, at: 1, isAnswered: true, fields },
    isErased: (root, key) => isErasedPlace({ member, fields }, root, key),
    relayClient,
  });
  return { before: log, after: [...updates, mark] };
}

/** What the relay says to an edit of a phone that stands at `known`. */
function judged(after: readonly Uint8Array[], known: readonly Uint8Array[], ...steps: readonly Step[]) {
  const doc = copyOf(known, 200);
  const before = encodeStateVector(doc);
  doc.transact(() => {
    for (const step of steps) step(doc);
  });
  const scratch = Scratch.open(after);
  return { scratch, judgement: judge(scratch, encodeStateAsUpdate(doc, before), context()) };
}

const CLOSED: readonly (readonly [what: string, member: string | null, step: Step, path: string])[] = [
  ['an answer about the person', 'k1', set(MEMBER, '403', '7102'), `${MEMBER}/403`],
  ['an answer given anew', 'k1', set(MEMBER, '402', 'BUDI'), `${MEMBER}/402`],
  [
    'a choice among answers about the person',
    'k1',
    set(`other/${MEMBER}/402`, '100-2', null),
    `other/${MEMBER}/402/100-2`,
  ],
  ['a remark on the person', 'k1', set('remark/r2', 'place', `${MEMBER}/402`), 'remark/r2/place'],
  ['anything of an erased household', null, set('answers', '303', '2'), 'answers/303'],
  ['an event of an erased household', null, set('event/e9', 'type', 'approved'), 'event/e9/type'],
  ['a new member of an erased household', null, set('member/k9', '402', 'TONO'), 'member/k9/402'],
];

describe.each([['who does not know yet', 'before'] as const, ['who knows', 'after'] as const])(
  'by %s',
  (_, known) => {
    it.each(CLOSED)('[ER3] %s is refused', (_what, member, step, path) => {
      const document = erased(member);
      const { judgement, scratch } = judged(document.after, document[known], step);
      expect(judgement).toMatchObject({ verdict: 'refused', failure: { code: 'erased', paths: [path] } });
      expect(encodeStateAsUpdate(scratch.doc)).toEqual(encodeStateAsUpdate(Scratch.open(document.after).doc));
    });

    it('[ER3] about the others everything is taken', () => {
      const document = erased('k1');
      const steps = [
        set('answers', '303', '2'),
        set('member/k2', '403', '7102'),
        set('remark/r2', 'place', 'member/k2/403'),
      ];
      const { judgement, scratch } = judged(document.after, document[known], ...steps);
      expect(judgement).toMatchObject({ verdict: 'accepted' });
      expect(scratch.doc.getMap('member/k2').toJSON()).toEqual({ '402': 'SITI', '403': '7102' });
    });
  },
);

describe('a field that went with the person', () => {
  const { before, after } = erased('k1');

  it('[ER3] is filled again by who knows, and again, and stands alone', () => {
    const { judgement, scratch } = judged(
      after,
      after,
      set('answers', '108', 'SITI'),
      set('answers', '108', 'SITI A'),
    );
    expect(judgement).toMatchObject({ verdict: 'accepted', relayUpdate: null });
    const again = copyOf([encodeStateAsUpdate(scratch.doc)], 300);
    const known = encodeStateVector(again);
    again.getMap('answers').set('108', 'SITI B');
    expect(judge(scratch, encodeStateAsUpdate(again, known), context())).toMatchObject({
      verdict: 'accepted',
    });
    expect(scratch.doc.getMap('answers').get('108')).toBe('SITI B');
  });

  it('[ER3] is not filled by who answered without knowing, upon the erased value or upon none', () => {
    for (const known of [before, []]) {
      const { judgement } = judged(after, known, set('answers', '108', 'BUDI S'));
      expect(judgement).toMatchObject({ failure: { code: 'erased', paths: ['answers/108'] } });
    }
  });

  it('[ER3] is closed also where the document had not come back from a backup', () => {
    const { mark } = redactDocument([], {
      mark: { id: 'e1', member: 'k1', at: 1, isAnswered: true, fields: FIELDS },
      isErased: () => true,
      relayClient: RELAY,
    });
    const { judgement } = judged([mark], [], set('answers', '108', 'BUDI'), set('answers', '303', '1'));
    expect(judgement).toMatchObject({ failure: { code: 'erased', paths: ['answers/108'] } });
  });
});

it('[ER4] a device that says that something was erased is refused, also one that vouches for others', () => {
  const { after } = erased('k1');
  const doc = copyOf(after, 200);
  doc.getMap('erased/e2').set('member', '');
  const update = encodeStateAsUpdate(doc, encodeStateVector(Scratch.open(after).doc));
  for (const isVouched of [false, true])
    expect(judge(Scratch.open(after), update, context({ isVouched }))).toMatchObject({
      verdict: 'refused',
      failure: { code: 'forbidden', paths: ['erased/e2/member'] },
    });
});

describe('a mark under an earlier client id of the relay that a device vouches for', () => {
  const owner = (client: number) => (client === RELAY ? '' : 'phone');
  const vouched = context({ isVouched: true, owner, relayClient: 8 });
  const markOf = (member: string | null) => erased(member).after.at(-1) ?? new Uint8Array();

  it('[ER4] is refused where the ledger knows nothing of it, or something else', () => {
    const forgotten = Scratch.open(erased('k1').before);
    const elsewhere = Scratch.open(restored('k1'));
    for (const [scratch, mark] of [
      [forgotten, markOf('k1')],
      [elsewhere, markOf(null)],
    ] as const) {
      expect(judge(scratch, mark, vouched)).toMatchObject({ failure: { code: 'forbidden' } });
      expect(scratch.erased?.isClosed('answers') ?? false).toBe(false);
    }
  });

  it('[ER4] does no harm where the relay has put the same there again by its ledger', () => {
    const scratch = Scratch.open(restored('k1'));
    expect(judge(scratch, markOf('k1'), vouched)).toMatchObject({ verdict: 'accepted' });
    expect(scratch.erased?.isClosed(MEMBER)).toBe(true);
  });
});
