import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { Keyring } from '../../../packages/pwa/src/stores/keyring.ts';
import { VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { AREA, appParts, enter, meOf, PIN, ScriptedNetwork, SharedTabs } from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const WRONG = '508163';
const OFFICER = 'p-officer';

describe('the key of a vault is never lost', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const start = (tabs = new SharedTabs()): Promise<App> =>
    createApp(appParts({ network, databasePrefix, seal: new VaultSeal(crypto), tabs: tabs.open() }, clock));
  const keyring = (): Keyring => new Keyring(`${databasePrefix}.keyring`);

  async function signedIn(): Promise<App> {
    const app = await start();
    expect((await enter(app, 'ani')).ok).toBe(true);
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    return app;
  }

  async function answered(app: App): Promise<void> {
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    await open?.close();
  }

  async function answerAfterRestart(): Promise<unknown> {
    const app = await start();
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    const open = await app.open('household/siti');
    const answer = open?.snapshot.get().answers['303'];
    await open?.close();
    return answer;
  }

  test('two tabs ask for a PIN: once it is chosen in one, the other opens with it', async () => {
    const device = new SharedTabs();
    const [first, second] = [await start(device), await start(device)];
    await first.session.signIn('ani', 'secret');
    await second.session.signIn('ani', 'secret');
    expect((await second.lock.choosePin(PIN)).ok).toBe(true);
    await until(first.lock.gate, ({ at }) => at === 'open');
    await answered(second);
    expect((await first.lock.choosePin(WRONG)).ok).toBe(false);
    expect(await answerAfterRestart()).toBe('5');
  });

  test('two tabs that hear nothing of each other: the PIN chosen later does not replace the key of the first', async () => {
    const [first, second] = [await start(), await start()];
    await first.session.signIn('ani', 'secret');
    await second.session.signIn('ani', 'secret');
    expect((await second.lock.choosePin(PIN)).ok).toBe(true);
    await answered(second);
    expect((await first.lock.choosePin(WRONG)).ok).toBe(false);
    expect(first.lock.gate.get()).toEqual({ at: 'locked' });
    expect(first.session.me.get()).toBeNull();
    expect(await answerAfterRestart()).toBe('5');
  });

  test('wrong PINs take the only key away from nobody before the centre has a copy of it', async () => {
    await answered(await signedIn());
    const app = await start();
    for (let count = 0; count < 15; count++) {
      expect((await app.lock.unlock(OFFICER, WRONG)).is).toBe('wrong');
      clock.advance(900_000);
    }
    expect(await app.lock.unlock(OFFICER, WRONG)).toEqual({ is: 'wrong', left: 1, waitMs: 900_000 });
    expect(await app.lock.unlock(OFFICER, PIN)).toMatchObject({ is: 'wait', waitMs: 900_000 });
    clock.advance(900_000);
    expect(await answerAfterRestart()).toBe('5');
    expect((await keyring().slot(OFFICER))?.tries.wrong).toBe(0);
  });

  test('a recovery key of the centre that is none keeps nobody out', async () => {
    const me = { ...meOf(), recoveryKey: { id: 'broken', spki: btoa('no key') } };
    network.me = me;
    await answered(await signedIn());
    for (let count = 0; count < 11; count++) {
      expect(await answerAfterRestart()).toBe('5');
      expect((await keyring().slot(OFFICER))?.tries.wrong).toBe(0);
    }
  });

  test('the right PIN opens although nothing about it could be written down', async () => {
    await answered(await signedIn());
    const app = await start();
    // The try is counted; what comes after it finds the device full.
    const mend = breakDatabase('full', 1);
    const answer = await app.lock.unlock(OFFICER, PIN);
    mend();
    expect(answer).toEqual({ is: 'open' });
    expect((await keyring().slot(OFFICER))?.tries.wrong).toBe(1);
    expect(app.session.me.get()?.person.id).toBe(OFFICER);
  });
});

test('the phone’s own lock opens the vault of who has the phone alone, and nobody’s once two share it', async () => {
  const clock = new VirtualClock();
  const network = new ScriptedNetwork(meOf());
  const databasePrefix = freshName();
  const authenticator = {
    isPossible: () => Promise.resolve(true),
    register: () => Promise.resolve({ id: new Uint8Array(8), secret: new Uint8Array(32) }),
    secret: () => Promise.resolve(new Uint8Array(32)),
  };
  const app = await createApp(
    appParts({ network, databasePrefix, seal: new VaultSeal(crypto), authenticator }, clock),
  );
  expect((await enter(app, 'ani')).ok).toBe(true);
  await until(app.lock.settings, (settings) => settings.authenticator === false);
  expect(await app.lock.addAuthenticator(PIN)).toEqual({ is: 'open' });
  await app.lock.lock();
  expect(app.lock.people.get().map((each) => each.hasAuthenticator)).toEqual([true]);
  expect(await app.lock.unlockByAuthenticator(OFFICER)).toEqual({ is: 'open' });
  await app.lock.lock();
  network.me = meOf('supervisor');
  expect((await enter(app, 'budi')).ok).toBe(true);
  await until(app.lock.settings, (settings) => settings.authenticator === null);
  await app.lock.lock();
  expect(app.lock.people.get().map((each) => each.hasAuthenticator)).toEqual([false, false]);
  expect(await app.lock.unlockByAuthenticator(OFFICER)).toEqual({ is: 'denied' });
  expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
});

describe('the session of version 0.1', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    databasePrefix = freshName();
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const start = (): Promise<App> =>
    createApp(appParts({ network, databasePrefix, seal: new VaultSeal(crypto) }, clock));

  /** In clear text, as that version kept it. */
  function keepPlain(person: string): Promise<void> {
    const me = { ...meOf(), person: { ...meOf().person, id: person } };
    const bytes = new TextEncoder().encode(JSON.stringify({ token: 'older', me }));
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(`${databasePrefix}.session`, 1);
      opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('session'));
      opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
      opening.addEventListener('success', () => {
        const tx = opening.result.transaction('session', 'readwrite');
        tx.objectStore('session').put(bytes, 'session');
        tx.addEventListener('complete', () => {
          opening.result.close();
          resolve();
        });
      });
    });
  }

  const isPlainKept = async (): Promise<boolean> =>
    (await indexedDB.databases()).some(({ name }) => name === `${databasePrefix}.session`);

  test('an app that was ended while it sealed it goes on at the next unlock, and leaves no clear text', async () => {
    const app = await start();
    expect((await enter(app, 'ani')).ok).toBe(true);
    await keepPlain(OFFICER);
    const keyring = new Keyring(`${databasePrefix}.keyring`);
    await keyring.change(OFFICER, (slot) => slot && { ...slot, session: null });
    const again = await start();
    expect(again.lock.gate.get()).toEqual({ at: 'locked' });
    expect(await isPlainKept()).toBe(true);
    expect(await again.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    expect(again.session.me.get()?.person.id).toBe(OFFICER);
    expect(await isPlainKept()).toBe(false);
  });

  test('it waits for its own person: another one who unlocks leaves it', async () => {
    const app = await start();
    expect((await enter(app, 'ani')).ok).toBe(true);
    await keepPlain('p-other');
    const again = await start();
    expect(await again.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    expect(again.session.me.get()?.person.name).toBe('Ani');
    expect(await isPlainKept()).toBe(true);
  });
});
