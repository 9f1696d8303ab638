import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { dropRefetchable } from '../../../packages/pwa/src/platform/refetchable-copies.ts';
import { AREA, appParts, enter, meOf, ScriptedNetwork } from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('a device that is full', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;
  let mend: () => void = () => undefined;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  });
  afterEach(() => {
    mend();
  });

  async function signedIn(makeRoom: () => Promise<number> = () => Promise.resolve(0)): Promise<App> {
    const parts = appParts({ network, databasePrefix }, clock);
    const app = await createApp({ ...parts, quota: { ...parts.quota, makeRoom } });
    await enter(app, 'ani');
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    return app;
  }

  test('[SP3] an answer that does not fit turns the app red and stays on the screen; the next one that fits ends it', async () => {
    const app = await signedIn();
    expect(app.storage.get().level).toBe('green');
    const open = await app.open('household/siti');
    mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    expect(app.storage.get()).toMatchObject({ level: 'red', isFull: true });
    expect(open?.save.get()).toMatchObject({ state: 'failed', reason: 'full' });
    expect(open?.snapshot.get().answers['303']).toBe('5');
    expect(open?.unstored()).toHaveLength(1);
    mend();
    open?.household.answer({ member: null, question: '304' }, '2');
    await open?.settled();
    expect(open?.unstored()).toEqual([]);
    await until(app.storage, ({ level }) => level === 'green');
    await open?.close();
  });

  test('[SP5] what could not be stored is stored as soon as copies have made room, without a word from anybody', async () => {
    const app = await signedIn(() => {
      mend();
      return Promise.resolve(1);
    });
    const open = await app.open('household/siti');
    mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    if (open) await until(open.save, ({ state }) => state === 'stored');
    expect(open?.unstored()).toEqual([]);
    await until(app.storage, ({ level }) => level === 'green');
    await open?.close();
  });

  test('[SP8] a family that was closed on a full device is not shown as stored on it', async () => {
    const app = await signedIn();
    const open = await app.open('household/siti');
    mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.close();
    await until(app.families.list, ([entry]) => entry?.ticks.device === false);
    mend();
    const again = await app.open('household/siti');
    await again?.settled();
    expect(again?.snapshot.get().answers['303']).toBe('5');
    await until(app.families.list, ([entry]) => entry?.ticks.device === true);
    await again?.close();
  });

  test('[SP3] a sign-in that the device cannot keep is red as well', async () => {
    const parts = appParts({ network, databasePrefix }, clock);
    const app = await createApp(parts);
    mend = breakDatabase('full');
    expect((await enter(app, 'ani')).ok).toBe(false);
    expect(app.storage.get().level).toBe('red');
  });

  test('[SP6] only copies that can be fetched again are dropped: no vault, no board on the screen, not the app itself', async () => {
    const keep = ['rukun.vault.p-officer', 'rukun.keyring', 'rukun.board/7102991'];
    for (const name of [...keep, 'rukun.board/7102990', 'rukun.area/7102990001000100']) await make(name);
    const shell = `workbox-precache-v2-${location.origin}/`;
    for (const name of [shell, 'workbox-precache-v1-old', 'photos-of-2025']) await caches.open(name);
    expect(await dropRefetchable((name) => name === 'board/7102991')).toBe(4);
    const left = (await indexedDB.databases()).map(({ name }) => name);
    expect(left).toEqual(expect.arrayContaining(keep));
    expect(left).not.toContain('rukun.board/7102990');
    expect(left).not.toContain('rukun.area/7102990001000100');
    expect(await caches.keys()).toEqual([shell]);
    for (const name of keep) indexedDB.deleteDatabase(name);
    await caches.delete(shell);
  });
});

function make(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('success', () => {
      request.result.close();
      resolve();
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error(name));
    });
  });
}
