import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Doc, applyUpdate } from 'yjs';
import { SEAL_BYTES, type HandIn } from '@rukun/core/protocol';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { Keyring } from '../../../packages/pwa/src/stores/keyring.ts';
import { VaultDatabase } from '../../../packages/pwa/src/stores/vault-database.ts';
import { VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { AREA, appParts, enter, meOf, PIN, ScriptedNetwork, SharedTabs } from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const OFFICER = 'p-officer';
const RSA = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

describe('a device that was shut out', () => {
  let clock: VirtualClock;
  let network: ScriptedNetwork;
  let databasePrefix: string;
  /** Of the app that was started last. */
  let seal: VaultSeal;
  let centre: CryptoKeyPair;

  beforeEach(async () => {
    clock = new VirtualClock();
    network = new ScriptedNetwork(meOf());
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
    const made = { ...RSA, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
    centre = await crypto.subtle.generateKey(made, true, ['decrypt', 'wrapKey']);
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', centre.publicKey));
    network.recoveryKey = { id: 'k1', spki: btoa(String.fromCharCode(...spki)) };
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const keyring = (): Keyring => new Keyring(`${databasePrefix}.keyring`);
  const vaults = async (): Promise<number> =>
    (await indexedDB.databases()).filter(({ name }) => name?.startsWith(`${databasePrefix}.vault`)).length;

  /** Signed in, with one answer that the centre does not have. */
  async function withUnsentAnswer(): Promise<App> {
    seal = new VaultSeal(crypto);
    const parts = { network, databasePrefix, seal, tabs: new SharedTabs().open() };
    const app = await createApp(appParts(parts, clock));
    expect((await enter(app, 'ani')).ok).toBe(true);
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    network.failure = 'unavailable';
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    await open?.close();
    return app;
  }

  async function opened({ wrappedKey, items }: HandIn): Promise<Uint8Array[]> {
    const label = new TextEncoder().encode(OFFICER);
    const raw = await crypto.subtle.decrypt(
      { name: 'RSA-OAEP', label },
      centre.privateKey,
      wrappedKey.slice(),
    );
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    return Promise.all(
      items.map(async ({ document, sealed }) => {
        const iv = sealed.slice(0, SEAL_BYTES.nonce);
        const additionalData = new TextEncoder().encode(document);
        const bytes = sealed.slice(SEAL_BYTES.nonce);
        return new Uint8Array(
          await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes),
        );
      }),
    );
  }

  test('hands in what nobody has, sealed, and only then forgets the person', async () => {
    const app = await withUnsentAnswer();
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    const [handedIn, ...more] = network.handedIn;
    if (!handedIn) throw new Error('nothing was handed in');
    expect(more).toEqual([]);
    expect(handedIn).toMatchObject({ keyId: 'k1', isLast: true });
    expect(handedIn.items.map(({ document }) => document)).toEqual(['household/siti']);
    const doc = new Doc();
    applyUpdate(doc, prelistedUpdate());
    for (const update of await opened(handedIn)) applyUpdate(doc, update);
    expect(doc.getMap('answers').get('303')).toBe('5');
    expect(await keyring().slots()).toEqual([]);
    expect(await vaults()).toBe(0);
  });

  test('keeps everything while the centre does not take it, and goes on when it does', async () => {
    const app = await withUnsentAnswer();
    network.handInFailure = 'unavailable';
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'waiting');
    expect(await keyring().slots()).toHaveLength(1);
    expect(await vaults()).toBe(1);
    network.handInFailure = null;
    clock.advance(600_000);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(network.handedIn.flatMap(({ items }) => items)).toHaveLength(1);
    expect(await vaults()).toBe(0);
  });

  /** From now on what is handed in is on its way until it is let go. */
  function holdHandIn(): { readonly begun: Promise<void>; readonly letGo: () => void } {
    let begin: () => void = () => undefined;
    let letGo: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const send = network.handIn.bind(network);
    network.handIn = async (token, body) => {
      begin();
      await held;
      return send(token, body);
    };
    return { begun, letGo };
  }

  test('a slow link is not cut off by the time without input: what is handed in arrives', async () => {
    const app = await withUnsentAnswer();
    await app.lock.setIdleMinutes(1);
    const { begun, letGo } = holdHandIn();
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await begun;
    clock.advance(600_000);
    letGo();
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(network.handedIn.flatMap(({ items }) => items)).toHaveLength(1);
    expect(await vaults()).toBe(0);
  });

  test('locked while it hands in, it waits for the PIN, and the next contact begins anew', async () => {
    const app = await withUnsentAnswer();
    const { begun, letGo } = holdHandIn();
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await begun;
    await app.lock.lock();
    network.handInFailure = 'unavailable';
    const shown: string[] = [];
    const stop = app.lock.gate.subscribe(({ at }) => shown.push(at));
    letGo();
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    stop();
    expect(shown).not.toContain('shut-out');
    network.handInFailure = null;
    app.sync.now();
    clock.advance(0);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(await vaults()).toBe(0);
  });

  test('what another tab stores while it is handed in goes too, before anything is forgotten', async () => {
    const app = await withUnsentAnswer();
    const other = new Vault(new VaultDatabase(`${databasePrefix}.vault.${OFFICER}`), seal, clock);
    const { begun, letGo } = holdHandIn();
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await begun;
    await other.appendLocal('household/siti', prelistedUpdate(), clock.now());
    letGo();
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'waiting');
    expect(await keyring().slots()).toHaveLength(1);
    expect(await other.waitingCount()).toBe(1);
    clock.advance(600_000);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(network.handedIn).toHaveLength(2);
    expect(await vaults()).toBe(0);
  });

  test('a device that fails to forget keeps the key and tries again', async () => {
    const app = await withUnsentAnswer();
    const send = network.handIn.bind(network);
    let mend: () => void = () => undefined;
    network.handIn = async (token, body) => {
      const sent = await send(token, body);
      mend = breakDatabase('full');
      return sent;
    };
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(0);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'waiting');
    mend();
    network.handIn = send;
    expect(await keyring().slots()).toHaveLength(1);
    clock.advance(600_000);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(await keyring().slots()).toEqual([]);
    expect(await vaults()).toBe(0);
  });

  test('stays sealed while nobody has entered the PIN', async () => {
    const app = await withUnsentAnswer();
    await app.lock.lock();
    network.failure = 'revoked';
    app.sync.now();
    clock.advance(600_000);
    expect(network.handedIn).toEqual([]);
    expect(await keyring().slots()).toHaveLength(1);
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    app.sync.now();
    clock.advance(0);
    await until(app.lock.gate, (gate) => gate.at === 'shut-out' && gate.is === 'done');
    expect(network.handedIn).toHaveLength(1);
  });
});
