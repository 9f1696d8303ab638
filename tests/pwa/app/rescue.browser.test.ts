import { Household } from '@rukun/core/household';
import type { RefusedEdit } from '@rukun/core/sync';
import { decodeRescueFile, RESCUE, type DocumentName } from '@rukun/core/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyUpdate, applyUpdateV2, Doc } from 'yjs';
import type { App, RescueControl } from '../../../packages/pwa/src/app/app.ts';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { openRescue } from '../../../packages/pwa/src/app/rescue.ts';
import { sealJson } from '../../../packages/pwa/src/stores/sealed-json.ts';
import {
  AREA,
  appParts,
  enter,
  meOf,
  ScriptedNetwork,
  SwitchedSurroundings,
} from '../../support/app-parts.ts';
import { breakDatabase } from '../../support/broken-database.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const PASSPHRASE = 'Kopi pahit 17 gelas';

/** One phone with somebody signed in. */
class Phone {
  readonly network: ScriptedNetwork;
  readonly surroundings = new SwitchedSurroundings();
  readonly clock: VirtualClock;
  app!: App;

  constructor(clock: VirtualClock, me = meOf()) {
    this.clock = clock;
    this.network = new ScriptedNetwork(me);
    this.network.changes.push({ document: 'household/siti', area: AREA, update: prelistedUpdate() });
  }

  async start(): Promise<this> {
    const parts = appParts(
      { network: this.network, databasePrefix: freshName(), surroundings: this.surroundings },
      this.clock,
    );
    this.app = await createApp({ ...parts, random: seededRandom(Math.floor(performance.now())) });
    await enter(this.app, 'ani');
    this.clock.advance(0);
    await until(this.app.families.list, (list) => list.length === 1);
    return this;
  }

  async answer(question: string, value: string): Promise<void> {
    const open = await this.app.open('household/siti');
    open?.household.answer({ member: null, question }, value);
    await open?.close();
  }

  /** Resolves when everything has gone up. */
  async allSent(): Promise<void> {
    this.clock.advance(0);
    await until(this.app.sync.state, ({ running }) => !running && this.network.items.length > 0);
    await until(this.app.sync.state, ({ waiting }) => waiting === 0);
  }

  /** What the relay has been sent of a document, as a household. */
  sent(document: DocumentName): Record<string, unknown> {
    const doc = new Doc();
    applyUpdate(doc, prelistedUpdate());
    for (const item of this.network.items.filter((each) => each.document === document))
      (item.isCompact ? applyUpdateV2 : applyUpdate)(doc, item.update);
    return new Household(doc, { person: '', now: () => 0, nextId: () => '' }).snapshot().answers;
  }
}

async function written(control: RescueControl): Promise<Uint8Array> {
  const made = await control.write(PASSPHRASE);
  if (!made.ok) throw new Error(made.failure.code);
  return made.value.bytes;
}

async function failureOf(control: RescueControl, bytes: Uint8Array, passphrase = PASSPHRASE) {
  const read = await control.read(bytes, passphrase);
  return read.ok ? null : read.failure;
}

