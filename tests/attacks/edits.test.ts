import { randomBytes } from 'node:crypto';
import { describe, test } from 'vitest';
import { Array as YArray, type Doc, encodeStateAsUpdate, encodeStateVector, Map as YMap } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { LiveClient } from '../relay/support/live-client.ts';
import { AREA, BOARD, HOUSEHOLD } from '../relay/support/open-relay.ts';
import { NINE, type TestDevice } from '../relay/support/test-device.ts';
import { type Answer, type Attack, type Scene, withstand } from './scene.ts';

/** An edit somebody tries to bring in. */
interface HostileEdit {
  readonly name: string;
  readonly by?: string;
  readonly document?: DocumentName;
  readonly code: string;
  /** The bytes; `doc` holds what the device has, under a client id of its own. */
  readonly update: (doc: Doc, scene: Scene) => Uint8Array;
}

/** The update of one change. */
function change(doc: Doc, edit: (doc: Doc) => void): Uint8Array {
  const before = encodeStateVector(doc);
  doc.transact(() => edit(doc));
  return encodeStateAsUpdate(doc, before);
}

const set = (root: string, key: string, value: unknown) => (doc: Doc) =>
  change(doc, () => doc.getMap(root).set(key, value));

/** The client id the relay wrote the prelisted answers under. */
const relayClient = (scene: Scene) =>
  Number(scene.database.prepare("SELECT value FROM meta WHERE name = 'relay_client'").get()?.['value']);

/** The client id another device wrote under. */
const sarisClient = (scene: Scene) =>
  Number(
    scene.database.prepare('SELECT client FROM client WHERE device NOT LIKE ? LIMIT 1').get('-')?.['client'],
  );

const EDITS: readonly HostileEdit[] = [
  {
    name: 'under the client id of the relay itself',
    code: 'foreign-client',
    update(doc, scene) {
      doc.clientID = relayClient(scene);
      return set('answers', '303', 1)(doc);
    },
  },
  {
    name: 'under the client id of a colleague’s device',
    code: 'foreign-client',
    update(doc, scene) {
      doc.clientID = sarisClient(scene);
      return set('answers', '303', 1)(doc);
    },
  },
  {
    name: 'a deletion of what the centre wrote',
    code: 'bad-content',
    update: (doc) => change(doc, () => doc.getMap('answers').delete('108')),
  },
  {
    name: 'a deletion of what a colleague wrote',
    code: 'bad-content',
    update: (doc) => change(doc, () => doc.getMap('answers').delete('303')),
  },
  {
    name: 'a deletion of what nobody has written yet',
    code: 'unknown-clock',
    update: () => Uint8Array.of(0, 1, 200, 1, 1, 5, 9),
  },
  { name: 'a code that supervisors give', code: 'forbidden', update: set('member/k1', '417', 1) },
  { name: 'the area of the record', code: 'forbidden', update: set('record', 'area', AREA.other) },
  { name: 'an approval by an officer', code: 'forbidden', update: set('event/k1', 'type', 'approved') },
  { name: 'a remark in another person’s name', code: 'forbidden', update: set('remark/k1', 'by', 'sari') },
  {
    name: 'an answer beside another that nobody gave',
    code: 'bad-content',
    update: set('other/answers/303', 'k1', { value: 1, by: 'sari', at: 1 }),
  },
  { name: 'a field that no form has', code: 'forbidden', update: set('secrets', 'x', 1) },
  { name: 'a root called __proto__', code: 'forbidden', update: set('__proto__', 'isAdmin', true) },
  { name: 'a map in a field', code: 'bad-content', update: (doc) => set('answers', '303', new YMap())(doc) },
  {
    name: 'a list in a field',
    code: 'bad-content',
    update: (doc) => set('answers', '303', new YArray())(doc),
  },
  { name: 'an object in a field', code: 'bad-content', update: set('answers', '303', { toString: 1 }) },
  { name: 'a value of 100 KB', code: 'bad-content', update: set('answers', '303', 'x'.repeat(100_000)) },
  {
    name: 'bytes that are nothing',
    code: 'malformed',
    update: () => new Uint8Array(randomBytes(64)).fill(255, 0, 8),
  },
  {
    name: 'a record of another team',
    document: HOUSEHOLD.other,
    code: 'forbidden',
    update: set('answers', '303', 1),
  },
  {
    name: 'a record of a colleague’s area',
    document: HOUSEHOLD.budi,
    code: 'forbidden',
    update: set('answers', '303', 1),
  },
  {
    name: 'who works where',
    document: BOARD,
    code: 'forbidden',
    update: set(`area/${AREA.other}`, 'officer', 'ani'),
  },
  { name: 'a coordinator gives an answer', by: 'koko', code: 'forbidden', update: set('answers', '303', 1) },
  {
    name: 'a participant gives an answer',
    by: 'peserta',
    code: 'forbidden',
    update: set('answers', '303', 1),
  },
];

