import { expect, test } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { ok, type Result } from '@rukun/core/foundation';
import { Household, LOCAL, readSnapshot } from '@rukun/core/household';
import { exchangeAll, openUpdates, type DocumentStore } from '@rukun/core/sync';
import { exchangeParts } from '../../support/exchange-parts.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';
import { HOUSEHOLD } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { FAMILY, OTHERS, relayWithFamily, SECRETS, type FamilyRelay } from './family-under-test.ts';

/** A phone: a store, and the way to the relay. */
class Phone {
  readonly store: MemoryDocumentStore = new MemoryDocumentStore();
  readonly device: TestDevice;
  #ids = 0;

  constructor(device: TestDevice) {
    this.device = device;
  }

  /** `store`: what stands between the run and the phone's store. */
  async exchange(store: DocumentStore = this.store): Promise<void> {
    const exchange = async (body: Uint8Array): Promise<Result<Uint8Array>> => {
      const response = await this.device.post(body);
      return ok(new Uint8Array(await response.arrayBuffer()));
    };
    const report = await exchangeAll(store, { exchange }, exchangeParts());
    if (!report.ok) throw new Error(report.failure.code);
  }

  async doc(): Promise<Doc> {
    return openUpdates(await this.store.updates(FAMILY));
  }

  /** Edits made offline, each a transaction of its own. */
  async write(...edits: readonly ((household: Household) => void)[]): Promise<void> {
    const doc = new Doc({ gc: false });
    for (const update of await this.store.updates(FAMILY)) applyUpdate(doc, update);
    const written: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown) => origin === LOCAL && written.push(update));
    const { person } = this.device.me;
    const nextId = () => `zz${++this.#ids}`;
    const household = new Household(doc, { person: person.id, now: () => 60_000, nextId });
    for (const edit of edits) edit(household);
    for (const update of written) await this.store.appendLocal(FAMILY, update, 60_000);
  }

  /** Of the person's values those that anything in the store still holds. */
  async found(): Promise<string[]> {
    const documents = await this.store.documents();
    const held = await Promise.all(documents.map((name) => this.store.contents(name)));
    const listed = await Promise.all(documents.map((name) => this.store.refusedEdits(name)));
    const rows = held.flatMap((contents) => contents?.rows ?? []);
    const text = [
      ...rows.map(({ update }) => Buffer.from(update).toString('utf8')),
      JSON.stringify(listed),
    ].join();
    return SECRETS.filter((secret) => text.includes(secret));
  }
}

async function erase({ admin, member }: FamilyRelay, whole = false): Promise<void> {
  const body = JSON.stringify({ request: 'S-1', ...(whole ? {} : { member }) });
  const response = await admin.fetch(`/api/documents/${FAMILY}/erase`, { method: 'POST', body });
  expect(response.status).toBe(200);
}

async function phoneThatHoldsIt(opened: FamilyRelay, person = 'ani'): Promise<Phone> {
  const phone = new Phone(await TestDevice.signIn(opened.url, person));
  await phone.exchange();
  expect((await phone.found()).length).toBeGreaterThan(5);
  return phone;
}

const ABOUT_OTHERS = (household: Household): void => {
  household.answer({ member: null, question: '304' }, '7');
};

test('[ER11] a device replaces all it has of the document at its next exchange; what is not about the person goes up, the rest is dropped and said', async () => {
  const opened = await relayWithFamily();
  const { member, storage } = opened;
  const phone = await phoneThatHoldsIt(opened);
  const other = await phone.store.updates(HOUSEHOLD.ani2);
  await phone.write(
    ABOUT_OTHERS,
    (household) => household.answer({ member, question: '421t' }, SECRETS[3]),
    (household) => household.answer({ member: null, question: 'RESP' }, `${SECRETS[0]} JR`),
    (household) => void household.addRemark(`member/${member}/402`, SECRETS[6]),
    (household) => household.answer({ member: null, question: '305' }, '3'),
  );
  await erase(opened);
  await phone.exchange();
  expect(await phone.found()).toEqual([]);
  const stored = storage.read((reader) => readSnapshot(openUpdates(reader.updates(FAMILY))));
  const here = readSnapshot(await phone.doc());
  expect(here).toEqual(stored);
  expect(stored.answers).toMatchObject({ '304': '7', '305': '3', RESP: null });
  expect(stored.members.map(({ isErased }) => isErased)).toEqual([false, true]);
  expect(stored.members[0]?.answers['402']).toBe(OTHERS[0]);
  const listed = await phone.store.refusedEdits(FAMILY);
  expect(listed.map(({ path }) => path)).toEqual(
    expect.arrayContaining([`member/${member}/421t`, 'answers/RESP']),
  );
  expect(
    listed.every(({ code, value, standing }) => code === 'erased' && value === null && standing === null),
  ).toBe(true);
  expect(await phone.store.unsentRows(FAMILY)).toEqual([]);
  expect(await phone.store.updates(HOUSEHOLD.ani2)).toEqual(other);
  // Told once: another run brings nothing.
  const before = await phone.store.contents(FAMILY);
  await phone.exchange();
  expect(await phone.store.contents(FAMILY)).toEqual(before);
}, 60_000);

