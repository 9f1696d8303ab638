import { describe, expect, it } from 'vitest';
import { applyUpdate, decodeUpdate, Doc } from 'yjs';
import type { StandingAnswer } from '@rukun/core/household';
import { FleetDevice, OneDocumentRelay } from '../../support/fleet.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const FLOOR = { member: null, question: '303' };
const NAME = { member: 'm1', question: '402' };
const REMOVED = { member: 'm1', question: 'removed' };

/** Which of two client ids is the higher one decides what is current: both orders, and the relay's own below and above. */
const ORDERS: [a: number, b: number, relay: number][] = [
  [100, 200, 7],
  [200, 100, 7],
  [100, 200, 900],
  [200, 100, 900],
];

function two(a = 100, b = 200, relayClient = 7): [OneDocumentRelay, FleetDevice, FleetDevice] {
  const relay = new OneDocumentRelay(relayClient);
  return [relay, new FleetDevice('ani', a, relay), new FleetDevice('budi', b, relay)];
}

function said(answers: readonly StandingAnswer[]): string[] {
  return answers.map(({ value, by }) => `${value} (${by})`).sort();
}

/** A member with a name that both devices have. */
function withMember(first: FleetDevice, ...others: FleetDevice[]): void {
  first.answer(NAME, 'SITI');
  first.up();
  for (const device of [first, ...others]) device.down();
}

describe.each(ORDERS)('with client ids %i and %i and the relay as %i', (a, b, relayClient) => {
  it.each(['as one item', 'row by row'])(
    '[TA2] whoever reloads between two offline edits has settled the first one with the second, sent %s',
    (way) => {
      const [relay, ani, budi] = two(a, b, relayClient);
      ani.answer(FLOOR, '2');
      budi.answer(FLOOR, '4');
      budi.up();
      ani.down();
      ani.reload(150);
      ani.answer(FLOOR, '8');
      if (way === 'as one item') ani.up();
      else ani.upRows(2);
      expect(relay.messages.length).toBeGreaterThan(1);
      for (const device of [ani, budi]) {
        device.down();
        expect(said(device.household.standing(FLOOR))).toEqual([]);
        expect(device.household.snapshot().answers['303']).toBe('8');
      }
    },
  );

  it('[TA3] an answer that lost against one that arrived is shown beside it before the relay has spoken, as it is after', () => {
    const [, ani, budi] = two(a, b, relayClient);
    ani.answer(FLOOR, '2');
    budi.answer(FLOOR, '4');
    budi.up(5);
    ani.down();
    const before = ani.household.standing(FLOOR);
    expect(said(before)).toEqual(['2 (ani)', '4 ()']);
    ani.up(6);
    ani.down();
    const after = ani.household.standing(FLOOR);
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(said(after)).toEqual(['2 (ani)', '4 (budi)']);
    expect(after.map(({ at }) => at).sort()).toEqual([5, 6]);
  });

  it.each(['the removal', 'the answer'])(
    '[TA4] a removal and an answer of the member that had not seen each other stand side by side; first came %s',
    (first) => {
      const [, ani, budi] = two(a, b, relayClient);
      withMember(ani, budi);
      ani.household.removeMember('m1', 'pindah');
      budi.answer(NAME, 'SITI A.');
      for (const device of first === 'the removal' ? [ani, budi] : [budi, ani]) device.up(9);
      for (const device of [ani, budi]) {
        device.down();
        expect(said(device.household.standing(REMOVED))).toEqual(['null (budi)', 'pindah (ani)']);
        expect(device.household.standing(REMOVED).map(({ at }) => at)).toEqual([9, 9]);
        expect(device.household.standing(REMOVED)[0]).toMatchObject({ value: 'pindah', isCurrent: true });
      }
    },
  );

  it.each(['pindah', null])(
    '[TA5] choosing (%s) settles it on every copy, undo brings both back',
    (chosen) => {
      const [, ani, budi] = two(a, b, relayClient);
      withMember(ani, budi);
      ani.household.removeMember('m1', 'pindah');
      ani.up();
      budi.answer(NAME, 'SITI A.');
      budi.up();
      ani.down();
      ani.answer(REMOVED, chosen);
      const isTakenOut = () => ani.household.snapshot().members[0]?.removed ?? null;
      for (const round of ['chosen', 'chosen again']) {
        ani.up();
        for (const device of [ani, budi]) {
          device.down();
          expect(said(device.household.standing(REMOVED)), round).toEqual([]);
        }
        expect(isTakenOut()).toBe(chosen);
        ani.history.undo();
        expect(ani.up()?.verdict).toBe('accepted');
        for (const device of [ani, budi]) {
          device.down();
          expect(said(device.household.standing(REMOVED))).toEqual(['null (budi)', 'pindah (ani)']);
        }
        ani.history.redo();
      }
    },
  );
});

