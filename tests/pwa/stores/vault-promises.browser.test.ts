import type { DocumentName } from '@rukun/core/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { Catalogue } from '../../../packages/pwa/src/stores/catalogue.ts';
import { compact } from '../../../packages/pwa/src/stores/compaction.ts';
import { IdNumbers } from '../../../packages/pwa/src/stores/id-numbers.ts';
import { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';
const BYTES = Uint8Array.of(0, 0);

describe('the vault', () => {
  const clock = new VirtualClock();
  let name: string;
  let vault: Vault;
  let mend: () => void = () => undefined;
  beforeEach(() => {
    name = freshName();
    vault = openVault(name, clock);
  });
  afterEach(async () => {
    mend();
    await vault.database.destroy();
  });

  test.each([
    ['full', 'full'],
    ['failing', 'failed'],
    ['late', 'failed'],
  ] as const)(
    '[DV2] a write that fails (%s) rejects, keeps nothing, and works again afterwards',
    async (how, reason) => {
      await vault.appendLocal(ANI, BYTES, 1);
      mend = breakDatabase(how);
      await expect(vault.appendLocal(ANI, BYTES, 2)).rejects.toMatchObject({ name: 'StoreFailure', reason });
      mend();
      expect(await vault.updates(ANI)).toHaveLength(1);
      await vault.appendLocal(ANI, BYTES, 3);
      expect(await vault.updates(ANI)).toHaveLength(2);
    },
  );

  test('[DV8] an answer of the relay that cannot be stored is not stored in part', async () => {
    const row = await vault.appendLocal(ANI, BYTES, 1);
    mend = breakDatabase('failing');
    const answer = {
      receipts: [{ document: ANI, upTo: row, status: 'stored' as const }],
      changes: [{ document: 'household/budi' as const, area: '', update: BYTES }],
      whole: [],
      position: { epoch: 'e1', feeds: [] },
    };
    await expect(vault.takeOver(answer)).rejects.toThrow('failed');
    mend();
    expect(await vault.outbox(1)).toHaveLength(1);
    expect(await vault.updates('household/budi')).toEqual([]);
    expect(await vault.position()).toEqual({ epoch: '', feeds: [] });
  });

  test('[DV24] a connection that was closed under it is opened again', async () => {
    await vault.appendLocal(ANI, BYTES, 1);
    await vault.database.close();
    await vault.appendLocal(ANI, BYTES, 2);
    expect(await vault.updates(ANI)).toHaveLength(2);
  });

  test('[TB1] two tabs write into one log and see each other', async () => {
    const other = openVault(name, clock);
    const rows = [await vault.appendLocal(ANI, BYTES, 1), await other.appendLocal(ANI, BYTES, 2)];
    expect(await vault.unsentRows(ANI)).toEqual(rows);
    expect(await other.unsentRows(ANI)).toEqual(rows);
    await other.database.close();
  });

  test('[DV19] numbers for ids never repeat: in another tab, after a restart, past the first block', async () => {
    const other = openVault(name, clock);
    const seen: number[] = [];
    for (const tab of [vault, other, vault]) {
      const numbers = await IdNumbers.reserve(tab.database, ANI);
      for (let count = 0; count < 15; count++) seen.push(numbers.next());
    }
    await vault.database.close();
    const numbers = await IdNumbers.reserve(vault.database, ANI);
    for (let count = 0; count < 15; count++) seen.push(numbers.next());
    expect(new Set(seen).size).toBe(60);
    await other.database.close();
  });

  test('[DV4] [DV19] emptying the vault leaves numbers and rows where they were', async () => {
    const first = await IdNumbers.reserve(vault.database, ANI);
    const used = first.next();
    const row = await vault.appendLocal(ANI, BYTES, 1);
    await vault.acknowledge(ANI, row);
    expect(await vault.empty()).toBe(0);
    expect(await vault.updates(ANI)).toEqual([]);
    const second = await IdNumbers.reserve(vault.database, ANI);
    expect(second.next()).toBeGreaterThan(used);
    expect(await vault.appendLocal(ANI, BYTES, 1)).toBeGreaterThan(row);
  });

  test('[DC1] [DC2] [DC3] [DC4] merging rows loses no update, no unsent row and not the local log', async () => {
    const here = new Doc({ gc: false });
    const there = new Doc({ gc: false });
    const hereUpdates: Uint8Array[] = [];
    const thereUpdates: Uint8Array[] = [];
    here.on('update', (update: Uint8Array) => hereUpdates.push(update));
    there.on('update', (update: Uint8Array) => thereUpdates.push(update));
    for (let count = 0; count < 60; count++) {
      here.getMap('answers').set(`h${count}`, count);
      there.getMap('answers').set(`t${count}`, count);
    }
    let acknowledged = 0;
    for (const [index, update] of hereUpdates.entries()) {
      const row = await vault.appendLocal(ANI, update, index);
      if (index === 49) acknowledged = row;
      await vault.appendRemote(ANI, thereUpdates[index] ?? BYTES);
    }
    await vault.acknowledge(ANI, acknowledged);
    const unsent = await vault.unsentRows(ANI);
    expect(await compact(vault, ANI)).toBe(true);
    expect((await vault.updates(ANI)).length).toBe(12);
    expect(await vault.unsentRows(ANI)).toEqual(unsent);
    expect(contentOf(await vault.updates(ANI))).toEqual({
      ...here.getMap('answers').toJSON(),
      ...there.getMap('answers').toJSON(),
    });
    await vault.resend(ANI);
    const [log] = await vault.outbox(1);
    expect(contentOf(log?.rows.map(({ update }) => update) ?? [])).toEqual(here.getMap('answers').toJSON());
    expect(await compact(vault, ANI)).toBe(false);
  });

  test('[DC5] merged rows keep the minutes their parts were written in', async () => {
    const updates = editsOf(60);
    for (const [index, update] of updates.entries())
      await vault.acknowledge(
        ANI,
        await vault.appendLocal(ANI, update, (100 + Math.floor(index / 20)) * 60_000),
      );
    expect(await compact(vault, ANI)).toBe(true);
    await vault.resend(ANI);
    const [log] = await vault.outbox(1);
    expect(log?.rows).toHaveLength(1);
    expect(log?.rows[0]?.marks?.map(({ clock, at }) => [clock, at / 60_000])).toEqual([
      [0, 100],
      [20, 101],
      [40, 102],
    ]);
  });

  test('[DC6] rows are not merged across a gap, and of two that merge at once one gives way', async () => {
    const updates = editsOf(70);
    for (const [index, update] of updates.entries())
      if (index !== 30) await vault.acknowledge(ANI, await vault.appendLocal(ANI, update, index));
    expect(await compact(vault, ANI)).toBe(false);
    expect(await vault.updates(ANI)).toHaveLength(69);
    const other = new Vault(vault.database, vault.seal, new VirtualClock());
    for (const update of editsOf(60)) await vault.appendRemote('household/budi', update);
    const done = await Promise.all([compact(vault, 'household/budi'), compact(other, 'household/budi')]);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(Object.keys(contentOf(await vault.updates('household/budi')) as object)).toHaveLength(60);
  });

  test('[DV25] a catalogue entry counts as old until it was made of the last row', async () => {
    const catalogue = new Catalogue(vault);
    const row = await vault.appendLocal(ANI, BYTES, 1);
    expect(await catalogue.stale()).toEqual([ANI]);
    await catalogue.put([{ document: ANI, upToRow: row, entry: { head: 'Ani' } }]);
    expect(await catalogue.stale()).toEqual([]);
    const later = await vault.appendLocal(ANI, BYTES, 2);
    await catalogue.put([{ document: ANI, upToRow: row, entry: { head: 'Ani' } }]);
    expect(await catalogue.stale()).toEqual([ANI]);
    await catalogue.put([{ document: ANI, upToRow: later, entry: { head: 'Ani B.' } }]);
    await catalogue.put([{ document: ANI, upToRow: row, entry: { head: 'old' } }]);
    expect(await catalogue.all()).toMatchObject([
      { document: ANI, isWaiting: true, entry: { head: 'Ani B.' } },
    ]);
  });
});

/** Updates of one fresh document, each setting one key. */
function editsOf(count: number): Uint8Array[] {
  const doc = new Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let index = 0; index < count; index++) doc.getMap('answers').set(`q${index}`, index);
  return updates;
}

function contentOf(updates: readonly Uint8Array[]): unknown {
  const doc = new Doc({ gc: false });
  applyUpdate(doc, mergeUpdates([...updates]), 'test');
  return doc.getMap('answers').toJSON();
}
