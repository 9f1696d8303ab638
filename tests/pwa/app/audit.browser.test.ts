import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { fetchNetwork } from '../../../packages/pwa/src/platform/network.ts';
import {
  AREA,
  appParts,
  enter,
  meOf,
  ScriptedNetwork,
  SwitchedSurroundings,
  unlocked,
} from '../../support/app-parts.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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
  for (const { name } of await indexedDB.databases())
    if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
});

const start = async (): Promise<App> =>
  unlocked(await createApp(appParts({ network, databasePrefix, surroundings }, clock)));

async function signedIn(): Promise<App> {
  const app = await start();
  await enter(app, 'ani');
  clock.advance(0);
  await until(app.families.list, (list) => list.length === 1);
  await until(app.sync.state, ({ lastAt, running }) => lastAt !== null && !running);
  return app;
}

/** A complete exchange, and the audit it may have brought. */
async function exchange(app: App): Promise<void> {
  const before = network.exchanges;
  app.sync.now();
  clock.advance(0);
  await until(app.sync.state, ({ running }) => !running && network.exchanges > before);
}

const done = (app: App) =>
  until(app.sync.audit, ({ progress, lastAt }) => progress === null && lastAt !== null);

test('[AU14] on request it compares what is here, says so, and keeps when it was', async () => {
  const app = await signedIn();
  expect(network.audits).toEqual([]);
  app.sync.startAudit();
  app.sync.startAudit();
  expect(await done(app)).toEqual({
    progress: null,
    lastAt: clock.now(),
    report: { compared: 1, differing: 0, healed: 0, missingAtRelay: 0 },
    failure: null,
  });
  expect(network.audits).toMatchObject([{ areas: [AREA], skipped: [] }]);
});

test('[AU14] by itself it compares once a day after an exchange, also over a restart', async () => {
  const app = await signedIn();
  await exchange(app);
  expect(network.audits).toHaveLength(0);
  clock.advance(DAY_MS);
  await exchange(app);
  await done(app);
  expect(network.audits).toHaveLength(1);
  await exchange(app);
  // The page is closed: its timers come to nothing.
  surroundings.setOnline(false);
  surroundings = new SwitchedSurroundings();
  const again = await start();
  clock.advance(0);
  await exchange(again);
  expect(network.audits).toHaveLength(1);
  clock.advance(DAY_MS);
  await exchange(again);
  await done(again);
  expect(network.audits).toHaveLength(2);
});

test('[AU14] at once after the relay was restored, and not again and again while that fails', async () => {
  const app = await signedIn();
  network.epoch = 'e2';
  network.audit = () => Promise.resolve({ ok: false, failure: { code: 'unavailable' } });
  await exchange(app);
  const broken = await until(app.sync.audit, ({ failure }) => failure !== null);
  expect(broken).toEqual({ progress: null, lastAt: null, report: null, failure: 'unavailable' });
  let tries = 0;
  network.audit = (token, body) => {
    tries++;
    return ScriptedNetwork.prototype.audit.call(network, token, body);
  };
  await exchange(app);
  expect(tries).toBe(0);
  clock.advance(10 * 60 * 1000);
  await exchange(app);
  await done(app);
  expect(tries).toBe(1);
  await exchange(app);
  expect(tries).toBe(1);
});

test('[AU14] without a link it says so and asks nothing', async () => {
  const app = await signedIn();
  surroundings.setOnline(false);
  app.sync.startAudit();
  await until(app.sync.audit, ({ failure }) => failure === 'unavailable');
  expect(network.audits).toEqual([]);
});

test('[AU14] it goes to the address of audits, with the token, and is abandoned when the person leaves', async () => {
  const sent: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request);
    return Promise.resolve(new Response(Uint8Array.of(7)));
  });
  const leaving = new AbortController();
  const relay = fetchNetwork('https://relay.test');
  const answered = await relay.audit('secret', new Uint8Array(600), leaving.signal);
  expect(answered).toEqual({ ok: true, value: Uint8Array.of(7) });
  expect(sent.map(({ url, method }) => [url, method])).toEqual([['https://relay.test/api/audit', 'POST']]);
  expect(sent[0]?.headers.get('Authorization')).toBe('Bearer secret');
  vi.stubGlobal(
    'fetch',
    (_: Request, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  const cut = relay.audit('secret', new Uint8Array(600), leaving.signal);
  await Promise.resolve();
  leaving.abort();
  expect(await cut).toEqual({ ok: false, failure: { code: 'unavailable' } });
  vi.unstubAllGlobals();
});
