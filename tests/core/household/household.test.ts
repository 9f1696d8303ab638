import { describe, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import {
  Household,
  isSeen,
  placeOf,
  pathOf,
  readSnapshot,
  stateOf,
  type StatusEvent,
} from '@rukun/core/household';

function householdOn(device: string, doc = new Doc({ gc: false })): Household {
  let counter = 0;
  return new Household(doc, {
    person: `person-${device}`,
    now: () => 1000,
    nextId: () => `${device}x${++counter}`,
  });
}

function sync(...copies: Household[]): void {
  const updates = copies.map(({ doc }) => encodeStateAsUpdate(doc));
  for (const { doc } of copies) for (const update of updates) applyUpdate(doc, update, 'sync');
}

describe('members', () => {
  it('two devices add a member offline: both stay, with their answers', () => {
    const [a, b] = [householdOn('k3a'), householdOn('k3b')];
    a.answer({ member: a.addMember(), question: '402' }, 'BUDI');
    b.answer({ member: b.addMember(), question: '402' }, 'ANI');
    sync(a, b);
    const names = a.snapshot().members.map((member) => member.answers['402']);
    expect(names.sort()).toEqual(['ANI', 'BUDI']);
    expect(b.snapshot()).toEqual(a.snapshot());
  });

  it('a removed member keeps the answers and comes back with them', () => {
    const household = householdOn('k3a');
    const id = household.addMember();
    household.answer({ member: id, question: '402' }, 'SITI');
    household.removeMember(id, 'pindah');
    expect(household.snapshot().members[0]).toMatchObject({ removed: 'pindah', answers: { 402: 'SITI' } });
    household.restoreMember(id);
    expect(household.snapshot().members[0]?.removed).toBeNull();
  });

  it('keeps the order through inserts at the same place from two devices', () => {
    const a = householdOn('k3a');
    const [first, second, third] = [a.addMember(), a.addMember(), a.addMember()];
    a.moveMember(third, first);
    expect(a.snapshot().members.map(({ id }) => id)).toEqual([first, third, second]);
    a.moveMember(second, null);
    expect(a.snapshot().members.map(({ id }) => id)).toEqual([second, first, third]);
  });

  it('takes 300 members at the end and at the front without a tie', () => {
    const household = householdOn('k3a');
    for (let count = 0; count < 150; count++) household.addMember();
    for (let count = 0; count < 150; count++) household.moveMember(household.addMember(), null);
    const orders = household.snapshot().members.map(({ order }) => order);
    expect(new Set(orders).size).toBe(300);
    expect([...orders].sort()).toEqual(orders);
  });
});

describe('answers', () => {
  it('writes nothing when the answer is there already, and null to clear', () => {
    const household = householdOn('k3a');
    let updates = 0;
    household.doc.on('update', () => updates++);
    household.answer({ member: null, question: '303' }, '2');
    household.answer({ member: null, question: '303' }, '2');
    expect(updates).toBe(1);
    household.answer({ member: null, question: '303' }, null);
    expect(household.snapshot().answers).toEqual({ 303: null });
  });

  it('reads what another version wrote without falling over it', () => {
    const doc = new Doc();
    doc.getMap('answers').set('999', { from: 'the future' });
    doc.getMap('event/x1').set('type', 'unheard-of');
    doc.getMap('member/x2').set('order', 5);
    expect(readSnapshot(doc)).toMatchObject({ answers: {}, events: [], members: [{ id: 'x2', order: '' }] });
  });

  it('names places by path and reads them back', () => {
    for (const place of [
      { member: null, question: '303' },
      { member: 'k3f1', question: '403' },
    ]) {
      expect(placeOf(pathOf(place))).toEqual(place);
    }
    expect(placeOf('remark/x1')).toBeNull();
  });
});

describe('status', () => {
  const event = (type: StatusEvent['type'], turn: number, id = `${type}${turn}`): StatusEvent => ({
    id,
    type,
    turn,
    by: 'p',
    at: 0,
    reason: '',
  });

  it('goes from open over draft and submitted to approved', () => {
    expect(stateOf([], false)).toBe('open');
    expect(stateOf([], true)).toBe('draft');
    expect(stateOf([event('submitted', 1)], true)).toBe('submitted');
    expect(stateOf([event('submitted', 1), event('approved', 2)], true)).toBe('approved');
    expect(stateOf([event('submitted', 1), event('approved', 2), event('revoked', 3)], true)).toBe(
      'submitted',
    );
  });

  it('a return wins over an approval nobody had seen, until the supervisor acts again', () => {
    const events = [event('submitted', 1), event('approved', 2), event('returned', 2)];
    expect(stateOf(events, true)).toBe('returned');
    expect(stateOf(events.toReversed(), true)).toBe('returned');
    expect(stateOf([...events, event('submitted', 3), event('approved', 4)], true)).toBe('approved');
  });

  it('is seen only when someone looked after the latest submission', () => {
    expect(isSeen([event('submitted', 1), event('seen', 2)])).toBe(true);
    expect(
      isSeen([event('submitted', 1), event('seen', 2), event('returned', 3), event('submitted', 4)]),
    ).toBe(false);
  });

  it('numbers turns by what its author had in view', () => {
    const household = householdOn('k3a');
    household.addEvent('submitted');
    household.addEvent('seen');
    expect(
      household
        .snapshot()
        .events.map(({ turn }) => turn)
        .sort(),
    ).toEqual([1, 2]);
  });
});
