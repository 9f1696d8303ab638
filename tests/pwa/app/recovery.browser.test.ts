import { fail, ok } from '@rukun/core/foundation';
import type { RecoveryKeyInfo, VaultKeyRequest } from '@rukun/core/protocol';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { Keyring } from '../../../packages/pwa/src/stores/keyring.ts';
import { VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { AREA, appParts, enter, meOf, PIN, ScriptedNetwork } from '../../support/app-parts.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const OTHER_PIN = '508163';
const OFFICER = 'p-officer';
const RSA = {
  name: 'RSA-OAEP',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

interface CentreKey {
  readonly info: RecoveryKeyInfo;
  readonly privateKey: CryptoKey;
}

const toBase64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

async function centreKey(id: string): Promise<CentreKey> {
  const pair = await crypto.subtle.generateKey(RSA, true, ['encrypt', 'decrypt']);
  const spki = toBase64(await crypto.subtle.exportKey('spki', pair.publicKey));
  return { info: { id, spki }, privateKey: pair.privateKey };
}

/** The centre with its recovery keys. */
class CentreWithKeys extends ScriptedNetwork {
  keys: readonly CentreKey[];

  constructor(keys: readonly CentreKey[]) {
    super(meOf());
    this.keys = keys;
  }

  override async json(
    method: string,
    path: string,
    token = '',
    body?: unknown,
  ): ReturnType<ScriptedNetwork['json']> {
    const recoveryKey = this.keys[0]?.info;
    this.me = recoveryKey ? { ...this.me, recoveryKey } : this.me;
    if (path !== '/api/vault-key') return super.json(method, path);
    if (!token.startsWith('access')) return fail('unauthenticated');
    const { keyId, sealed } = body as VaultKeyRequest;
    const key = this.keys.find(({ info }) => info.id === keyId);
    if (!key) return fail('not-found');
    const label = new TextEncoder().encode(this.me.person.id);
    const opened = await crypto.subtle.decrypt(
      { name: 'RSA-OAEP', label },
      key.privateKey,
      fromBase64(sealed),
    );
    return ok({ key: toBase64(opened) });
  }
}

describe('the recovery key of the centre', () => {
  let keys: CentreKey[];
  let clock: VirtualClock;
  let network: CentreWithKeys;
  let databasePrefix: string;

  beforeAll(async () => {
    keys = await Promise.all([centreKey('first'), centreKey('second')]);
  });
  beforeEach(() => {
    clock = new VirtualClock();
    network = new CentreWithKeys(keys.slice(0, 1));
    databasePrefix = freshName();
    network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  });
  afterEach(async () => {
    for (const { name } of await indexedDB.databases())
      if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
  });

  const start = (): Promise<App> =>
    createApp(appParts({ network, databasePrefix, seal: new VaultSeal(crypto) }, clock));
  const slot = () => new Keyring(`${databasePrefix}.keyring`).slot(OFFICER);

  async function signedIn(): Promise<App> {
    const app = await start();
    expect((await enter(app, 'ani')).ok).toBe(true);
    clock.advance(0);
    await until(app.families.list, (list) => list.length === 1);
    return app;
  }

  test('who used up all tries signs in, chooses another PIN, and finds what was not sent', async () => {
    const app = await signedIn();
    const open = await app.open('household/siti');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.close();
    await app.lock.lock();
    for (let count = 0; count < 10; count++) {
      await app.lock.unlock(OFFICER, OTHER_PIN);
      clock.advance(900_000);
    }
    expect(app.lock.people.get()[0]?.hasPin).toBe(false);
    expect((await app.session.signIn('ani', 'secret')).ok).toBe(true);
    expect(app.lock.gate.get()).toMatchObject({ at: 'choose-pin', why: 'forgotten' });
    expect((await app.lock.choosePin(OTHER_PIN)).ok).toBe(true);
    const again = await app.open('household/siti');
    expect(again?.snapshot.get().answers['303']).toBe('5');
    await again?.close();
    const restarted = await start();
    expect(await restarted.lock.unlock(OFFICER, OTHER_PIN)).toEqual({ is: 'open' });
  });

  test('another key of the centre is sealed to with the unlock after it was heard of', async () => {
    const app = await signedIn();
    expect((await slot())?.centre?.keyId).toBe('first');
    network.keys = [...keys].reverse();
    clock.advance(11 * 60_000);
    app.sync.now();
    clock.advance(0);
    await until(app.session.me, (me) => me?.recoveryKey?.id === 'second');
    await until(app.sync.state, ({ running }) => !running);
    await app.lock.lock();
    await app.lock.unlock(OFFICER, PIN);
    expect((await slot())?.centre?.keyId).toBe('second');
    await app.lock.lock();
    network.keys = keys.slice(1);
    expect((await enter(app, 'ani')).ok).toBe(true);
  });

  test('where the centre has lost its key, the PIN still opens, and the sign-in says so', async () => {
    const app = await signedIn();
    await app.lock.lock();
    network.keys = keys.slice(1);
    expect(await app.session.signIn('ani', 'secret')).toEqual(fail('not-found', ['vault-key']));
    expect(app.lock.gate.get()).toEqual({ at: 'locked' });
    expect(await app.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
    expect(app.session.me.get()?.person.id).toBe(OFFICER);
  });
});
