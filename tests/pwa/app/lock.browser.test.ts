import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App, UnlockAnswer } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { Keyring } from '../../../packages/pwa/src/stores/keyring.ts';
import { LockedError, VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import {
  AREA,
  appParts,
  enter,
  meOf,
  PIN,
  ScriptedNetwork,
  SharedTabs,
  SwitchedSurroundings,
} from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const WRONG = '508163';
const OFFICER = 'p-officer';

describe('the lock', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let surroundings: SwitchedSurroundings;
  let databasePrefix: string;
  let input: () => void;
  /** Of the app that was started last. */
  let seal: VaultSeal;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    surroundings = new SwitchedSurroundings();
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const start = (tabs = new SharedTabs()): Promise<App> => {
    seal = new VaultSeal(crypto);
    return createApp(
      appParts(
        {
          network,
          databasePrefix,
          surroundings,
          seal,
          tabs: tabs.open(),
          activity: {
            onInput(heard) {
              input = heard;
              return () => undefined;
            },
          },
        },
        clock,
      ),
    );
  };

  async function signedIn(tabs?: SharedTabs): Promise<App> {
    const app = await start(tabs);
    expect((await enter(app, 'ani')).ok).toBe(true);
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    return app;
  }

  const keyring = (): Keyring => new Keyring(`${databasePrefix}.keyring`);

  test('nothing is stored of a sign-in before there is a PIN', async () => {
    const app = await start();
    await app.session.signIn('ani', 'secret');
    expect(app.lock.gate.get()).toEqual({ at: 'choose-pin', why: 'first', name: 'Ani' });
    expect(await keyring().slots()).toEqual([]);
    await app.lock.giveUp();
    expect(app.lock.gate.get()).toEqual({ at: 'sign-in' });
  });

  test('a phone that is left while a PIN is to be chosen goes back to the sign-in', async () => {
    const app = await start();
    await app.session.signIn('ani', 'secret');
    clock.advance(5 * 60_000);
    await until(app.lock.gate, ({ at }) => at === 'sign-in');
    expect(await app.lock.choosePin(PIN)).toMatchObject({ ok: false });
    expect(await keyring().slots()).toEqual([]);
  });

  test('the officer’s own code is no PIN', async () => {
    const app = await start();
    await app.session.signIn('ani', 'secret');
    expect(app.lock.judge('000101')).toBe('easy');
    expect(await app.lock.choosePin('000101')).toMatchObject({ ok: false });
    expect(await keyring().slots()).toEqual([]);
  });

  test('a slot names nobody and shows initials only; the session in it is sealed', async () => {
    network.me = { ...meOf(), person: { ...meOf().person, name: 'Siti Nurhaliza Wulandari' } };
    await signedIn();
    const [slot] = await keyring().slots();
    expect(slot?.maskedName).toBe('S••• N••• W•••');
    const text = new TextDecoder('latin1').decode(slot?.session ?? new Uint8Array());
    expect(text.length).toBeGreaterThan(100);
    for (const word of ['Wulandari', 'refresh', 'JAGA', '"me"']) expect(text).not.toContain(word);
  });

  test('after a restart the PIN opens it without a link, another one does not', async () => {
    await signedIn();
    surroundings.setOnline(false);
    const app = await start();
    expect(app.lock.gate.get()).toEqual({ at: 'locked' });
    expect(app.session.me.get()).toBeNull();
    expect(await app.lock.unlock(OFFICER, WRONG)).toEqual({ is: 'wrong', left: 9, waitMs: 0 });
    expect(app.session.me.get()).toBeNull();
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    expect(app.session.me.get()?.person.name).toBe('Ani');
    await until(app.families.list, ([siti]) => siti?.head === 'SITI AMINAH');
    expect((await keyring().slot(OFFICER))?.tries.wrong).toBe(0);
  });

  test('wrong PINs wait longer and longer, over restarts and clocks set back; after ten the PIN is gone, not the data', async () => {
    const made = {
      name: 'RSA-OAEP',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    };
    const { publicKey } = await crypto.subtle.generateKey(made, true, ['encrypt', 'decrypt']);
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
    network.me = { ...meOf(), recoveryKey: { id: 'centre', spki: btoa(String.fromCharCode(...spki)) } };
    await signedIn();
    let app = await start();
    const waits: number[] = [];
    const tooSoon: UnlockAnswer[] = [];
    for (let count = 0; count < 9; count++) {
      const answer = await app.lock.unlock(OFFICER, WRONG);
      if (answer.is !== 'wrong') throw new Error(answer.is);
      waits.push(answer.waitMs);
      if (answer.waitMs > 0) {
        app = await start();
        tooSoon.push(await app.lock.unlock(OFFICER, PIN));
        clock.advance(answer.waitMs);
      }
    }
    const expected = [30_000, 60_000, 300_000, 900_000, 900_000];
    expect(waits).toEqual([0, 0, 0, 0, ...expected]);
    expect(tooSoon).toEqual(expected.map((waitMs, index) => ({ is: 'wait', waitMs, left: 5 - index })));
    expect(await app.lock.unlock(OFFICER, WRONG)).toEqual({ is: 'used-up' });
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'used-up' });
    const slot = await keyring().slot(OFFICER);
    expect(slot?.pin).toBeNull();
    expect(slot?.session).not.toBeNull();
  });

  test('a clock that is set back while one has to wait lets nobody in sooner', async () => {
    await signedIn();
    const app = await start();
    for (let count = 0; count < 5; count++) await app.lock.unlock(OFFICER, WRONG);
    const real = clock.now();
    vi.spyOn(clock, 'now').mockReturnValue(real - 3_600_000);
    expect(await app.lock.unlock(OFFICER, PIN)).toMatchObject({ is: 'wait', waitMs: 30_000 });
    vi.spyOn(clock, 'now').mockReturnValue(real - 3_600_000 + 29_999);
    expect(await app.lock.unlock(OFFICER, PIN)).toMatchObject({ is: 'wait', waitMs: 1 });
    vi.spyOn(clock, 'now').mockReturnValue(real - 3_600_000 + 30_000);
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
  });

  test('a try that cannot be counted is not made', async () => {
    await signedIn();
    const app = await start();
    const mend = breakDatabase('full');
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'failed', reason: 'full' });
    mend();
    expect(app.session.me.get()).toBeNull();
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
  });

  test('without input it locks after the time that was set, and stores what is open first', async () => {
    const app = await signedIn();
    await app.lock.setIdleMinutes(2);
    const open = await app.open('household/siti');
    clock.advance(119_000);
    input();
    clock.advance(119_000);
    expect(app.lock.gate.get().at).toBe('open');
    open?.household.answer({ member: null, question: '303' }, '5');
    clock.advance(1_000);
    await until(app.lock.gate, ({ at }) => at === 'locked');
    expect(app.session.me.get()).toBeNull();
    await app.lock.unlock(OFFICER, PIN);
    const again = await app.open('household/siti');
    expect(again?.snapshot.get().answers['303']).toBe('5');
    await again?.close();
  });

  test('a phone that slept longer than that locks at the first touch', async () => {
    const app = await signedIn();
    await app.lock.setIdleMinutes(5);
    const slept = clock.now() + 300_000;
    vi.spyOn(clock, 'now').mockReturnValue(slept);
    input();
    await until(app.lock.gate, ({ at }) => at === 'locked');
    expect(app.session.me.get()).toBeNull();
  });

  test('answers that a full device could not store are there again after it was locked and opened', async () => {
    const app = await signedIn();
    const open = await app.open('household/siti');
    const mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    await app.lock.lock();
    mend();
    await app.lock.unlock(OFFICER, PIN);
    const again = await app.open('household/siti');
    expect(again?.snapshot.get().answers['303']).toBe('5');
    await again?.settled();
    expect(again?.save.get()).toEqual({ state: 'stored' });
    await again?.close();
  });

  test('while it is locked nothing is opened, sealed or exchanged', async () => {
    const app = await signedIn();
    await app.lock.lock();
    await expect(seal.seal(new Uint8Array(1))).rejects.toThrow(LockedError);
    const before = network.exchanges;
    app.sync.now();
    clock.advance(0);
    await expect(app.open('household/siti')).rejects.toThrow('nobody is signed in');
    expect(app.families.list.get()).toEqual([]);
    expect(network.exchanges).toBe(before);
  });

  test('a new tab has the key of one that is open; locking one locks both, and opening one opens both', async () => {
    const device = new SharedTabs();
    const first = await signedIn(device);
    const second = await start(device);
    await until(second.lock.gate, ({ at }) => at === 'open');
    expect(second.session.me.get()?.person.name).toBe('Ani');
    await second.lock.lock();
    await until(first.lock.gate, ({ at }) => at === 'locked');
    expect(first.session.me.get()).toBeNull();
    await first.lock.unlock(OFFICER, PIN);
    await until(second.lock.gate, ({ at }) => at === 'open');
    await until(second.families.list, (list) => list.length === 1);
  });

  test('the PIN is changed by who knows it', async () => {
    const app = await signedIn();
    expect(await app.lock.changePin(WRONG, '935172')).toMatchObject({ is: 'wrong' });
    expect(await app.lock.changePin(PIN, '935172')).toEqual({ is: 'open' });
    await app.lock.lock();
    expect(await app.lock.unlock(OFFICER, PIN)).toMatchObject({ is: 'wrong' });
    expect(await app.lock.unlock(OFFICER, '935172')).toEqual({ is: 'open' });
  });

  test('signing out with everything stored leaves no slot behind', async () => {
    const app = await signedIn();
    await until(app.sync.state, ({ running, lastAt }) => !running && lastAt !== null);
    expect(await app.session.signOut(false)).toEqual({ unstored: 0, done: true });
    expect(await keyring().slots()).toEqual([]);
    expect(app.lock.gate.get()).toEqual({ at: 'sign-in' });
  });

  test('without cryptography nobody can sign in, and nothing is stored', async () => {
    const bare = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto;
    const app = await createApp({
      ...appParts({ network, databasePrefix, surroundings }, clock),
      crypto: bare,
    });
    expect(app.lock.gate.get()).toEqual({ at: 'no-crypto' });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    expect(names.filter((name) => name.startsWith(databasePrefix))).toEqual([]);
  });
});
