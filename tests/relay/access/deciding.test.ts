import { expect, test } from 'vitest';
import type { HeldEdits } from '@rukun/core/protocol';
import { patchPerson } from '../../../packages/relay/src/people/patch-person.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { AREA, HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { assignItem, boardCopy } from './board-edits.ts';
import { recordedUnder } from './late-work.ts';

const DAY = 24 * 3_600_000;

/** Ani's area went to Budi 15 days ago; her phone comes back with an answer, and his is there already. */
async function lateAnswer(): Promise<{ opened: OpenedRelay; sari: TestDevice; budi: TestDevice }> {
  const clock = new VirtualClock();
  const opened = await openRelay({ clock });
  const ani = await TestDevice.signIn(opened.url, 'ani');
  await ani.exchange();
  const before = await TestDevice.signIn(opened.url, 'sari');
  await before.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'budi' })]);
  clock.advance(15 * DAY);
  const [budi, sari, back] = [
    await TestDevice.signIn(opened.url, 'budi'),
    await TestDevice.signIn(opened.url, 'sari'),
    await TestDevice.signIn(opened.url, 'ani'),
  ];
  await budi.exchange();
  budi.copy(HOUSEHOLD.ani1).answer('303', '5');
  await budi.exchange([budi.item(HOUSEHOLD.ani1)]);
  ani.copy(HOUSEHOLD.ani1).answer('303', '2');
  await back.exchange([ani.item(HOUSEHOLD.ani1)]);
  return { opened, sari, budi };
}

async function held(device: TestDevice, state = 'waiting'): Promise<HeldEdits> {
  const response = await device.fetch(`/api/quarantine?state=${state}`);
  return (await response.json()) as HeldEdits;
}

const decide = (device: TestDevice, number: number, decision: string) =>
  device.fetch(`/api/quarantine/${number}`, { method: 'POST', body: JSON.stringify({ decision }) });

test('[AC9] what is held can be read by who decides: family, question, value, what stands there, author; by nobody else', async () => {
  const { opened, sari, budi } = await lateAnswer();
  const { edits } = await held(sari);
  expect(edits).toMatchObject([
    {
      reason: 'late',
      state: 'waiting',
      document: HOUSEHOLD.ani1,
      area: AREA.ani,
      head: 'KEPALA a1',
      by: 'ani',
      byName: 'ANI',
      problem: null,
      entries: [{ path: 'answers/303', value: '2', before: '5', by: 'ani' }],
    },
  ]);
  const number = edits[0]?.number ?? 0;
  const [tono, koko] = [
    await TestDevice.signIn(opened.url, 'tono'),
    await TestDevice.signIn(opened.url, 'koko'),
  ];
  expect((await held(koko)).edits).toHaveLength(1);
  for (const device of [tono, budi]) {
    expect((await held(device)).edits).toEqual([]);
    expect((await decide(device, number, 'take')).status).toBe(404);
  }
  expect((await held(sari)).edits).toHaveLength(1);
});

test("[AC9] taken in, it stands under its author's name beside what was written meanwhile, once", async () => {
  const { opened, sari, budi } = await lateAnswer();
  const number = (await held(sari)).edits[0]?.number ?? 0;
  expect((await decide(sari, number, 'take')).status).toBe(200);
  expect((await decide(sari, number, 'take')).status).toBe(404);
  expect((await held(sari)).edits).toEqual([]);
  await budi.exchange();
  const standing = budi.copy(HOUSEHOLD.ani1).standing('303');
  expect(standing.map(({ value, by }) => [value, by]).sort()).toEqual([
    ['2', 'ani'],
    ['5', 'budi'],
  ]);
  expect(recordedUnder(opened, HOUSEHOLD.ani1, '303').sort()).toEqual(['ani', 'budi']);
});

test('[AC9] set aside it is kept, can be taken back up, and taken in', async () => {
  const { sari } = await lateAnswer();
  const number = (await held(sari)).edits[0]?.number ?? 0;
  expect((await decide(sari, number, 'set-aside')).status).toBe(200);
  expect([(await held(sari)).edits.length, (await held(sari, 'set-aside')).edits.length]).toEqual([0, 1]);
  expect((await decide(sari, number, 'take')).status).toBe(404);
  expect((await decide(sari, number, 'reopen')).status).toBe(200);
  expect((await decide(sari, number, 'take')).status).toBe(200);
});

test('[AC9] what the state does not let in stays held, and says why', async () => {
  const { sari } = await lateAnswer();
  await sari.exchange();
  const { household } = sari.copy(HOUSEHOLD.ani1);
  const number = (await held(sari)).edits[0]?.number ?? 0;
  const { budi } = { budi: await TestDevice.signIn(sari.url, 'budi') };
  await budi.exchange();
  budi.copy(HOUSEHOLD.ani1).household.addEvent('submitted');
  await budi.exchange([budi.item(HOUSEHOLD.ani1)]);
  await sari.exchange();
  household.addEvent('approved');
  await sari.exchange([sari.item(HOUSEHOLD.ani1)]);
  const response = await decide(sari, number, 'take');
  expect([response.status, await response.json()]).toEqual([409, { code: 'locked', paths: ['answers/303'] }]);
  expect((await held(sari)).edits).toHaveLength(1);
});

test.each([
  ['a decision that is none', 1, 'burn', 400],
  ['a number that is none', 0, 'take', 404],
])('[AC9] %s', async (_, number, decision, status) => {
  const { sari } = await lateAnswer();
  expect((await decide(sari, number, decision)).status).toBe(status);
});

test.each([
  ['an assistant', { role: 'assistant', code: '' }],
  ['a coordinator of the same kecamatan', { role: 'coordinator', code: '', area: '7102990' }],
  ['an administrator', { role: 'administrator', code: '' }],
] as const)(
  '[AC8] what an officer had not sent when she became %s is kept for the supervisor, and counts as the officer’s',
  async (_, patch) => {
    const clock = new VirtualClock();
    const opened = await openRelay({ clock });
    const ani = await TestDevice.signIn(opened.url, 'ani');
    await ani.exchange();
    ani.copy(HOUSEHOLD.ani1).answer('303', '2');
    opened.storage.transact((writer) => {
      writer.addPerson({
        id: 'tata',
        userName: 'tata',
        name: 'TATA',
        role: 'administrator',
        code: '',
        passwordHash: 'none',
      });
      const person = writer.person('ani');
      const by = { person: '', device: '' };
      expect(person && patchPerson(writer, person, patch, by, clock.now())).toMatchObject({ ok: true });
    });
    const { receipts } = await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
    expect(receipts).toMatchObject([{ status: 'refused', code: 'late', paths: [] }]);
    const sari = await TestDevice.signIn(opened.url, 'sari');
    const { edits } = await held(sari);
    expect(edits).toMatchObject([{ by: 'ani', entries: [{ path: 'answers/303', value: '2' }] }]);
    expect((await decide(sari, edits[0]?.number ?? 0, 'take')).status).toBe(200);
    expect(recordedUnder(opened, HOUSEHOLD.ani1, '303')).toEqual(['ani']);
  },
);
