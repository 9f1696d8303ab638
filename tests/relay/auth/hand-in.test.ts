import { createCipheriv, publicEncrypt, constants, createPublicKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import {
  encodeHandIn,
  type DocumentName,
  type HandIn,
  type HandInAnswer,
  type SealedItem,
} from '@rukun/core/protocol';
import { openQuarantined } from '../../../packages/relay/src/quarantine/sealed-update.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { AREA, HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { NINE, TestDevice } from '../support/test-device.ts';

const random = seededRandom(7);
const MARKS = [{ client: 5, clock: 0, at: NINE }];

interface Lost extends OpenedRelay {
  readonly ani: TestDevice;
  readonly key: Uint8Array;
  readonly handIn: HandIn;
  send(changes?: Partial<HandIn>, token?: string): Promise<string | number>;
}

/** Ani's phone is shut out with two edits of one household on it that nobody has. */
async function lostPhone(): Promise<Lost> {
  const opened = await openRelay();
  const { url } = opened;
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await sari.fetchOnce(`/api/devices/${ani.me.device.id}/revoke`, { method: 'POST' });
  const headers = { authorization: `Bearer ${ani.refreshToken}` };
  const { recoveryKey } = (await (await fetch(`${url}/api/hand-in`, { headers })).json()) as HandInAnswer;
  const key = random.bytes(32);
  const spki = createPublicKey({ key: Buffer.from(recoveryKey.spki, 'base64'), format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt(
    { key: spki, padding, oaepHash: 'sha256', oaepLabel: Buffer.from('ani') },
    key,
  );
  const handIn: HandIn = {
    keyId: recoveryKey.id,
    wrappedKey: new Uint8Array(wrapped),
    isLast: true,
    items: [item(key, 3)],
  };
  return {
    ...opened,
    ani,
    key,
    handIn,
    async send(changes = {}, token = ani.refreshToken) {
      const body = gzipSync(encodeHandIn({ ...handIn, ...changes }));
      const response = await fetch(`${url}/api/hand-in`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, 'content-encoding': 'gzip' },
      });
      return response.ok ? response.status : ((await response.json()) as { code: string }).code;
    },
  };
}

/** An edit as Yjs encodes it. */
function edit(value: number | string): Uint8Array {
  const doc = new Doc();
  doc.clientID = 5;
  doc.getMap('answers').set('303', value);
  return encodeStateAsUpdate(doc);
}

function item(
  key: Uint8Array,
  upTo: number,
  update = edit(upTo),
  document: DocumentName = HOUSEHOLD.ani1,
): SealedItem {
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(document));
  const sealed = new Uint8Array(
    Buffer.concat([nonce, cipher.update(update), cipher.final(), cipher.getAuthTag()]),
  );
  return { document, area: '', upTo, marks: MARKS, sealed };
}

test('a revoked phone hands in what nobody has: sealed on disk, in the area of its household, its author named', async () => {
  const lost = await lostPhone();
  expect(await lost.send()).toBe(204);
  const [row, ...more] = lost.storage.read((reader) => reader.quarantine.ofArea(AREA.ani, 'waiting', 9));
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    reason: 'revoked',
    document: HOUSEHOLD.ani1,
    person: 'ani',
    device: lost.ani.me.device.id,
    marks: MARKS,
    state: 'waiting',
  });
  if (!row) throw new Error('nothing is there');
  expect(row.update).toEqual(lost.handIn.items[0]?.sealed);
  expect(openQuarantined(row, lost.relay.context.recoveryKeys)).toEqual(edit(3));
  expect(openQuarantined({ ...row, person: 'budi' }, lost.relay.context.recoveryKeys)).toBeNull();
  expect(openQuarantined({ ...row, document: HOUSEHOLD.ani2 }, lost.relay.context.recoveryKeys)).toBeNull();
  const device = lost.storage.read((reader) => reader.accounts.enrolledDevice(lost.ani.me.device.id));
  expect(device?.handedInAt).not.toBeNull();
});

test('after an answer that was lost nothing is kept twice; what is new is', async () => {
  const lost = await lostPhone();
  expect([await lost.send({ isLast: false }), await lost.send()]).toEqual([204, 204]);
  expect(await lost.send({ items: [item(lost.key, 3), item(lost.key, 8)] })).toBe(204);
  const rows = lost.storage.read((reader) => reader.quarantine.ofArea(AREA.ani, 'waiting', 9));
  expect(rows.map((row) => openQuarantined(row, lost.relay.context.recoveryKeys))).toEqual([
    edit(3),
    edit(8),
  ]);
});

test('what was not kept before is kept, whatever number the phone gives it', async () => {
  const lost = await lostPhone();
  expect(await lost.send({ items: [item(lost.key, 9_007_199_254_740_991, edit(8))] })).toBe(204);
  expect(await lost.send({ items: [item(lost.key, 3), item(lost.key, 3, edit(4))] })).toBe(204);
  const rows = lost.storage.read((reader) => reader.quarantine.ofArea(AREA.ani, 'waiting', 9));
  const kept = rows.map((row) => openQuarantined(row, lost.relay.context.recoveryKeys));
  expect(kept).toEqual([edit(8), edit(3), edit(4)]);
});