describe('the rescue file', () => {
  let clock: VirtualClock;
  let mend: () => void = () => undefined;

  beforeEach(() => {
    clock = new VirtualClock();
  });
  afterEach(() => {
    mend();
  });

  test('[RF4] carries what is not at the centre to another device of the same person, which sends it', async () => {
    const lost = await new Phone(clock).start();
    lost.surroundings.setOnline(false);
    await lost.answer('303', '5');
    const added = await lost.app.add(AREA);
    await added.close();
    const control = await lost.app.rescue();
    expect(await control.waiting()).toEqual({ families: 2, edits: 2 });
    const made = await control.write(PASSPHRASE);
    if (!made.ok) throw new Error(made.failure.code);
    expect(made.value.name).toMatch(/^rukun-penyelamat-\d{8}-\d{4}\.rukun$/);

    const other = await new Phone(clock).start();
    const read = await (await other.app.rescue()).read(made.value.bytes, PASSPHRASE);
    if (!read.ok) throw new Error(read.failure.code);
    expect(read.value).toMatchObject({ families: 2, edits: 2, writtenAt: clock.now() });
    expect(await read.value.take()).toBe(2);
    await other.allSent();
    await until(other.app.families.list, (list) => list.length === 2);
    expect(other.sent('household/siti')['303']).toBe('5');
    expect(other.network.items.find(({ document }) => document === added.document)?.area).toBe(AREA);
  });

  test('[RF5] holds answers that are in memory only because the device is full, of open and of closed families', async () => {
    const phone = await new Phone(clock).start();
    phone.surroundings.setOnline(false);
    const open = await phone.app.open('household/siti');
    mend = breakDatabase('full');
    open?.household.answer({ member: null, question: '303' }, '5');
    await open?.settled();
    const control = await phone.app.rescue();
    expect(await control.waiting()).toEqual({ families: 1, edits: 1 });
    await open?.close();
    expect(await control.waiting()).toEqual({ families: 1, edits: 1 });
    const bytes = await written(control);
    mend();
    const other = await new Phone(clock).start();
    const read = await (await other.app.rescue()).read(bytes, PASSPHRASE);
    if (read.ok) await read.value.take();
    await other.allSent();
    expect(other.sent('household/siti')['303']).toBe('5');
  });

  test('[RF5] holds what the centre refused', async () => {
    const phone = await new Phone(clock).start();
    phone.network.receiptOf = ({ document, upTo }) => ({
      document,
      upTo,
      status: 'refused',
      code: 'forbidden',
      paths: [],
    });
    await phone.answer('303', '5');
    clock.advance(2_000);
    await until(phone.app.families.list, ([entry]) => entry?.ticks.refused === 'forbidden');
    expect(await (await phone.app.rescue()).waiting()).toEqual({ families: 1, edits: 1 });
  });

  test('[RF5] holds the refused edits that their author has not put away, for the author to read elsewhere', async () => {
    const edit: RefusedEdit = {
      document: 'household/siti',
      path: 'answers/303',
      value: '5',
      standing: '2',
      code: 'forbidden',
      at: clock.now(),
    };
    const [lost, other] = [bareParts(clock), bareParts(clock)];
    const bytes = await sealJson(lost.vault.seal, edit);
    await lost.vault.database.write((tx) =>
      tx.objectStore('refused').add({ document: edit.document, bytes }),
    );
    const control = openRescue({ ...lost, subtle: crypto.subtle });
    expect(await control.waiting()).toEqual({ families: 1, edits: 1 });
    const read = await openRescue({ ...other, subtle: crypto.subtle }).read(
      await written(control),
      PASSPHRASE,
    );
    if (!read.ok) throw new Error(read.failure.code);
    expect(await read.value.take()).toBe(1);
    expect(await other.vault.refusedEdits('household/siti')).toEqual([edit]);
    expect((await other.vault.state('household/siti'))?.refused).toBe('forbidden');
    expect(await read.value.take()).toBe(0);
  });

  test('[RF6] taking a file over twice, or where it was made, changes nothing', async () => {
    const phone = await new Phone(clock).start();
    phone.surroundings.setOnline(false);
    await phone.answer('303', '5');
    const control = await phone.app.rescue();
    const read = await control.read(await written(control), PASSPHRASE);
    if (!read.ok) throw new Error(read.failure.code);
    expect(read.value.isOfThisDevice).toBe(true);
    expect(await read.value.take()).toBe(0);
    expect(await control.waiting()).toEqual({ families: 1, edits: 1 });
  });

  test('[RF7] a wrong passphrase, another person, a damaged file and a full device change nothing, and each says so', async () => {
    const phone = await new Phone(clock).start();
    phone.surroundings.setOnline(false);
    await phone.answer('303', '5');
    const bytes = await written(await phone.app.rescue());
    const other = await new Phone(clock).start();
    other.surroundings.setOnline(false);
    const control = await other.app.rescue();
    expect(await failureOf(control, bytes, 'kopi pahit 17 gelas')).toEqual({ code: 'wrong-credentials' });
    expect(await failureOf(control, bytes.with(60, (bytes[60] ?? 0) ^ 1))).toMatchObject({
      paths: ['checksum'],
    });
    expect(await failureOf(control, bytes.slice(1))).toMatchObject({ code: 'malformed', paths: ['file'] });
    expect(await failureOf(control, bytes.with(8, 9))).toEqual({ code: 'wrong-version' });
    const foreign = await new Phone(clock, meOf('supervisor')).start();
    expect(await failureOf(await foreign.app.rescue(), bytes)).toEqual({ code: 'forbidden' });
    const read = await control.read(bytes, PASSPHRASE);
    if (!read.ok) throw new Error(read.failure.code);
    mend = breakDatabase('full');
    await expect(read.value.take()).rejects.toMatchObject({ reason: 'full' });
    mend();
    expect(await control.waiting()).toEqual({ families: 0, edits: 0 });
    expect(await read.value.take()).toBe(1);
  });

  test('[RF8] nothing of it can be read without the passphrase, and the key costs what was promised', async () => {
    const phone = await new Phone(clock).start();
    phone.surroundings.setOnline(false);
    await phone.answer('108', 'NAMA YANG RAHASIA');
    const control = await phone.app.rescue();
    const [first, second] = [await written(control), await written(control)];
    const text = new TextDecoder('latin1').decode(first);
    for (const secret of ['NAMA YANG RAHASIA', 'household/siti', 'p-officer'])
      expect(text).not.toContain(secret);
    const files = [decodeRescueFile(first), decodeRescueFile(second)];
    const heads = files.map((file) => (file.ok ? file.value.head : null));
    expect(heads[0]?.rounds).toBeGreaterThanOrEqual(600_000);
    expect(heads[0]?.salt).not.toEqual(heads[1]?.salt);
    expect(heads[0]?.nonce).not.toEqual(heads[1]?.nonce);
  });

  test('[RF8] what stands before the sealed part cannot be changed either', async () => {
    const control = openRescue({ ...bareParts(clock), subtle: crypto.subtle });
    const file = await written(control);
    const read = decodeRescueFile(file);
    if (!read.ok) throw new Error(read.failure.code);
    const { encodeRescueFile } = await import('@rukun/core/protocol');
    const repacked = encodeRescueFile({ ...read.value.head, packing: 'gzip' }, read.value.sealed);
    expect(read.value.head.packing).toBe('none');
    expect(await failureOf(control, repacked)).toEqual({ code: 'wrong-credentials' });
  });

  test('[RF9] without cryptography nothing is written, least of all in clear text', async () => {
    const control = openRescue({ ...bareParts(clock), subtle: undefined });
    expect(control.isPossible).toBe(false);
    expect(await control.write(PASSPHRASE)).toEqual({ ok: false, failure: { code: 'unavailable' } });
    expect(await failureOf(control, new Uint8Array(10))).toEqual({ code: 'unavailable' });
  });

  test('[RF10] a thousand families fit into one file', async () => {
    const edits = Array.from({ length: 1000 }, (_, index) => {
      const document: DocumentName = `household/f${index}`;
      return [document, [{ update: prelistedUpdate(), at: clock.now() }]] as const;
    });
    const control = openRescue({
      ...bareParts(clock),
      subtle: crypto.subtle,
      inMemory: () => new Map(edits),
    });
    const bytes = await written(control);
    expect(bytes.length).toBeLessThan(RESCUE.fileBytes / 20);
    const read = await control.read(bytes, PASSPHRASE);
    expect(read).toMatchObject({ ok: true, value: { families: 1000, edits: 1000 } });
  });
});

function bareParts(clock: VirtualClock): Omit<Parameters<typeof openRescue>[0], 'subtle'> {
  return {
    vault: openVault(freshName(), clock),
    clock,
    random: seededRandom(7),
    me: meOf(),
    inMemory: () => new Map(),
    stored: () => undefined,
  };
}
