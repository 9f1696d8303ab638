import type { Place } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { rebuiltOf } from '@rukun/core/sync';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { prelistedUpdate, sit, sittingParts } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';
const FLOOR: Place = { member: null, question: '303' };
const WALL: Place = { member: null, question: '304' };

describe('refused edits of an open household', () => {
  const clock = new VirtualClock();
  const prelisted = prelistedUpdate();
  let vault: Vault;
  let mend: () => void = () => undefined;

  beforeEach(async () => {
    vault = openVault(freshName(), clock);
    await vault.appendRemote(ANI, prelisted);
  });
  afterEach(async () => {
    mend();
    await vault.database.destroy();
  });

  /** The relay does not take the last unsent row, for the sake of one path; an exchange works it off. */
  async function refuseLast(path: string): Promise<void> {
    const row = (await vault.unsentRows(ANI)).at(-1) ?? 0;
    await vault.takeOver({
      receipts: [{ document: ANI, upTo: row, status: 'refused', code: 'bad-content', paths: [path] }],
      changes: [{ document: ANI, area: '', update: prelisted }],
      whole: [ANI],
      position: { epoch: 'e1', feeds: [] },
    });
    const contents = await vault.contents(ANI);
    if (contents) await vault.rebuild(ANI, rebuiltOf(ANI, contents, seededRandom(row)));
  }

  test('[RB20] what was refused while a family is open is listed at once, and again when it is opened anew', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    expect(sitting.refused.get()).toEqual([]);
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    await refuseLast('answers/303');
    await until(sitting.refused, (edits) => edits.length === 1);
    expect(sitting.refused.get()).toMatchObject([
      { path: 'answers/303', value: '5', standing: null, code: 'bad-content' },
    ]);
    expect(sitting.keptBack.get()).toBeNull();
    // A second one with the same code is no news to the ticks.
    await sitting.settled();
    await vi.waitFor(() => expect(sitting.snapshot.get().answers['303']).toBeUndefined());
    sitting.household.answer(WALL, '2');
    await sitting.settled();
    await refuseLast('answers/304');
    await until(sitting.refused, (edits) => edits.length === 2);
    await sitting.close();
    const again = await sit(sittingParts(vault, clock), ANI);
    await until(again.refused, (edits) => edits.length === 2);
    await again.close();
  });

  test('[RB22] putting them away empties the list; while the device fails, they stay', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    await refuseLast('answers/303');
    await until(sitting.refused, (edits) => edits.length === 1);
    mend = breakDatabase('failing');
    await expect(sitting.putAwayRefused()).rejects.toMatchObject({ reason: 'failed' });
    expect(sitting.refused.get()).toHaveLength(1);
    mend();
    await sitting.putAwayRefused();
    expect(sitting.refused.get()).toEqual([]);
    await until(sitting.ticks, ({ refused }) => refused === null);
    expect(await vault.refusedEdits(ANI)).toEqual([]);
    await sitting.close();
  });

  test('[RB23] a family of which nothing is taken says why, until something of it is', async () => {
    const sitting = await sit(sittingParts(vault, clock), ANI);
    sitting.household.answer(FLOOR, '5');
    await sitting.settled();
    const row = (await vault.unsentRows(ANI)).at(-1) ?? 0;
    await vault.refuse(ANI, row, 'not-found', []);
    await until(sitting.keptBack, (code) => code === 'not-found');
    expect(sitting.refused.get()).toEqual([]);
    await vault.acknowledge(ANI, row);
    await until(sitting.keptBack, (code) => code === null);
    await sitting.close();
  });
});
