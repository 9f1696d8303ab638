import { Household } from '@rukun/core/household';
import type { ExchangeItem } from '@rukun/core/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { applyUpdate, applyUpdateV2, Doc } from 'yjs';
import type { App, FamilyEntry } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { VaultDatabase } from '../../../packages/pwa/src/stores/vault-database.ts';
import {
  AREA,
  appParts,
  enter,
  meOf,
  PIN,
  ScriptedNetwork,
  SharedTabs,
  SwitchedSurroundings,
  unlocked,
} from '../../support/app-parts.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** Applies what an item carries. */
function applyItem(doc: Doc, { update, isCompact }: ExchangeItem): void {
  if (isCompact) applyUpdateV2(doc, update);
  else applyUpdate(doc, update);
}

/** All rows of updates in a vault. */
async function rowsOf(name: string): Promise<readonly { readonly local: 0 | 1 }[]> {
  const database = new VaultDatabase(name);
  const rows = await database.read((tx) => tx.objectStore('updates').getAll());
  await database.close();
  return rows;
}

describe('the app', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let surroundings: SwitchedSurroundings;
  let databasePrefix: string;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    surroundings = new SwitchedSurroundings();
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases()) {
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
    }
  });

  const start = async (): Promise<App> =>
    unlocked(await createApp(appParts({ network, databasePrefix, surroundings }, clock)));

  /** Lets what is due at once fall due, for as long as the list is not as wanted. */
  async function listed(
    app: App,
    fits: (list: readonly FamilyEntry[]) => boolean,
  ): Promise<readonly FamilyEntry[]> {
    clock.advance(0);
    return until(app.families.list, fits);
  }

  async function signedIn(): Promise<App> {
    const app = await start();
    expect((await enter(app, 'ani')).ok).toBe(true);
    return app;
  }

  test('[DV20] signs in once, fetches the families, and has them after a restart without a link', async () => {
    const app = await signedIn();
    expect(app.families.arriving.get()).not.toBeNull();
    const [siti] = await listed(app, (list) => list.length === 1);
    expect(siti).toMatchObject({
      document: 'household/siti',
      head: 'SITI AMINAH',
      address: 'JL. MELATI 3',
      state: 'open',
      prelistNumber: 7,
      ticks: { device: true, relay: true, supervisor: false, refused: null },
    });
    expect(app.sync.state.get()).toMatchObject({ link: 'online', failure: null, lastAt: clock.now() });
    surroundings.setOnline(false);
    expect(app.sync.state.get().link).toBe('offline');
    const again = await start();
    expect(again.session.me.get()?.person.name).toBe('Ani');
    expect(again.session.nameOf('p-supervisor')).toBe('Budi');
    expect(again.families.list.get()).toHaveLength(1);
    expect(again.families.arriving.get()).toBeNull();
  });

  test('[EX28] an answer goes up soon after it was stored, and its second tick comes with the receipt', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    surroundings.setOnline(false);
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    await open?.close();
    const waiting = await until(app.sync.state, (state) => state.waiting === 1);
    expect(waiting.link).toBe('offline');
    expect(network.items).toEqual([]);
    surroundings.setOnline(true);
    clock.advance(0);
    await until(app.sync.state, (state) => state.waiting === 0);
    const [siti] = await until(app.families.list, ([entry]) => entry?.ticks.relay === true);
    expect(siti?.state).toBe('draft');
    expect(network.items.map(({ document, area }) => [document, area])).toEqual([['household/siti', '']]);
  });

  test('[DV10] a family found on the way names its area in its first item and starts with copies of it', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    const open = await app.add(AREA);
    expect(open.document).toMatch(/^household\/[0-9a-z]{16}$/);
    expect(open.snapshot.get()).toMatchObject({
      origin: 'added',
      area: AREA,
      answers: { 101: '71', 102: '02', 103: '030', 104: '004', 105: '000100', 106: 'JAGA I' },
    });
    await open.close();
    clock.advance(2_000);
    await until(app.sync.state, (state) => state.waiting === 0 && state.lastAt === clock.now());
    const item = network.items.find(({ document }) => document === open.document);
    expect(item?.area).toBe(AREA);
    const doc = new Doc();
    if (item) applyItem(doc, item);
    const nobody = { person: '', now: () => 0, nextId: () => '' };
    expect(new Household(doc, nobody).snapshot().answers['106']).toBe('JAGA I');
    await until(app.families.list, (list) => list.length === 2);
  });

  test('[EX29] keeps trying when the relay does not answer, more and more slowly', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    network.failure = 'unavailable';
    app.sync.now();
    clock.advance(0);
    await until(app.sync.state, (state) => state.failure === 'unavailable' && !state.running);
    expect(app.sync.state.get().link).toBe('offline');
    network.failure = null;
    clock.advance(2_000);
    await until(app.sync.state, (state) => state.link === 'online');
  });

  test('[DV23] a session the relay no longer knows stops nothing but sending: the PIN opens, work goes on, signing in again sends it', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    surroundings.setOnline(false);
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    network.failure = 'unauthenticated';
    surroundings.setOnline(true);
    clock.advance(0);
    await until(app.sync.state, (state) => state.failure === 'unauthenticated');
    expect(app.session.me.get()?.person.name).toBe('Ani');
    open?.household.answer({ member: null, question: '304' }, '2');
    await open?.close();
    surroundings.setOnline(false);
    const again = await start();
    expect(again.session.me.get()?.person.name).toBe('Ani');
    const later = await again.open('household/siti');
    later?.household.answer({ member: null, question: '305' }, '1');
    await later?.settled();
    network.failure = null;
    network.me = { ...meOf(), device: { id: 'd-again', tag: 'k3g' } };
    surroundings.setOnline(true);
    expect((await enter(again, 'ani')).ok).toBe(true);
    expect(again.session.me.get()?.device.id).toBe('d-again');
    again.sync.now();
    clock.advance(0);
    await until(again.sync.state, (state) => state.waiting === 0 && state.lastAt !== null);
    const doc = new Doc();
    for (const item of network.items) applyItem(doc, item);
    expect(doc.getMap('answers').toJSON()).toMatchObject({ 303: '5', 304: '2', 305: '1' });
  });

  test('[DV23] a wrong relay, or an older copy of its data, costs nobody the session', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    network.failure = 'unauthenticated';
    app.sync.now();
    clock.advance(0);
    await until(app.sync.state, (state) => state.failure === 'unauthenticated' && !state.running);
    network.failure = null;
    const again = await start();
    const exchanges = network.exchanges;
    app.sync.now();
    again.sync.now();
    clock.advance(0);
    await until(app.sync.state, (state) => state.failure === null && state.link === 'online');
    expect(network.exchanges).toBeGreaterThan(exchanges);
    expect(again.session.me.get()?.person.name).toBe('Ani');
  });

  test('[DV21] signing out waits for unsent edits; forced, they stay on the device for their author alone', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    surroundings.setOnline(false);
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.close();
    expect(await app.session.signOut(false)).toEqual({ unstored: 1, done: false });
    expect(app.session.me.get()).not.toBeNull();
    expect(await app.session.signOut(true)).toEqual({ unstored: 1, done: true });
    await until(app.families.list, (list) => list.length === 0);
    surroundings.setOnline(true);
    network.me = meOf('supervisor');
    await enter(app, 'budi');
    clock.advance(0);
    await until(app.sync.state, (state) => state.lastAt !== null);
    expect(network.items).toEqual([]);
    expect(await app.session.signOut(false)).toEqual({ unstored: 0, done: true });
    network.me = meOf();
    await app.lock.unlock('p-officer', PIN);
    await enter(app, 'ani');
    clock.advance(0);
    await until(app.sync.state, (state) => state.lastAt !== null && state.waiting === 0);
    expect(network.items.map(({ document }) => document)).toEqual(['household/siti']);
  });

  test('[DV22] an answer that comes after somebody else has signed in does not land in that vault', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    await until(app.sync.state, ({ running, lastAt }) => !running && lastAt !== null);
    const exchanges = network.exchanges;
    let arrive: () => void = () => undefined;
    network.slow = new Promise((resolve) => (arrive = resolve));
    network.changes.push({ document: 'household/dewi', area: AREA, update: prelistedUpdate() });
    app.sync.now();
    clock.advance(0);
    await vi.waitUntil(() => network.exchanges > exchanges);
    expect((await app.session.signOut(true)).done).toBe(true);
    network.me = meOf('supervisor');
    await enter(app, 'budi');
    network.slow = null;
    arrive();
    await until(app.sync.state, ({ lastAt, running }) => lastAt !== null && !running);
    const rows = await rowsOf(`${databasePrefix}.vault.p-supervisor`);
    expect(rows).toEqual([]);
  });

  test('[TB4] a form that is open in another tab is closed and stored before somebody else can sign in there', async () => {
    const device = new SharedTabs();
    const parts = { network, databasePrefix, surroundings };
    const first = await createApp(appParts({ ...parts, tabs: device.open() }, clock));
    const second = await createApp(
      appParts({ ...parts, tabs: device.open(), random: seededRandom(2) }, clock),
    );
    await enter(first, 'ani');
    clock.advance(0);
    await until(second.families.list, (list) => list.length === 1);
    surroundings.setOnline(false);
    const form = await second.open('household/siti');
    form?.household.answer({ member: null, question: '303' }, '5');
    await first.session.signOut(true);
    network.me = meOf('supervisor');
    surroundings.setOnline(true);
    await enter(first, 'budi');
    await until(second.session.me, (me) => me?.person.name === 'Budi');
    form?.household.answer({ member: null, question: '304' }, '2');
    await form?.settled();
    expect((await rowsOf(`${databasePrefix}.vault.p-supervisor`)).filter(({ local }) => local === 1)).toEqual(
      [],
    );
    const kept = await rowsOf(`${databasePrefix}.vault.p-officer`);
    expect(kept.filter(({ local }) => local === 1)).toHaveLength(1);
  });

  test('[DV17] what the device could not store comes back when the form is opened again, and holds up signing out', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    surroundings.setOnline(false);
    const open = await app.open('household/siti');
    const mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    await open?.close();
    mend();
    expect(await app.session.signOut(false)).toEqual({ unstored: 1, done: false });
    const again = await app.open('household/siti');
    expect(again?.snapshot.get().answers['303']).toBe('5');
    await again?.settled();
    expect(again?.save.get()).toEqual({ state: 'stored' });
    await again?.close();
    expect(await rowsOf(`${databasePrefix}.vault.p-officer`)).toHaveLength(2);
  });

  test('[EX30] what the live connection has brought to the centre is not sent again', async () => {
    const app = await signedIn();
    await listed(app, (list) => list.length === 1);
    const before = network.exchanges;
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    const vault = openVault(`${databasePrefix}.vault.p-officer`, clock);
    const row = (await vault.unsentRows('household/siti')).at(-1) ?? 0;
    await vault.acknowledge('household/siti', row);
    await vault.database.close();
    clock.advance(2_000);
    await open?.close();
    expect(network.exchanges).toBe(before);
  });

  test('[TB3] a tab in view asks the leading one, which nobody looks at, when the link is back', async () => {
    const device = new SharedTabs();
    const hidden = new SwitchedSurroundings();
    hidden.isVisible = () => false;
    const first = await createApp(
      appParts({ network, databasePrefix, surroundings: hidden, tabs: device.open() }, clock),
    );
    await enter(first, 'ani');
    clock.advance(0);
    const second = await createApp(
      appParts({ network, databasePrefix, surroundings, tabs: device.open() }, clock),
    );
    await until(second.families.list, (list) => list.length === 1);
    const before = network.exchanges;
    for (const each of [hidden, surroundings]) each.setOnline(false);
    clock.advance(600_000);
    for (const each of [hidden, surroundings]) each.setOnline(true);
    await vi.waitFor(() => {
      clock.advance(0);
      expect(second.sync.state.get().link).toBe('online');
    });
    expect(network.exchanges).toBeGreaterThan(before);
  });

  test('[TB1] a second tab sees what the first one does, and its open household too', async () => {
    const device = new SharedTabs();
    const parts = { network, databasePrefix, surroundings };
    const first = await createApp(appParts({ ...parts, tabs: device.open() }, clock));
    const second = await createApp(
      appParts({ ...parts, tabs: device.open(), random: seededRandom(2) }, clock),
    );
    await enter(first, 'ani');
    await until(second.session.me, (me) => me !== null);
    clock.advance(0);
    await until(second.families.list, (list) => list.length === 1);
    expect(second.sync.state.get().link).toBe('online');
    surroundings.setOnline(false);
    const [here, there] = await Promise.all([first.open('household/siti'), second.open('household/siti')]);
    if (here === null || there === null) throw new Error('not open');
    there.household.answer({ member: null, question: '303' }, '5');
    await until(here.snapshot, ({ answers }) => answers['303'] === '5');
    await Promise.all([here.close(), there.close()]);
  });
});
