import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { LiveClient } from '../support/live-client.ts';
import { AREA, BOARD, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { assignItem, boardCopy, boardItem } from './board-edits.ts';

const names = ({ changes }: { changes: readonly { document: string }[] }) =>
  changes.map(({ document }) => document).sort();

test('[AC4] a supervisor gives an area to another officer: the first is out of its rooms at once, the other gets it with the next exchange', async () => {
  const opened = await openRelay({ clock: new VirtualClock() });
  const [ani, budi, sari] = await Promise.all(
    ['ani', 'budi', 'sari'].map((person) => TestDevice.signIn(opened.url, person)),
  );
  if (!ani || !budi || !sari) throw new Error('nobody signed in');
  await budi.exchange();
  const [gone, staying] = [
    await LiveClient.open(ani, HOUSEHOLD.ani1),
    await LiveClient.open(sari, HOUSEHOLD.ani1),
  ];
  const { receipts } = await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
  expect(receipts).toMatchObject([{ status: 'stored' }]);
  expect(await gone.closed).toBe(4403);
  staying.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  await staying.next('sync-step-2');
  expect(names(await budi.exchange())).toEqual([HOUSEHOLD.ani1, HOUSEHOLD.ani2]);
  expect((await ani.exchange()).feeds).toEqual([]);
  await expect(ani.ticket(HOUSEHOLD.ani1)).rejects.toThrow('403');
});

test('[AC5] two assignments of an area made without having seen each other: both officers keep and receive it until one is chosen', async () => {
  const opened = await openRelay();
  const { url, storage } = opened;
  const [ani, budi, citra, sari, koko] = await Promise.all(
    ['ani', 'budi', 'citra', 'sari', 'koko'].map((person) => TestDevice.signIn(url, person)),
  );
  if (!ani || !budi || !citra || !sari || !koko) throw new Error('nobody signed in');
  const [first, second] = [boardCopy(opened), boardCopy(opened)];
  await sari.exchange([assignItem(first, AREA.ani, { officer: 'budi' })]);
  await koko.exchange([assignItem(second, AREA.ani, { officer: 'citra' })]);
  const beside = () => storage.read((reader) => reader.access.assignedBeside(AREA.ani));
  const current = storage.read((reader) => reader.assignments()).find(({ area }) => area === AREA.ani);
  expect([current?.officer, ...beside().officers].sort()).toEqual(['budi', 'citra']);
  for (const officer of [budi, citra]) expect(names(await officer.exchange())).toContain(HOUSEHOLD.ani1);
  expect((await ani.exchange()).feeds).toEqual([]);

  const { receipts } = await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'citra' })]);
  expect(receipts).toMatchObject([{ status: 'stored' }]);
  expect(beside()).toEqual({ officers: [], supervisors: [] });
  expect((await budi.exchange()).feeds[0]?.held).toEqual([AREA.budi]);
  expect((await citra.exchange()).feeds[0]?.held).toEqual([AREA.ani, AREA.other]);
});

test('[AC5] two who name the same officer without having seen each other have no disagreement', async () => {
  const opened = await openRelay();
  const [sari, koko] = [
    await TestDevice.signIn(opened.url, 'sari'),
    await TestDevice.signIn(opened.url, 'koko'),
  ];
  const [first, second] = [boardCopy(opened), boardCopy(opened)];
  await sari.exchange([assignItem(first, AREA.ani, { officer: 'budi' })]);
  await koko.exchange([assignItem(second, AREA.ani, { officer: 'budi' })]);
  const beside = opened.storage.read((reader) => reader.access.assignedBeside(AREA.ani));
  expect(beside.officers).toEqual([]);
});

describe('[AC6] what a board does not take', () => {
  const root = (area: string) => `assignment/${area}`;
  test.each<[string, string, string, unknown]>([
    ['somebody who is nobody', root(AREA.ani), 'officer', 'hantu'],
    ['a supervisor as officer', root(AREA.ani), 'officer', 'sari'],
    ['an officer as supervisor', root(AREA.ani), 'supervisor', 'ani'],
    ['a number for a person', root(AREA.ani), 'officer', 7],
    ['less than no family', root(AREA.ani), 'target', -1],
    ['half a family', root(AREA.ani), 'target', 1.5],
    ['a day that is none', root(AREA.ani), 'dueDate', '2026-02-30'],
    ['an area that is none', root('7102990009999900'), 'target', 1],
  ])('%s', async (_, name, key, value) => {
    const opened = await openRelay();
    const koko = await TestDevice.signIn(opened.url, 'koko');
    const before = opened.storage.read((reader) => reader.assignments());
    const { receipts } = await koko.exchange([
      boardItem(boardCopy(opened), (doc) => doc.getMap(name).set(key, value)),
    ]);
    expect(receipts).toMatchObject([{ status: 'refused', code: 'bad-content', paths: [`${name}/${key}`] }]);
    expect(opened.storage.read((reader) => reader.assignments())).toEqual(before);
  });

  test("a supervisor's hand on the area of another team", async () => {
    const opened = await openRelay();
    const sari = await TestDevice.signIn(opened.url, 'sari');
    const { receipts } = await sari.exchange([assignItem(boardCopy(opened), AREA.other, { officer: 'ani' })]);
    expect(receipts).toMatchObject([{ code: 'forbidden', paths: [`${root(AREA.other)}/officer`] }]);
    expect((await sari.fetch(`/api/documents/${BOARD}/history`)).status).toBe(200);
  });
});
