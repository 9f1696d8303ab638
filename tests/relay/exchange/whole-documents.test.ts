import { expect, test } from 'vitest';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { compactUpdate } from '@rukun/core/documents';
import type { ExchangeAnswer } from '@rukun/core/protocol';
import { addHousehold, AREA, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';

const { ani1, ani2 } = HOUSEHOLD;

/** What a change holds by itself, for a device that has nothing of the document. */
function answersIn({ changes }: ExchangeAnswer, index: number): unknown {
  const doc = new Doc({ gc: false });
  applyUpdate(doc, changes[index]?.update ?? new Uint8Array());
  return doc.store.pendingStructs ? 'a gap' : doc.getMap('answers').toJSON();
}

const namesIn = ({ changes }: ExchangeAnswer) => changes.map(({ document }) => document);

test('[EX31] wanted documents come whole and first; what is foreign or unknown is left out', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  for (const name of [ani1, ani2]) sari.copy(name).answer('303', 5);
  await sari.exchange([sari.item(ani1), sari.item(ani2)]);
  const wanted = [HOUSEHOLD.other, ani2, 'household/unknown', ani2] as const;
  const answer = await ani.exchange([], { wanted });
  expect(namesIn(answer)).toEqual([ani2, ani1]);
  expect(answersIn(answer, 0)).toEqual({ '108': 'KEPALA a2', '303': 5 });
  const again = await ani.exchange([], { wanted });
  expect(namesIn(again)).toEqual([ani2]);
  expect(answersIn(again, 0)).toEqual({ '108': 'KEPALA a2', '303': 5 });
});

test('[EX32] with a refused item comes the whole document as it is stored', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const { doc, local } = ani.copy(ani1);
  doc.on('update', (update: Uint8Array) => local.push(update));
  doc.getMap('event/zzz1').set('by', 'sari');
  const answer = await ani.exchange([ani.item(ani1)]);
  expect(answer.receipts[0]).toMatchObject({ status: 'refused' });
  expect(namesIn(answer)).toEqual([ani1]);
  expect(answersIn(answer, 0)).toEqual({ '108': 'KEPALA a1' });
});

test('[EX33] a compact update is stored as the V1 it stands for; one that is none is refused by itself', async () => {
  const { url, storage } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  for (const name of [ani1, ani2]) ani.copy(name).answer('303', 'MELAYU');
  const plain = mergeUpdates(ani.copy(ani1).local);
  const good = { ...ani.item(ani1), update: compactUpdate(plain), isCompact: true };
  const bad = { ...ani.item(ani2), isCompact: true };
  const { receipts } = await ani.exchange([bad, good]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'malformed' }, { status: 'stored' }]);
  expect(storage.read((reader) => reader.log(ani1).at(-1)?.update)).toEqual(plain);
  expect(storage.read((reader) => reader.log(ani2))).toHaveLength(1);
});

test('[EX34] an answer holds about as many bytes as were asked for, and always one change', async () => {
  const { url, storage } = await openRelay();
  const names = Array.from({ length: 12 }, (_, index) => `household/m${index}` as const);
  storage.transact((writer) => {
    for (const name of names) addHousehold(writer, name, AREA.ani);
  });
  const sizeOf = storage.read((reader) => mergeUpdates([...reader.updates('household/m0')]).byteLength);
  for (const [answerBytes, most] of [
    [1, 1],
    [3 * sizeOf, 4],
  ] as const) {
    const ani = await TestDevice.signIn(url, 'ani');
    const parts: number[] = [];
    for (let more = true; more;) {
      const answer = await ani.exchange([], { answerBytes });
      parts.push(answer.changes.length);
      ({ more } = answer);
    }
    expect(Math.max(...parts)).toBeLessThanOrEqual(most);
    expect(Math.min(...parts)).toBeGreaterThan(0);
    expect(ani.copies.size).toBe(14);
  }
});

test('[EX35] of several items of one document each has a receipt; what stands on a refused one has a gap', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const copy = ani.copy(ani1);
  for (const value of ['1', 'x'.repeat(4001), '2']) copy.answer('303', value);
  const items = copy.local.map((update, index) => ({ ...ani.item(ani1), upTo: index + 1, update }));
  const { receipts } = await ani.exchange(items);
  expect(receipts).toMatchObject([
    { upTo: 1, status: 'stored' },
    { upTo: 2, status: 'refused', code: 'bad-content', paths: ['answers/303'] },
    { upTo: 3, status: 'resync' },
  ]);
});

test('[EX42] what went up live comes down again to its device, once', async () => {
  const { url } = await openRelay();
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  const live = await LiveClient.open(ani, ani1);
  ani.copy(ani1).answer('303', 54);
  live.send({ type: 'update', update: ani.copy(ani1).local[0] ?? new Uint8Array() });
  await live.next('stored');
  expect(namesIn(await ani.exchange())).toEqual([ani1]);
  expect(namesIn(await ani.exchange())).toEqual([]);
});
