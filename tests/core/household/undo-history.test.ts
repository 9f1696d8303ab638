import { describe, expect, it } from 'vitest';
import { LOCAL, UndoHistory, type Household } from '@rukun/core/household';
import { FleetDevice, OneDocumentRelay } from '../../support/fleet.ts';

const FLOOR = { member: null, question: '303' };

function twoDevices(): [FleetDevice, FleetDevice, UndoHistory] {
  const relay = new OneDocumentRelay();
  const officer = new FleetDevice('officer', 100, relay);
  const supervisor = new FleetDevice('supervisor', 200, relay);
  return [officer, supervisor, new UndoHistory(supervisor.doc, () => undefined)];
}

function answersOf(device: FleetDevice): unknown {
  return device.household
    .standing(FLOOR)
    .map(({ value, by }) => [value, by])
    .sort();
}

describe('undo', () => {
  it('writes null where there was no answer: the relay takes it, and redo brings the answer back', () => {
    const [officer, supervisor, history] = twoDevices();
    supervisor.answer(FLOOR, '2');
    supervisor.up();
    history.undo();
    expect(supervisor.up()?.verdict).toBe('accepted');
    officer.down();
    expect(officer.household.snapshot().answers['303']).toBeNull();
    history.redo();
    expect(supervisor.up()?.verdict).toBe('accepted');
    officer.down();
    expect(officer.household.snapshot().answers['303']).toBe('2');
    expect(officer.household.standing(FLOOR)).toEqual([]);
  });

  it('[TA11] leaves alone what somebody else has changed since', () => {
    const [officer, supervisor, history] = twoDevices();
    supervisor.answer(FLOOR, '2');
    supervisor.up();
    officer.down();
    officer.answer(FLOOR, '4');
    officer.up();
    supervisor.down();
    history.undo();
    expect(supervisor.household.snapshot().answers['303']).toBe('4');
    expect(history.canUndo).toBe(false);
  });

  it.each([
    ['2', 'the answer that was current or not: of the officer'],
    ['8', 'the answer that was current or not: of the supervisor'],
  ])(
    'of a choice (%s) puts both answers side by side again, with their authors; redo chooses again',
    (chosen) => {
      const [officer, supervisor, history] = twoDevices();
      officer.answer(FLOOR, '2');
      supervisor.answer(FLOOR, '8');
      officer.up();
      supervisor.up();
      supervisor.down();
      supervisor.answer(FLOOR, chosen);
      supervisor.up();
      expect(supervisor.household.standing(FLOOR)).toEqual([]);
      history.undo();
      expect(supervisor.up()?.verdict).toBe('accepted');
      for (const device of [officer, supervisor]) {
        device.down();
        expect(
          device.household
            .standing(FLOOR)
            .map(({ value }) => value)
            .sort(),
        ).toEqual(['2', '8']);
        expect(device.household.standing(FLOOR).every(({ by }) => by !== '')).toBe(true);
      }
      history.redo();
      supervisor.up();
      officer.down();
      expect(officer.household.standing(FLOOR)).toEqual([]);
      expect(officer.household.snapshot().answers['303']).toBe(chosen);
      expect(answersOf(supervisor)).toEqual([]);
    },
  );

  it('[TA22] redo of a choice settles nothing where somebody else has answered since: all stay side by side', () => {
    const relay = new OneDocumentRelay();
    const [officer, supervisor, third] = [100, 200, 300].map(
      (client) => new FleetDevice(`d${client}`, client, relay),
    ) as [FleetDevice, FleetDevice, FleetDevice];
    const history = new UndoHistory(supervisor.doc, () => undefined);
    officer.answer(FLOOR, '2');
    supervisor.answer(FLOOR, '8');
    officer.up();
    supervisor.up();
    supervisor.down();
    supervisor.answer(FLOOR, '2');
    supervisor.up();
    third.down();
    history.undo();
    supervisor.up();
    third.answer(FLOOR, '4');
    third.up();
    supervisor.down();
    const before = answersOf(supervisor);
    expect(before).toEqual([
      ['2', 'd100'],
      ['4', 'd300'],
      ['8', 'd200'],
    ]);
    history.redo();
    supervisor.up();
    officer.down();
    expect(answersOf(supervisor)).toEqual(before);
    expect(answersOf(officer)).toEqual(before);
  });

  it('[DV26] of an added member takes it out, of a removal brings it back; positions and events stay', () => {
    const [, supervisor, history] = twoDevices();
    const { household } = supervisor;
    const id = household.addMember();
    household.removeMember(id, 'keliru');
    history.undo();
    expect(household.snapshot().members[0]?.removed).toBeNull();
    history.undo();
    expect(household.snapshot().members[0]?.removed).not.toBeNull();
    history.redo();
    expect(household.snapshot().members[0]?.removed).toBeNull();
    household.addEvent('seen');
    expect(history.canRedo).toBe(true);
    history.undo();
    expect(household.snapshot().events).toHaveLength(1);
    expect(supervisor.up()?.verdict).toBe('accepted');
  });

  it('takes one transaction of several edits as one step', () => {
    const [, supervisor, history] = twoDevices();
    const household: Household = supervisor.household;
    household.doc.transact(() => {
      household.answer(FLOOR, '2');
      household.answer({ member: null, question: '304' }, '1');
    }, LOCAL);
    history.undo();
    expect(household.snapshot().answers).toEqual({ 303: null, 304: null });
    expect(history.canUndo).toBe(false);
  });
});
