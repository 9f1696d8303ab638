import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, parseUpdateMeta } from 'yjs';
import type { Storage } from '@rukun/relay';
import { beginEpoch } from '../../../packages/relay/src/storage/epoch.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { assignItem, boardCopy } from '../access/board-edits.ts';
import { LiveClient } from '../support/live-client.ts';
import { AREA, BOARD, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;
const DAY = 24 * 3_600_000;

/** As after a restore: another epoch, a recovery. */
function recover(storage: Storage, clock: VirtualClock): void {
  const random = seededRandom(9);
  storage.transact((writer) => {
    beginEpoch(writer, random, { at: clock.now(), isRecovery: true });
  });
}

/** An answer of ani's that the relay has lost and sari's device still has, as sari would send it. */
async function lostAnswer(url: string, sari: TestDevice) {
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  ani.copy(ani1).answer('303', 54);
  const item = { ...ani.item(ani1), marks: [] };
  await sari.exchange();
  return { item, vouched: { ...item, isVouched: true } };
}

test('[EP14] a recovering relay takes what another vouches for, and as nobody’s', async () => {
  const clock = new VirtualClock();
  const { url, storage } = await openRelay({ clock });
  const sari = await TestDevice.signIn(url, 'sari');
  expect((await sari.exchange()).isRecovering).toBe(false);
  const { item, vouched } = await lostAnswer(url, sari);
  // The relay knows whose client id it is: the claim was in the backup, the answer was not.
  const [client = 0] = parseUpdateMeta(item.update).from.keys();
  storage.transact((writer) => {
    writer.claim(ani1, client, "ani's phone");
  });
  recover(storage, clock);
  expect((await sari.exchange([item])).receipts[0]).toMatchObject({ code: 'foreign-client' });
  const answer = await sari.exchange([vouched]);
  expect(answer).toMatchObject({ isRecovering: true, receipts: [{ status: 'stored' }] });
  const fresh = await TestDevice.signIn(url, 'ani');
  await fresh.exchange();
  expect(fresh.copy(ani1).answers()['303']).toBe(54);
  const history = (await fresh.history(ani1)).filter(({ path }) => path === 'answers/303');
  expect(history).toMatchObject([{ value: 54, by: '', device: sari.me.device.id }]);
});

test('[EP15] a relay that does not recover, or no longer, takes nothing that is vouched for', async () => {
  const clock = new VirtualClock();
  const { url, storage } = await openRelay({ clock });
  const sari = await TestDevice.signIn(url, 'sari');
  const { vouched } = await lostAnswer(url, sari);
  expect((await sari.exchange([vouched])).receipts[0]).toMatchObject({ code: 'forbidden' });
  recover(storage, clock);
  clock.advance(60 * DAY);
  const late = await sari.exchange([vouched]);
  expect(late).toMatchObject({ isRecovering: false, receipts: [{ code: 'forbidden' }] });
  expect(storage.read((reader) => reader.log(ani1))).toHaveLength(1);
});

test('[EP16] what is vouched for passes the gate in all but whose it is', async () => {
  const clock = new VirtualClock();
  const { url, storage } = await openRelay({ clock });
  const [sari, tono] = [await TestDevice.signIn(url, 'sari'), await TestDevice.signIn(url, 'tono')];
  const { vouched } = await lostAnswer(url, sari);
  recover(storage, clock);
  expect((await tono.exchange([vouched])).receipts[0]).toMatchObject({ code: 'forbidden' });
  const doc = new Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.getMap('answers').set('303', { forged: true });
  const [update = new Uint8Array()] = updates;
  const { receipts } = await sari.exchange([{ ...vouched, update }]);
  expect(receipts[0]).toMatchObject({ code: 'bad-content', paths: ['answers/303'] });
  expect(storage.read((reader) => reader.log(ani1))).toHaveLength(1);
});

test('[EP16] a supervisor gives herself no area of another team by vouching for it, neither by an exchange nor live', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const { url, storage } = opened;
  const sari = await TestDevice.signIn(url, 'sari');
  await sari.exchange();
  const item = assignItem(boardCopy(opened), AREA.other, { supervisor: 'sari' });
  recover(storage, clock);
  const { receipts } = await sari.exchange([{ ...item, isVouched: true }]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'forbidden', paths: [] }]);
  const live = await LiveClient.open(sari, BOARD);
  live.send({ type: 'sync-step-2', update: item.update });
  expect(await live.next('refused')).toMatchObject({ code: 'forbidden' });
  const supervisor = storage.read((reader) => reader.assignments([AREA.other]))[0]?.supervisor;
  expect(supervisor).not.toBe('sari');
  expect((await sari.exchange()).feeds.flatMap(({ held }) => held)).not.toContain(AREA.other);
});

test('[EP16] what a former officer vouches for after the grace period is forbidden: it is kept for nobody', async () => {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const { url, storage } = opened;
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await ani.exchange();
  ani.copy(ani1).answer('303', 54);
  await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
  recover(storage, clock);
  clock.advance(15 * DAY);
  const back = await TestDevice.signIn(url, 'ani');
  const { receipts } = await back.exchange([{ ...ani.item(ani1), isVouched: true }]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'forbidden' }]);
  expect(storage.read((reader) => reader.quarantine.ofDocument(ani1))).toEqual([]);
});

test('[ER4] while the relay recovers nobody closes a family with a mark of their own under its former client id', async () => {
  const clock = new VirtualClock();
  const { url, storage } = await openRelay({ clock });
  const former = storage.read((reader) => reader.relayClient());
  recover(storage, clock);
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const doc = new Doc({ gc: false });
  for (const update of storage.read((reader) => reader.updates(ani1))) applyUpdate(doc, update);
  const known = encodeStateVector(doc);
  doc.clientID = former;
  doc.getMap('erased/x').set('member', '');
  doc.getMap('erased/x').set('at', 1);
  ani.copy(ani1).answer('303', 5);
  const forged = { ...ani.item(ani1), marks: [], update: encodeStateAsUpdate(doc, known), isVouched: true };
  const { receipts } = await ani.exchange([forged, ani.item(ani1)]);
  expect(receipts).toMatchObject([{ code: 'forbidden' }, { status: 'stored' }]);
});