describe('a removal', () => {
  it('[TA6] is none beside what its author had in view, own edits of the same item and another client id included', () => {
    const [, ani, budi] = two();
    withMember(budi, ani);
    ani.answer(NAME, 'SITI A.');
    ani.reload(150);
    ani.answer({ ...NAME, question: '403' }, '1');
    ani.household.removeMember('m1', 'pindah');
    ani.household.restoreMember('m1');
    ani.household.removeMember('m1', 'keliru');
    ani.up();
    for (const device of [ani, budi]) {
      device.down();
      expect(device.household.standing(REMOVED)).toEqual([]);
    }
  });

  it('[TA6] a cleared answer stands beside it, a changed order does not', () => {
    const [, ani, budi] = two();
    withMember(ani, budi);
    const other = budi.household.addMember();
    ani.household.removeMember('m1', 'pindah');
    ani.up();
    budi.household.moveMember('m1', other);
    budi.up();
    ani.down();
    expect(ani.household.standing(REMOVED)).toEqual([]);
    budi.answer(NAME, null);
    budi.up();
    ani.down();
    expect(said(ani.household.standing(REMOVED))).toEqual(['null (budi)', 'pindah (ani)']);
  });

  it('[TA7] an answer given with the removal in view does not stand beside it, nor does one taken back', () => {
    const [, ani, budi] = two();
    withMember(ani, budi);
    budi.answer(NAME, 'SITI A.');
    budi.up();
    ani.down();
    ani.household.removeMember('m1', 'pindah');
    ani.up();
    budi.down();
    budi.history.undo();
    budi.answer({ ...NAME, question: '403' }, '1');
    budi.up();
    for (const device of [ani, budi]) {
      device.down();
      expect(device.household.standing(REMOVED)).toEqual([]);
      expect(device.household.snapshot().members[0]?.removed).toBe('pindah');
    }
  });

  it('[TA7] of two removals each says what its own author had in view', () => {
    const [relay, ani, budi] = two();
    const sari = new FleetDevice('sari', 300, relay);
    withMember(ani, budi, sari);
    sari.answer(NAME, 'SITI S.');
    sari.up();
    ani.down();
    ani.household.removeMember('m1', 'pindah');
    budi.household.removeMember('m1', 'keliru');
    ani.up();
    sari.down();
    expect(sari.household.standing(REMOVED)).toEqual([]);
    budi.up();
    sari.down();
    expect(said(sari.household.standing(REMOVED))).toEqual(['keliru (budi)', 'null (sari)', 'pindah (ani)']);
  });

  it('[TA7] that was put back says no more than when it was written, whatever its author saw later', () => {
    const [relay, ani, budi] = two(200, 100);
    const [sari, dewi] = [new FleetDevice('sari', 300, relay), new FleetDevice('dewi', 400, relay)];
    withMember(sari, ani, budi, dewi);
    ani.household.removeMember('m1', 'pindah');
    budi.household.removeMember('m1', 'keliru');
    for (const device of [ani, budi]) device.up();
    sari.down();
    sari.household.restoreMember('m1');
    sari.up();
    dewi.down();
    dewi.answer(NAME, 'SITI D.');
    dewi.up();
    for (const device of [sari, budi]) device.down();
    budi.household.removeMember('m1', 'meninggal');
    budi.household.restoreMember('m1');
    budi.up();
    sari.history.undo();
    sari.up();
    dewi.down();
    expect(said(dewi.household.standing(REMOVED))).toEqual([
      'keliru (budi)',
      'null (budi)',
      'null (dewi)',
      'pindah (sari)',
    ]);
  });

  it('[TA8] of a client that leaves no marks is none beside what the same client id wrote', () => {
    const relay = new OneDocumentRelay();
    const stock = new Doc({ gc: false });
    stock.on('update', (update: Uint8Array) => relay.commit('sari', update));
    stock.getMap('member/m1').set('402', 'SITI');
    stock.getMap('member/m1').set('removed', 'stock');
    stock.getMap('member/m1').set('403', '1');
    const ani = new FleetDevice('ani', 100, relay);
    ani.down();
    expect(ani.household.standing(REMOVED)).toEqual([]);
  });

  it('[TA8] of a client that leaves no marks stands beside every answer of other client ids, and so do its answers', () => {
    const [relay, ani, budi] = two();
    withMember(ani, budi);
    const stock = new Doc({ gc: false });
    for (const update of relay.messages) applyUpdate(stock, update);
    stock.clientID = 300;
    const rows: Uint8Array[] = [];
    stock.on('update', (update: Uint8Array) => rows.push(update));
    stock.getMap('member/m1').set('removed', 'stock');
    for (const row of rows.splice(0)) relay.commit('sari', row);
    ani.down();
    expect(said(ani.household.standing(REMOVED))).toEqual(['null (ani)', 'stock (sari)']);
    ani.answer(REMOVED, 'pindah');
    ani.up();
    expect(said(ani.household.standing(REMOVED))).toEqual([]);
    stock.getMap('member/m1').set('403', '1');
    for (const row of rows.splice(0)) relay.commit('sari', row);
    ani.down();
    expect(said(ani.household.standing(REMOVED))).toEqual(['null (sari)', 'pindah (ani)']);
  });
});

