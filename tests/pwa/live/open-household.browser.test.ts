import type { Place } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openHousehold } from '../../../packages/pwa/src/live/open-household.ts';
import { Catalogue } from '../../../packages/pwa/src/stores/catalogue.ts';
import type { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { meOf } from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { prelistedUpdate, sit, sittingParts } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';
const FLOOR: Place = { member: null, question: '303' };
const WALL: Place = { member: null, question: '304' };

describe('an open household', () => {
  const clock = new VirtualClock();
  let name: string;
  let vault: Vault;
  let mend: () => void = () => undefined;
  beforeEach(async () => {
    name = freshName();
    vault = openVault(name, clock);
    await vault.appendRemote(ANI, prelistedUpdate());
  });
  afterEach(async () => {
    mend();
    await vault.database.destroy();
  });

  test('is not there if nothing of it is on the device', async () => {
    expect(await openHousehold(sittingParts(vault, clock), 'household/nobody')).toBeNull();
  });

  test('[DV1] an answer is in the database before it says stored, and there after a restart', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    const atStored: Promise<number>[] = [];
    const witness = openVault(name, clock);
    sitting.save.subscribe(({ state }) => {
      if (state === 'stored') atStored.push(witness.updates(ANI).then(({ length }) => length));
    });
    sitting.household.answer(FLOOR, '5');
    expect(sitting.save.get()).toEqual({ state: 'storing' });
    expect(sitting.ticks.get().device).toBe(false);
    await sitting.settled();
    expect(await Promise.all(atStored)).toEqual([2]);
    expect(sitting.ticks.get()).toMatchObject({ device: true, relay: false });
    // No goodbye: the process is gone.
    await vault.database.close();
    const again = await sit(sittingParts(witness, clock), ANI);
    expect(again.snapshot.get().answers).toMatchObject({ 303: '5', 108: 'SITI AMINAH' });
    await again.close();
    await sitting.close();
    await witness.database.close();
  });

  test('[DV15] a write that fails is shown, the answer stays, and retry brings it to the disk', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    mend = breakDatabase('full');
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    const save = sitting.save.get();
    expect(save).toMatchObject({ state: 'failed', reason: 'full' });
    expect(sitting.ticks.get().device).toBe(false);
    expect(sitting.snapshot.get().answers['303']).toBe('5');
    mend();
    if (save.state === 'failed') save.retry();
    await sitting.settled();
    expect(sitting.save.get()).toEqual({ state: 'stored' });
    await sitting.close();
    const again = await sit(sittingParts(vault, clock), ANI);
    expect(again.snapshot.get().answers['303']).toBe('5');
    await again.close();
  });

  test('[DV14] after a failed write the next edit takes everything with it, in order', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    mend = breakDatabase('failing');
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    expect(sitting.save.get()).toMatchObject({ state: 'failed', reason: 'failed' });
    mend();
    sitting.household.answer(WALL, '2');
    await sitting.settled();
    await sitting.close();
    const again = await sit(sittingParts(vault, clock), ANI);
    expect(again.snapshot.get().answers).toMatchObject({ 303: '5', 304: '2' });
    await again.close();
  });

  test('[DV18] opens on a full disk, and makes ids again once there is room', async () => {
    mend = breakDatabase('full');
    const sitting = await sit(sittingParts(vault, clock), ANI);
    expect(sitting.snapshot.get().answers['108']).toBe('SITI AMINAH');
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    expect(sitting.save.get()).toMatchObject({ state: 'failed', reason: 'full' });
    mend();
    sitting.household.answer(WALL, '2');
    await sitting.settled();
    expect(sitting.save.get()).toEqual({ state: 'stored' });
    await vi.waitFor(() => expect(sitting.household.addMember()).toMatch(/^k3f\d+$/));
    await sitting.close();
  });

  test('[DV18] a supervisor can look at a submitted family on a full disk', async () => {
    const officer = await sit(sittingParts(vault, clock), ANI);
    officer.household.addEvent('submitted');
    await officer.close();
    mend = breakDatabase('full');
    const sitting = await sit(sittingParts(vault, clock, { me: meOf('supervisor') }), ANI);
    expect(sitting.snapshot.get().events).toHaveLength(1);
    await sitting.close();
  });

  test('[DV19] ids made here never repeat: in two tabs, after reopening', async () => {
    const other = openVault(name, clock);
    const ids = new Set<string>();
    for (const tab of [vault, other, vault]) {
      const sitting = await sit(sittingParts(tab, clock), ANI);
      for (let count = 0; count < 8; count++) ids.add(sitting.household.addMember());
      await sitting.settled();
      await sitting.close();
    }
    expect(ids.size).toBe(24);
    expect([...ids].every((id) => /^k3f\d+$/.test(id))).toBe(true);
    await other.database.close();
  });

  test('[TB1] what another tab stores appears, and both logs are one', async () => {
    const other = openVault(name, clock);
    vault.onStored((documents, isElsewhere) => {
      if (!isElsewhere) other.announce(documents, true);
    });
    other.onStored((documents, isElsewhere) => {
      if (!isElsewhere) vault.announce(documents, true);
    });
    const here = await sit(sittingParts(vault, clock), ANI);
    const there = await sit(sittingParts(other, clock), ANI);
    here.household.answer(FLOOR, '5');
    await until(there.snapshot, ({ answers }) => answers['303'] === '5');
    there.household.answer(FLOOR, '6');
    await until(here.snapshot, ({ answers }) => answers['303'] === '6');
    await there.settled();
    expect(await vault.unsentRows(ANI)).toHaveLength(2);
    await here.close();
    await there.close();
    await other.database.close();
  });

  test('[DV26] undo takes back the last own edit, never what came from elsewhere, and redo brings it again', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    sitting.household.answer(FLOOR, '5');
    sitting.household.answer(FLOOR, '6');
    expect(sitting.canUndo.get()).toEqual({ undo: true, redo: false });
    sitting.undo();
    expect(sitting.snapshot.get().answers['303']).toBe('5');
    sitting.redo();
    expect(sitting.snapshot.get().answers['303']).toBe('6');
    sitting.undo();
    sitting.undo();
    expect(sitting.canUndo.get()).toEqual({ undo: false, redo: true });
    sitting.undo();
    expect(sitting.snapshot.get().answers).toMatchObject({ 108: 'SITI AMINAH' });
    sitting.household.addEvent('submitted');
    expect(sitting.canUndo.get().undo).toBe(false);
    await sitting.close();
    const again = await sit(sittingParts(vault, clock), ANI);
    expect(again.snapshot.get().events).toHaveLength(1);
    expect(again.snapshot.get().answers['303']).toBeNull();
    await again.close();
  });

  test('a supervisor who is looking when the family is submitted has seen it', async () => {
    const supervisor = await sit(sittingParts(vault, clock, { me: meOf('supervisor') }), ANI);
    const officer = await sit(sittingParts(vault, clock), ANI);
    officer.household.addEvent('submitted');
    await until(supervisor.ticks, (ticks) => ticks.supervisor);
    expect(supervisor.snapshot.get().events.map(({ type }) => type)).toEqual(['submitted', 'seen']);
    await supervisor.close();
    await officer.close();
  });

  test('who may write follows role and state; a supervisor who opens what was submitted has seen it', async () => {
    const officer = await sit(sittingParts(vault, clock), ANI);
    expect(officer.mayWrite.get()).toBe(true);
    officer.household.addEvent('submitted');
    expect(officer.mayWrite.get()).toBe(false);
    expect(officer.ticks.get().supervisor).toBe(false);
    await officer.close();
    const supervisor = await sit(sittingParts(vault, clock, { me: meOf('supervisor') }), ANI);
    expect(supervisor.ticks.get().supervisor).toBe(true);
    expect(supervisor.mayWrite.get()).toBe(true);
    supervisor.household.addEvent('approved');
    expect(supervisor.mayWrite.get()).toBe(false);
    await supervisor.close();
    const again = await sit(sittingParts(vault, clock, { me: meOf('supervisor') }), ANI);
    expect(again.snapshot.get().events.map(({ type }) => type)).toEqual(['submitted', 'seen', 'approved']);
    await again.close();
  });

  test('[DV25] closing leaves an up-to-date line in the catalogue', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    sitting.household.answer(FLOOR, '5');
    sitting.household.addRemark('answers/303', 'lantai sebagian tanah');
    await sitting.close();
    const catalogue = new Catalogue(vault);
    expect(await catalogue.stale()).toEqual([]);
    expect(await catalogue.all()).toMatchObject([
      {
        document: ANI,
        isWaiting: true,
        entry: { head: 'SITI AMINAH', state: 'draft', remarks: 1, prelistNumber: 7 },
      },
    ]);
  });
});
