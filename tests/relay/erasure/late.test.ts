import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { assignItem, boardCopy } from '../access/board-edits.ts';
import { AREA, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const DAY = 24 * 3_600_000;
const { ani1 } = HOUSEHOLD;

test('[ER3] what a former officer wrote about what was erased is refused, not put aside; about others it waits for the supervisor', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const { url, storage, relay } = opened;
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(ani1);
  const member = copy.household.addMember();
  copy.household.answer({ member, question: '402' }, 'ZULAIKHA');
  await ani.exchange([ani.item(ani1)]);
  copy.local.length = 0;
  const sari = await TestDevice.signIn(url, 'sari');
  await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
  const erased = relay.context.eraser.erase({ document: ani1, member, fields: [], request: 'S-1' }, 'admin');
  expect(erased.ok).toBe(true);
  clock.advance(15 * DAY);
  const back = await TestDevice.signIn(url, 'ani');
  copy.household.answer({ member, question: '421t' }, 'BIDAN');
  const answered = await back.exchange([ani.item(ani1)]);
  expect(answered.receipts).toMatchObject([{ status: 'refused', code: 'erased' }]);
  const held = () => storage.read(({ quarantine }) => quarantine.ofDocument(ani1));
  expect(held()).toEqual([]);
  expect(storage.read((reader) => reader.refusals(1))).toMatchObject([
    { code: 'erased', bytes: new Uint8Array() },
  ]);

  const base = ani.item(ani1);
  const doc = new Doc({ gc: false });
  storage.read((reader) => reader.updates(ani1)).forEach((update) => applyUpdate(doc, update));
  const known = encodeStateVector(doc);
  doc.getMap('answers').set('304', '7');
  const update = encodeStateAsUpdate(doc, known);
  const marks = [{ client: doc.clientID, clock: 0, at: clock.now() }];
  const late = await back.exchange([{ ...base, update, marks }]);
  expect(late.receipts).toMatchObject([{ status: 'refused', code: 'late' }]);
  expect(held()).toMatchObject([{ reason: 'late', state: 'waiting' }]);
});

test('[ER5] what of the head only a phone had, or an edit that waits, does not come back by it', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const { url, storage, relay } = opened;
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(ani1);
  const member = copy.household.addMember();
  copy.household.answer({ member, question: '402' }, 'ZULAIKHA');
  copy.household.answer({ member, question: '409' }, '1');
  await ani.exchange([ani.item(ani1)]);
  copy.local.length = 0;
  copy.answer('HP', '081234567890');
  copy.answer('RESP', 'ZULAIKHA');
  copy.answer('107', 'RUMAH ZULAIKHA');
  const { update, marks } = ani.item(ani1);
  storage.transact(({ quarantine }) =>
    quarantine.add({
      at: clock.now(),
      reason: 'late',
      document: ani1,
      area: AREA.ani,
      person: 'ani',
      device: ani.me.device.id,
      update,
      marks,
      seal: null,
    }),
  );
  const erased = relay.context.eraser.erase({ document: ani1, member, fields: [], request: 'S-1' }, 'admin');
  expect(erased.ok).toBe(true);
  const { receipts } = await ani.exchange([ani.item(ani1)]);
  const paths: unknown = expect.arrayContaining(['answers/HP', 'answers/RESP']);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'erased', paths }]);
  const [held] = storage.read(({ quarantine }) => quarantine.ofDocument(ani1));
  const text = Buffer.from(held?.update ?? []).toString('latin1');
  expect(['081234567890', 'ZULAIKHA'].filter((value) => text.includes(value))).toEqual([]);
  expect(held?.state).toBe('waiting');
});

test('[ER16] a late edit about an erased member and others can be taken in: the others are, under their author, at their time', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const { url, storage, relay } = opened;
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(ani1);
  const member = copy.household.addMember();
  copy.household.answer({ member, question: '402' }, 'ZULAIKHA');
  await ani.exchange([ani.item(ani1)]);
  copy.local.length = 0;
  const sari = await TestDevice.signIn(url, 'sari');
  await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
  clock.advance(15 * DAY);
  const back = await TestDevice.signIn(url, 'ani');
  copy.household.answer({ member, question: '403' }, '7102990101010001');
  copy.answer('303', 7);
  copy.answer('HP', '081234567890');
  const item = ani.item(ani1);
  const { receipts } = await back.exchange([item]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'late' }]);
  relay.context.eraser.erase({ document: ani1, member, fields: [], request: 'S-1' }, 'admin');
  const office = await TestDevice.signIn(url, 'sari');
  const shown = (await (await office.fetch('/api/quarantine')).json()) as { edits: { number: number }[] };
  expect(shown.edits).toMatchObject([{ problem: null, entries: [{ path: 'answers/303', value: 7 }] }]);
  const body = JSON.stringify({ decision: 'take' });
  const taken = await office.fetch(`/api/quarantine/${shown.edits[0]?.number}`, { method: 'POST', body });
  expect([taken.status, await taken.json()]).toEqual([200, {}]);
  const doc = new Doc({ gc: false });
  storage.read((reader) => reader.updates(ani1)).forEach((update) => applyUpdate(doc, update));
  expect(doc.getMap('answers').get('303')).toBe(7);
  expect(doc.getMap('answers').get('HP')).toBeNull();
  const row = storage.read((reader) => reader.log(ani1)).at(-1);
  expect(row).toMatchObject({ person: 'ani', source: 'device' });
  expect(row?.marks.map(({ at }) => at)).toEqual([item.marks.at(-1)?.at]);
});