describe('what is written', () => {
  it('[TA9] an answer with nothing beside it is one struct; a removal one more for each client id in the member', () => {
    const [, ani, budi] = two();
    withMember(ani, budi);
    budi.answer(FLOOR, '2');
    budi.answer(FLOOR, '4');
    budi.answer(NAME, 'SITI A.');
    expect(budi.unsent.map((row) => decodeUpdate(row).structs.length)).toEqual([1, 1, 1]);
    budi.household.removeMember('m1', 'pindah');
    budi.household.restoreMember('m1');
    expect(budi.unsent.slice(3).map((row) => decodeUpdate(row).structs.length)).toEqual([3, 1]);
  });

  it('[TA10] a mark that arrives late for an entry the relay has dropped is taken', () => {
    for (const relayClient of [7, 900]) {
      const [relay, ani, budi] = two(100, 200, relayClient);
      ani.answer(FLOOR, '2');
      budi.answer(FLOOR, '4');
      budi.up();
      ani.down();
      ani.reload(150);
      ani.answer(FLOOR, '8');
      ani.history.undo();
      expect(ani.upRows(3).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
      budi.down();
      expect(said(budi.household.standing(FLOOR))).toEqual(['2 (ani)', '4 (ani)']);
      expect(relay.doc.getMap('answers').get('303')).toBe('4');
    }
  });

  it('[TA11] undo leaves alone what somebody else has answered too, where theirs is the current one', () => {
    const [, ani, budi] = two();
    ani.answer(FLOOR, '2');
    budi.answer(FLOOR, '2');
    budi.up();
    ani.down();
    ani.history.undo();
    expect(ani.household.snapshot().answers['303']).toBe('2');
  });

  it('[TA12] after a rebuild what the document shows is among what stands side by side, and nothing is hidden', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [, ani, budi] = two(100, 2 ** 31);
      ani.answer(FLOOR, '2');
      budi.answer(FLOOR, '4');
      budi.up();
      ani.down();
      ani.answer(FLOOR, '8');
      ani.rebuild(seededRandom(seed));
      ani.up();
      budi.down();
      const standing = budi.household.standing(FLOOR);
      const shown = budi.household.snapshot().answers['303'];
      expect(shown, `seed ${seed}`).toBe('8');
      expect([shown, ...standing.map(({ value }) => value)]).toContain('8');
      expect(standing.some(({ value }) => value === shown) || standing.length === 0).toBe(true);
    }
  });
});