/** A device of the attacker, and a record in which the supervisor has written. */
async function intruder(scene: Scene, { by = 'ani', document = HOUSEHOLD.ani1 }: HostileEdit) {
  const sari = await scene.signIn('sari');
  await sari.exchange();
  sari.copy(HOUSEHOLD.ani1).answer('303', 9);
  await sari.exchange([sari.item(HOUSEHOLD.ani1)]);
  const device = await scene.signIn(by);
  await device.exchange();
  return { device, document, doc: device.copy(document).doc };
}

async function overExchange(device: TestDevice, document: DocumentName, update: Uint8Array): Promise<Answer> {
  const item = { document, update, area: '', upTo: 1, marks: [], isCompact: false, isVouched: false };
  const { receipts } = await device.exchange([item]);
  const [receipt] = receipts;
  return receipt?.status === 'refused' ? { code: receipt.code } : { code: receipt?.status ?? 'nothing' };
}

async function overLive(live: LiveClient, update: Uint8Array): Promise<Answer> {
  live.send({ type: 'update', update });
  const refused = live.next('refused').then(({ code }) => ({ code }));
  return Promise.race([refused, live.next('stored').then(() => ({ code: 'stored' }))]);
}

function byExchange(edit: HostileEdit): Attack {
  return {
    name: edit.name,
    answered: { code: edit.code },
    told: { kind: 'refused', code: edit.code },
    async prepare(scene) {
      const { device, document, doc } = await intruder(scene, edit);
      const update = edit.update(doc, scene);
      return () => overExchange(device, document, update);
    },
  };
}

function byLive(edit: HostileEdit): Attack {
  return {
    ...byExchange(edit),
    async prepare(scene) {
      const { device, document, doc } = await intruder(scene, edit);
      const update = edit.update(doc, scene);
      const live = await LiveClient.open(device, document);
      return () => overLive(live, update);
    },
  };
}

describe('an edit that is nobody’s to make, by exchange', () => {
  test.each(EDITS.map(byExchange))('$name: $answered.code', (attack) => withstand(attack));
});

/** Who may not even open the document has no live connection to send it over. */
const OPENED = EDITS.filter(({ document, by }) => document === undefined && by === undefined);

describe('an edit that is nobody’s to make, live', () => {
  test.each(OPENED.map(byLive))('$name: $answered.code', (attack) => withstand(attack));
});

const ITEMS: readonly Attack[] = [
  {
    name: 'a new record in another team’s area',
    answered: { code: 'forbidden' },
    told: { kind: 'refused', code: 'forbidden' },
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      ani.create('household/neu1', AREA.other);
      return async () => {
        const { receipts } = await ani.exchange([ani.item('household/neu1', AREA.other)]);
        return receipts[0]?.status === 'refused' ? { code: receipts[0].code } : {};
      };
    },
  },
  {
    name: 'others’ edits vouched for while the centre lacks nothing',
    answered: { code: 'forbidden' },
    told: { kind: 'refused', code: 'forbidden' },
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      await ani.exchange();
      ani.copy(HOUSEHOLD.ani1).answer('303', 1);
      const item = { ...ani.item(HOUSEHOLD.ani1), isVouched: true };
      return async () => {
        const { receipts } = await ani.exchange([item]);
        return receipts[0]?.status === 'refused' ? { code: receipts[0].code } : {};
      };
    },
  },
  {
    name: 'a refused answer said to be older than it is',
    answered: { code: 'forbidden' },
    told: { kind: 'refused', code: 'forbidden' },
    async prepare(scene) {
      const ani = await scene.signIn('ani');
      await ani.exchange();
      const { doc } = ani.copy(HOUSEHOLD.ani1);
      const update = set('member/k1', '417', 1)(doc);
      const marks = [{ client: doc.clientID, clock: 0, at: NINE - 1e12 }];
      const item = {
        document: HOUSEHOLD.ani1,
        update,
        area: '',
        upTo: 1,
        marks,
        isCompact: false,
        isVouched: false,
      };
      return async () => {
        const { receipts } = await ani.exchange([item]);
        return receipts[0]?.status === 'refused' ? { code: receipts[0].code } : {};
      };
    },
  },
];

describe('an item that is not what it says', () => {
  test.each(ITEMS)('$name: $answered.code', (attack) => withstand(attack));
});