test('[ER11] of an erased household a device keeps the shell, and nothing it wrote since comes back', async () => {
  const opened = await relayWithFamily();
  const phone = await phoneThatHoldsIt(opened);
  await phone.write(ABOUT_OTHERS);
  await erase(opened, true);
  await phone.exchange();
  expect(await phone.found()).toEqual([]);
  const here = readSnapshot(await phone.doc());
  expect(here).toMatchObject({ answers: {}, erased: { isWhole: true } });
  expect(await phone.store.refusedEdits(FAMILY)).toMatchObject([
    { path: 'answers/304', value: null, code: 'erased' },
  ]);
}, 60_000);

test('[ER12] a phone whose owner has lost the area is told as well and keeps nothing of it', async () => {
  const opened = await relayWithFamily();
  const phone = await phoneThatHoldsIt(opened);
  opened.storage.transact((writer) => {
    for (const assignment of writer.assignments())
      writer.putAssignment({
        ...assignment,
        officer: assignment.officer === 'ani' ? 'budi' : assignment.officer,
      });
  });
  await phone.exchange();
  expect(await phone.found()).not.toEqual([]);
  await erase(opened);
  await phone.exchange();
  expect(await phone.found()).toEqual([]);
  expect(await phone.store.documents()).not.toContain(FAMILY);
}, 60_000);

test('[ER13] wherever a device dies on the way it goes on, loses no other edit and keeps nothing', async () => {
  const steps = ['takeOver', 'rebuild', 'release'] as const;
  for (let deadline = 0; ; deadline++) {
    const opened = await relayWithFamily();
    const phone = await phoneThatHoldsIt(opened);
    await phone.write(ABOUT_OTHERS, (household) =>
      household.answer({ member: opened.member, question: '421t' }, SECRETS[3]),
    );
    await erase(opened);
    let step = 0;
    const dying = new Proxy(phone.store, {
      get(store, name: keyof MemoryDocumentStore) {
        const method: unknown = Reflect.get(store, name);
        if (typeof method !== 'function') return method;
        const dies = (steps as readonly string[]).includes(name) && step++ === deadline;
        return dies ? () => Promise.reject(new Error('killed')) : (method.bind(store) as unknown);
      },
    });
    const isDead = await phone.exchange(dying).then(
      () => false,
      () => true,
    );
    await phone.exchange();
    expect(await phone.found(), `killed at step ${deadline}`).toEqual([]);
    expect(readSnapshot(await phone.doc()).answers['304']).toBe('7');
    expect(
      opened.storage.read((reader) => readSnapshot(openUpdates(reader.updates(FAMILY))).answers['304']),
    ).toBe('7');
    if (!isDead) break;
    expect(deadline).toBeLessThan(12);
  }
}, 120_000);

test('[ER14] every device is told once, in another epoch again, and a new one not; a notice names a document only to who holds it', async () => {
  const opened = await relayWithFamily();
  const citra = await TestDevice.signIn(opened.url, 'citra');
  await citra.exchange();
  await erase(opened);
  const told = await citra.exchange();
  expect(told.erasures).toMatchObject({ upTo: 1 });
  expect(told.erasures.documents.map((digest) => digest.length)).toEqual([8]);
  expect(Buffer.from(told.erasures.documents[0] ?? []).toString('utf8')).not.toContain('aaaa');
  expect((await citra.exchange()).erasures).toEqual({ upTo: 1, documents: [] });
  expect((await citra.exchange([], { epoch: 'another' })).erasures).toEqual(told.erasures);
  expect((await citra.exchange([], { erasures: 900 })).erasures).toEqual({ upTo: 1, documents: [] });
  const fresh = await TestDevice.signIn(opened.url, 'citra');
  expect((await fresh.exchange()).erasures).toEqual({ upTo: 1, documents: [] });
}, 60_000);