test("what a phone hands in about areas that never were its owner's is no supervisor's to decide, and not taken in", async () => {
  const lost = await lostPhone();
  lost.storage.transact((writer) => {
    const passwordHash = writer.person('ani')?.passwordHash ?? '';
    const office = { id: 'adi', userName: 'adi', name: 'ADI', role: 'administrator', code: '' } as const;
    writer.addPerson({ ...office, passwordHash });
  });
  const foreign = item(lost.key, 3, edit(3), HOUSEHOLD.other);
  const unknown = { ...item(lost.key, 4, edit(4), 'household/0unheard'), area: AREA.other };
  const own = { ...item(lost.key, 5, edit(5), 'household/0new'), area: AREA.ani };
  expect(await lost.send({ items: [foreign, unknown, own] })).toBe(204);
  const waiting = (area: string) =>
    lost.storage.read((reader) => reader.quarantine.ofArea(area, 'waiting', 9)).map((row) => row.document);
  expect(waiting(AREA.other)).toEqual([]);
  expect(waiting('')).toEqual([foreign.document, unknown.document]);
  expect(waiting(AREA.ani)).toEqual([own.document]);
  const decide = async (userName: string) => {
    const device = await TestDevice.signIn(lost.url, userName);
    const body = JSON.stringify({ decision: 'take' });
    const answer = await device.fetchOnce('/api/quarantine/1', { method: 'POST', body });
    return ((await answer.json()) as { code: string }).code;
  };
  expect([await decide('tono'), await decide('adi')]).toEqual(['not-found', 'forbidden']);
});

test('a device that has more to come is not taken for empty', async () => {
  const lost = await lostPhone();
  expect(await lost.send({ isLast: false })).toBe(204);
  const device = lost.storage.read((reader) => reader.accounts.enrolledDevice(lost.ani.me.device.id));
  expect(device?.handedInAt).toBeNull();
});

test('what nobody could open again is not taken: the phone keeps it', async () => {
  const lost = await lostPhone();
  const other = random.bytes(32);
  expect(await lost.send({ keyId: '0000000000000000' })).toBe('not-found');
  expect(await lost.send({ wrappedKey: random.bytes(384) })).toBe('not-found');
  expect(await lost.send({ items: [item(other, 3)] })).toBe('bad-content');
  expect(await lost.send({ items: [{ ...item(lost.key, 3), document: HOUSEHOLD.ani2 }] })).toBe(
    'bad-content',
  );
  expect(await lost.send({ items: [item(lost.key, 3, Uint8Array.of(1, 2, 3))] })).toBe('bad-content');
  expect(lost.storage.read((reader) => reader.quarantine.sizeOf('ani').rows)).toBe(0);
});

test('only devices that were shut out hand in', async () => {
  const lost = await lostPhone();
  const budi = await TestDevice.signIn(lost.url, 'budi');
  for (const token of ['', 'x', budi.refreshToken, budi.token, lost.ani.token])
    expect(await lost.send({}, token)).toBe('unauthenticated');
});

test('nobody can fill the disk with what is handed in, from however many phones', async () => {
  const lost = await lostPhone();
  lost.storage.transact((writer) =>
    writer.quarantine.add({
      at: 1,
      reason: 'revoked',
      document: HOUSEHOLD.ani1,
      area: AREA.ani,
      person: 'ani',
      device: 'another-phone',
      update: new Uint8Array(64 * 1024 * 1024 - 100),
      marks: [],
      seal: null,
    }),
  );
  expect(await lost.send({ items: [item(lost.key, 3, edit('x'.repeat(200)))] })).toBe('too-large');
  expect(await lost.send({ items: [item(lost.key, 3, edit(2))] })).toBe(204);
});

test.each([
  ['nothing', new Uint8Array()],
  ['another version', Uint8Array.of(99)],
  ['half of it', Uint8Array.of(1, 4, 97)],
])('a body with %s is turned away', async (_, body) => {
  const lost = await lostPhone();
  const response = await fetch(`${lost.url}/api/hand-in`, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { authorization: `Bearer ${lost.ani.refreshToken}` },
  });
  expect(response.ok).toBe(false);
});

test('[ER16] what a lost phone has of a family of which one member was erased is kept without that member, handed in before or after', async () => {
  const lost = await lostPhone();
  const { storage, relay } = lost;
  const sari = await TestDevice.signIn(lost.url, 'sari');
  await sari.exchange();
  const copy = sari.copy(HOUSEHOLD.ani1);
  const member = copy.household.addMember();
  copy.household.answer({ member, question: '402' }, 'ZULAIKHA');
  await sari.exchange([sari.item(HOUSEHOLD.ani1)]);
  const mixed = (client: number) => {
    const doc = new Doc();
    doc.clientID = client;
    doc.getMap('answers').set('303', 77);
    doc.getMap(`member/${member}`).set('421t', `BIDAN ${client}`);
    return encodeStateAsUpdate(doc);
  };
  expect(await lost.send({ isLast: false, items: [item(lost.key, 3, mixed(5)), item(lost.key, 4)] })).toBe(
    204,
  );
  const request = { document: HOUSEHOLD.ani1, member, fields: [], request: 'S-1' };
  expect(relay.context.eraser.erase(request, 'admin').ok).toBe(true);
  const later = [item(lost.key, 5, mixed(6)), item(lost.key, 6, edit(9))];
  expect([await lost.send({ isLast: false, items: later }), await lost.send({ items: later })]).toEqual([
    204, 204,
  ]);
  const rows = storage.read((reader) => reader.quarantine.ofArea(AREA.ani, 'waiting', 9));
  expect(rows.map(({ seal }) => seal === null)).toEqual([true, false, true, false]);
  const opened = rows.map((row) => openQuarantined(row, relay.context.recoveryKeys) ?? new Uint8Array());
  const values = opened.map((update) => {
    const doc = new Doc();
    applyUpdate(doc, update);
    return [doc.getMap('answers').get('303'), doc.getMap(`member/${member}`).get('421t')];
  });
  expect(values.map(([answer]) => answer)).toEqual([77, 4, 77, 9]);
  expect(opened.filter((update) => Buffer.from(update).includes('BIDAN'))).toEqual([]);
});
