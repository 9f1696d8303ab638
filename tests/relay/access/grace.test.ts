import { expect, test } from 'vitest';
import { recordedUnder } from './late-work.ts';
import { AREA, HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { Phone } from '../../scenarios/phone.ts';
import { assignItem, boardCopy } from './board-edits.ts';

const DAY = 24 * 3_600_000;

async function reassign(opened: OpenedRelay): Promise<void> {
  const sari = await TestDevice.signIn(opened.url, 'sari');
  await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
}

test('[AC7] in the grace period an edit of the former officer arrives under the own name, and nothing new goes down', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const [ani, budi] = [
    await TestDevice.signIn(opened.url, 'ani'),
    await TestDevice.signIn(opened.url, 'budi'),
  ];
  await ani.exchange();
  await reassign(opened);
  await budi.exchange();
  budi.copy(HOUSEHOLD.ani1).answer('304', 'baru');
  await budi.exchange([budi.item(HOUSEHOLD.ani1)]);
  clock.advance(13 * DAY);
  const back = await TestDevice.signIn(opened.url, 'ani');
  const copy = ani.copy(HOUSEHOLD.ani1);
  copy.answer('303', '2');
  const sent = await back.exchange([ani.item(HOUSEHOLD.ani1)]);
  expect([sent.receipts, sent.changes]).toMatchObject([[{ status: 'stored' }], []]);
  // Asked for, it is what she knows: as it was when the area was hers, and her own.
  await back.exchange([], { wanted: [HOUSEHOLD.ani1, HOUSEHOLD.ani2] });
  expect(back.copy(HOUSEHOLD.ani1).answers()).toMatchObject({ '303': '2' });
  expect(back.copy(HOUSEHOLD.ani1).answers()).not.toHaveProperty('304');
  expect((await back.fetch(`/api/documents/${HOUSEHOLD.ani1}/history`)).status).toBe(403);
  expect(recordedUnder(opened, HOUSEHOLD.ani1, '303')).toEqual(['ani']);
});

test('[AC7] a refused edit of a former officer comes back to the author without what is new', async () => {
  const opened = await openRelay();
  const ani = await Phone.signIn(() => opened.url, 'ani');
  await ani.exchangeUntilDone();
  await reassign(opened);
  const budi = await TestDevice.signIn(opened.url, 'budi');
  await budi.exchange();
  budi.copy(HOUSEHOLD.ani1).answer('304', 'rahasia baru');
  await budi.exchange([budi.item(HOUSEHOLD.ani1)]);
  await ani.answer(HOUSEHOLD.ani1, '303', '2');
  await ani.answer(HOUSEHOLD.ani1, '417', '01');
  await ani.answer(HOUSEHOLD.ani1, '305', '3');
  for (let run = 0; run < 4; run++) await ani.exchange();
  const refused = await ani.store.refusedEdits(HOUSEHOLD.ani1);
  expect(refused.map(({ path, code }) => [path, code])).toEqual([['answers/417', 'forbidden']]);
  const { answers } = await ani.snapshot(HOUSEHOLD.ani1);
  expect([answers['303'], answers['304'], answers['305']]).toEqual(['2', undefined, '3']);
  for (const question of ['303', '305'])
    expect(recordedUnder(opened, HOUSEHOLD.ani1, question)).toEqual(['ani']);
});

test('[AC8] after the grace period it is kept for the supervisor, one row for all a device has of a family', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const ani = await TestDevice.signIn(opened.url, 'ani');
  await ani.exchange();
  await reassign(opened);
  clock.advance(15 * DAY);
  const back = await TestDevice.signIn(opened.url, 'ani');
  const copy = ani.copy(HOUSEHOLD.ani1);
  for (let edit = 0; edit < 60; edit++) {
    copy.answer('303', String(edit));
    const { receipts, changes } = await back.exchange([ani.item(HOUSEHOLD.ani1)]);
    expect(receipts).toMatchObject([{ status: 'refused', code: 'late', paths: [] }]);
    expect(changes).toEqual([]);
  }
  const waiting = opened.storage.read(({ quarantine }) => quarantine.ofArea(AREA.ani, 'waiting', 100));
  expect(waiting).toMatchObject([{ reason: 'late', document: HOUSEHOLD.ani1, person: 'ani' }]);
  expect(recordedUnder(opened, HOUSEHOLD.ani1, '303')).toEqual([]);
});

test('[AC8] a policy that names another period is kept to', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  opened.storage.transact((writer) => writer.setSetting('grace_days', '1'));
  const ani = await TestDevice.signIn(opened.url, 'ani');
  await ani.exchange();
  await reassign(opened);
  clock.advance(DAY);
  ani.copy(HOUSEHOLD.ani1).answer('303', '2');
  const back = await TestDevice.signIn(opened.url, 'ani');
  const { receipts } = await back.exchange([ani.item(HOUSEHOLD.ani1)]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'late' }]);
});
