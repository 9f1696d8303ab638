import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { Catalogue } from '../../../packages/pwa/src/stores/catalogue.ts';
import { Keyring } from '../../../packages/pwa/src/stores/keyring.ts';
import { VaultDatabase } from '../../../packages/pwa/src/stores/vault-database.ts';
import { LockedError, VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { newDataKey } from '../../../packages/pwa/src/platform/data-key.ts';
import { plainSeal } from '../../../packages/pwa/src/stores/plain-seal.ts';
import { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { AREA, appParts, enter, meOf, ScriptedNetwork, SharedTabs } from '../../support/app-parts.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const OFFICER = 'p-officer';
const SITI = 'household/siti';

describe('signing out', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;
  let device: SharedTabs;
  /** The same vault as another tab has it. */
  let other: Vault;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    network.changes.push({ document: SITI, area: AREA, update: prelistedUpdate() });
    databasePrefix = freshName();
    device = new SharedTabs();
    other = new Vault(new VaultDatabase(`${databasePrefix}.vault.${OFFICER}`), plainSeal, clock);
  });
  afterEach(async () => {
    await other.database.close();
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  async function signedIn(): Promise<App> {
    const seal = new VaultSeal(crypto);
    const app = await createApp(appParts({ network, databasePrefix, seal, tabs: device.open() }, clock));
    expect((await enter(app, 'ani')).ok).toBe(true);
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    await until(app.sync.state, ({ running, lastAt }) => !running && lastAt !== null);
    return app;
  }

  test('what another tab stores once it is told to close stays, and so does the key to it', async () => {
    const app = await signedIn();
    // Its connection is there already.
    expect(await other.waitingCount()).toBe(0);
    const stored: Promise<number>[] = [];
    device.open().onMessage(({ type }) => {
      if (type === 'lock' && stored.length === 0)
        stored.push(other.appendLocal(SITI, prelistedUpdate(), clock.now()));
    });
    expect(await app.session.signOut(false)).toEqual({ unstored: 1, done: true });
    const [row] = await Promise.all(stored);
    expect(await other.unsentRows(SITI)).toEqual([row]);
    expect(await new Keyring(`${databasePrefix}.keyring`).slot(OFFICER)).toMatchObject({ session: null });
    expect(app.lock.gate.get()).toEqual({ at: 'locked' });
  });

  test('a vault with edits that nobody else has is not emptied', async () => {
    await signedIn();
    const row = await other.appendLocal(SITI, prelistedUpdate(), clock.now());
    expect(await other.empty()).toBe(1);
    expect(await other.unsentRows(SITI)).toEqual([row]);
    await other.acknowledge(SITI, row);
    expect(await other.empty()).toBe(0);
    expect(await other.documents()).toEqual([]);
  });

  test('a list entry under a lost key hides no other family; a locked vault shows none', async () => {
    const seal = new VaultSeal(crypto);
    const vault = new Vault(new VaultDatabase(`${databasePrefix}.vault.other`), seal, clock);
    const catalogue = new Catalogue(vault);
    for (const [document, name] of [
      [SITI, 'SITI'],
      ['household/budi', 'BUDI'],
    ] as const) {
      seal.use(await newDataKey(crypto.subtle));
      await vault.appendRemote(document, prelistedUpdate());
      await catalogue.put([{ document, upToRow: 99, entry: { name } }]);
    }
    const rows = await catalogue.of([SITI, 'household/budi']);
    expect(rows.map(({ entry }) => entry)).toEqual([null, { name: 'BUDI' }]);
    seal.use(null);
    await expect(catalogue.all()).rejects.toThrow(LockedError);
    await vault.database.close();
  });
});
