import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { newDataKey } from '../../../packages/pwa/src/platform/data-key.ts';
import { sealOlderRows } from '../../../packages/pwa/src/stores/seal-older.ts';
import type { Seal } from '../../../packages/pwa/src/stores/seal.ts';
import { VaultDatabase } from '../../../packages/pwa/src/stores/vault-database.ts';
import { VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';
import { appParts, meOf, PIN, ScriptedNetwork, SwitchedSurroundings } from '../../support/app-parts.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ROWS = 450;
const OFFICER = 'p-officer';
const text = new TextEncoder();
const UPDATE = prelistedUpdate();

interface Stored {
  readonly bytes?: Uint8Array;
  readonly entry?: Uint8Array | null;
}

/** A vault as version 0.1 of the app left it: updates, catalogue entries and refused edits in clear text. */
async function olderVault(name: string, rows: number, version = 2): Promise<void> {
  const db = await openDB(name, version, {
    upgrade(upgraded) {
      const updates = upgraded.createObjectStore('updates', { keyPath: 'row', autoIncrement: true });
      updates.createIndex('document', ['document', 'local']);
      const documents = upgraded.createObjectStore('documents', { keyPath: 'document' });
      for (const [index, path] of [
        ['dirty', 'dirtyFrom'],
        ['stale', 'stale'],
        ['waiting', 'waiting'],
        ['refused', 'isRefused'],
      ] as const)
        documents.createIndex(index, path);
      upgraded.createObjectStore('counters', { keyPath: 'document' });
      upgraded.createObjectStore('state', { keyPath: 'key' });
      upgraded.createObjectStore('refused', { autoIncrement: true }).createIndex('document', 'document');
    },
  });
  const tx = db.transaction(['updates', 'documents', 'refused'], 'readwrite');
  for (let row = 1; row <= rows; row++) {
    const document = `household/h${row}`;
    void tx.objectStore('updates').add({ document, local: 1, at: row, bytes: UPDATE });
    void tx.objectStore('documents').add({
      document,
      area: '',
      isNew: false,
      dirtyFrom: row,
      waiting: 1,
      storedUpTo: 0,
      refused: null,
      lastRow: row,
      updatedAt: row,
      stale: 1,
      // Version 0.1 had none for documents that nobody had looked into yet.
      entry: row % 2 === 0 ? text.encode(`{"head":"SITI ${row}"}`) : null,
      entryRow: 0,
    });
  }
  void tx.objectStore('refused').add({ document: 'household/h1', bytes: text.encode('{"value":"SITI"}') });
  await tx.done;
  db.close();
}

async function storedIn(name: string): Promise<Stored[]> {
  const database = new VaultDatabase(name);
  const all = await database.read(async (tx) => [
    ...(await tx.objectStore('updates').getAll()),
    ...(await tx.objectStore('documents').getAll()),
    ...(await tx.objectStore('refused').getAll()),
  ]);
  await database.close();
  return all;
}

const clear = (rows: readonly Stored[]): number =>
  rows.filter(({ bytes, entry }) =>
    new TextDecoder('latin1').decode(bytes ?? entry ?? undefined).includes('SITI'),
  ).length;

/** Ends after so many seals, as an app that is closed does. */
function dyingSeal(seal: Seal, after: number): Seal {
  let left = after;
  return {
    open: (bytes) => seal.open(bytes),
    seal: (bytes) => (left-- > 0 ? seal.seal(bytes) : Promise.reject(new Error('the app was closed'))),
  };
}

describe('a vault of version 0.1', () => {
  let name: string;
  let seal: VaultSeal;

  beforeEach(async () => {
    name = freshName();
    seal = new VaultSeal(crypto);
    seal.use(await newDataKey(crypto.subtle));
  });
  afterEach(async () => {
    for (const each of await indexedDB.databases())
      if (each.name?.startsWith(name)) indexedDB.deleteDatabase(each.name);
  });

  test('is sealed whole, store by store, and its rows are what they were', async () => {
    await olderVault(name, ROWS);
    const database = new VaultDatabase(name);
    const told: number[] = [];
    await sealOlderRows(database, seal, (done, of) => told.push(done / of));
    await database.close();
    const rows = await storedIn(name);
    expect(clear(rows)).toBe(0);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const updates = rows.filter((row) => 'bytes' in row && 'row' in row);
    expect(updates).toHaveLength(ROWS);
    for (const { bytes } of updates) expect(await seal.open(bytes ?? new Uint8Array())).toEqual(UPDATE);
    const [refused] = rows.filter((row) => 'bytes' in row && !('row' in row));
    expect(new TextDecoder().decode(await seal.open(refused?.bytes ?? new Uint8Array()))).toBe(
      '{"value":"SITI"}',
    );
  });

  test.each([0, 1, 199, 200, 401, 450, 650, 675])(
    'goes on where it was ended after %i rows, seals none twice and loses none',
    async (after) => {
      await olderVault(name, ROWS);
      const first = new VaultDatabase(name);
      await expect(sealOlderRows(first, dyingSeal(seal, after), () => undefined)).rejects.toThrow('closed');
      await first.close();
      const database = new VaultDatabase(name);
      await sealOlderRows(database, seal, () => undefined);
      // A second time there is nothing left to do.
      await sealOlderRows(database, dyingSeal(seal, 0), () => undefined);
      await database.close();
      const rows = await storedIn(name);
      expect(clear(rows)).toBe(0);
      const sealed = rows
        .map(({ bytes, entry }) => bytes ?? entry)
        .filter((bytes) => bytes instanceof Uint8Array);
      const opened = await Promise.all(sealed.map((bytes) => seal.open(bytes)));
      expect(clear(opened.map((bytes) => ({ bytes })))).toBe(ROWS + ROWS / 2 + 1);
    },
  );

  test('a new vault has nothing to seal', async () => {
    const database = new VaultDatabase(name);
    await sealOlderRows(database, dyingSeal(seal, 0), () => {
      throw new Error('there was something to do');
    });
    expect(await database.read((tx) => tx.objectStore('state').count())).toBe(0);
    await database.close();
  });

  test('who was signed in chooses a PIN, offline, finds the families, and nothing is left in clear text', async () => {
    await olderVault(`${name}.vault.${OFFICER}`, 3);
    const session = await openDB(`${name}.session`, 1, {
      upgrade: (db) => void db.createObjectStore('session'),
    });
    await session.put('session', text.encode(JSON.stringify({ token: 't', me: meOf() })), 'session');
    session.close();
    const clock = new VirtualClock();
    const network = new ScriptedNetwork(meOf());
    const parts = appParts(
      {
        network,
        databasePrefix: name,
        seal: new VaultSeal(crypto),
        surroundings: new SwitchedSurroundings(false),
      },
      clock,
    );
    const app = await createApp(parts);
    expect(app.lock.gate.get()).toEqual({ at: 'choose-pin', why: 'older', name: 'Ani' });
    expect((await app.lock.choosePin(PIN)).ok).toBe(true);
    expect(app.session.me.get()?.person.name).toBe('Ani');
    await until(app.families.list, (list) => list.length === 3 && list.every(({ head }) => head !== ''));
    const names = (await indexedDB.databases()).map((each) => each.name);
    expect(names).not.toContain(`${name}.session`);
    expect(clear(await storedIn(`${name}.vault.${OFFICER}`))).toBe(0);
    const again = await createApp(appParts({ ...parts, tabs: parts.tabs }, clock));
    expect(await again.lock.unlock(OFFICER, PIN)).toEqual({ is: 'open' });
  });
});
