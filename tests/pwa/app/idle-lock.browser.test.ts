import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import type { AppParts } from '../../../packages/pwa/src/app/context.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { DEFAULT_IDLE_MINUTES } from '../../../packages/pwa/src/app/pin-rules.ts';
import { VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { appParts, enter, meOf, PIN, ScriptedNetwork, SharedTabs } from '../../support/app-parts.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const OFFICER = 'p-officer';

describe('a phone that is left lying about', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;

  beforeEach(() => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    databasePrefix = freshName();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const start = (changes: Partial<AppParts> = {}): Promise<App> =>
    createApp(appParts({ network, databasePrefix, seal: new VaultSeal(crypto), ...changes }, clock));

  /** A phone that never says whether its own lock can be used. */
  const silent: AppParts['authenticator'] = {
    isPossible: () => new Promise(() => undefined),
    register: () => Promise.resolve(null),
    secret: () => Promise.resolve(null),
  };

  test('a tab that should have locked while the phone slept gives no new tab the key, and locks', async () => {
    const device = new SharedTabs();
    const slept = await start({ tabs: device.open() });
    await enter(slept, 'ani');
    await slept.lock.setIdleMinutes(5);
    const late = clock.now() + 3 * 3_600_000;
    vi.spyOn(clock, 'now').mockReturnValue(late);
    const next = await start({ tabs: device.open() });
    await until(slept.lock.gate, ({ at }) => at === 'locked');
    expect(next.lock.gate.get()).toEqual({ at: 'locked' });
    expect(next.session.me.get()).toBeNull();
    expect(slept.session.me.get()).toBeNull();
  });

  test('settings changed in another tab give a tab whose time is over no more time', async () => {
    const device = new SharedTabs();
    const slept = await start({ tabs: device.open() });
    await enter(slept, 'ani');
    await slept.lock.setIdleMinutes(5);
    const late = clock.now() + 3 * 3_600_000;
    vi.spyOn(clock, 'now').mockReturnValue(late);
    await slept.lock.setIdleMinutes(10);
    await start({ tabs: device.open() });
    await until(slept.lock.gate, ({ at }) => at === 'locked');
    expect(slept.session.me.get()).toBeNull();
  });

  test('a tab that was told to lock gives nobody the key while it still stores what is open', async () => {
    const device = new SharedTabs();
    const wire = device.open();
    const keys: string[] = [];
    wire.onMessage(({ type }) => void (type === 'key' && keys.push(type)));
    const app = await start({ tabs: device.open() });
    await enter(app, 'ani');
    keys.length = 0;
    // It is at work: the lock has to wait for its turn.
    const changing = app.lock.changePin(PIN, '935172');
    wire.tell({ type: 'lock' });
    wire.tell({ type: 'key-wanted' });
    expect(await changing).toEqual({ is: 'open' });
    await until(app.lock.gate, ({ at }) => at === 'locked');
    expect(keys).toEqual([]);
  });

  test('a phone that never says whether it has a lock of its own is locked like any other', async () => {
    const app = await start({ authenticator: silent });
    expect((await enter(app, 'ani')).ok).toBe(true);
    await app.lock.setIdleMinutes(2);
    await app.lock.lock();
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    expect(app.lock.settings.get()).toEqual({ idleMinutes: 2, authenticator: null });
    clock.advance(120_000);
    await until(app.lock.gate, ({ at }) => at === 'locked');
  });

  test('where the time that was set cannot be read it locks after the usual one', async () => {
    const app = await start();
    await enter(app, 'ani');
    await app.lock.lock();
    const broken = app.lock.gate.subscribe(({ at }) => {
      if (at !== 'open') return;
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('the disk does not answer', 'UnknownError');
      });
    });
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    broken();
    vi.restoreAllMocks();
    clock.advance(DEFAULT_IDLE_MINUTES * 60_000);
    await until(app.lock.gate, ({ at }) => at === 'locked');
    expect(app.session.me.get()).toBeNull();
  });

  test('whether the phone has a lock of its own is offered as soon as it says so', async () => {
    const app = await start({ authenticator: { ...silent, isPossible: () => Promise.resolve(true) } });
    await enter(app, 'ani');
    await until(app.lock.settings, ({ authenticator }) => authenticator === false);
    expect(app.lock.gate.get()).toEqual({ at: 'open' });
  });
});
