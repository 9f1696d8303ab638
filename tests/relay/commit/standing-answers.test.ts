import { expect, test } from 'vitest';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { MINUTE, NINE, type HouseholdCopy, TestDevice } from '../support/test-device.ts';

const { ani1 } = HOUSEHOLD;

type Way = 'exchange' | 'live';

async function send(device: TestDevice, way: Way): Promise<void> {
  if (way === 'exchange') {
    const { receipts } = await device.exchange([device.item(ani1)]);
    if (receipts[0]?.status !== 'stored') throw new Error('not stored');
    return;
  }
  const live = await LiveClient.open(device, ani1);
  live.send({ type: 'sync-step-2', update: device.item(ani1).update });
  await live.next('stored');
}

/** What every copy must show, the current one first, then by author. */
function shown(copy: HouseholdCopy): { value: unknown; by: string }[] {
  return copy
    .standing('303')
    .map(({ value, by }) => ({ value, by }))
    .sort((a, b) => (a.by < b.by ? -1 : 1));
}

test.each<[Way, Way]>([
  ['exchange', 'exchange'],
  ['live', 'live'],
  ['exchange', 'live'],
  ['live', 'exchange'],
])(
  '[TA13] two answers nobody had seen stand side by side: first by %s, then by %s',
  async (firstWay, secondWay) => {
    const { url } = await openRelay();
    const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
    await Promise.all([ani.exchange(), sari.exchange()]);
    const [first, second] = [ani.copy(ani1), sari.copy(ani1)];
    first.at = NINE;
    first.answer('303', 54);
    second.at = NINE + 5 * MINUTE;
    second.answer('303', 45);
    await send(ani, firstWay);
    await send(sari, secondWay);
    await Promise.all([ani.exchange(), sari.exchange()]);
    const both = [
      { value: 54, by: 'ani' },
      { value: 45, by: 'sari' },
    ];
    expect(shown(first)).toEqual(both);
    expect(shown(second)).toEqual(both);
    expect(first.standing('303').every(({ at }) => at > 0)).toBe(true);
    const third = await TestDevice.signIn(url, 'sari');
    await third.exchange();
    expect(shown(third.copy(ani1))).toEqual(both);

    second.answer('303', 54);
    await send(sari, secondWay);
    await ani.exchange();
    expect(shown(first)).toEqual([]);
    expect(first.answers()['303']).toBe(54);
    const edits = (await ani.history(ani1)).filter(({ path }) => path === 'answers/303');
    expect(edits.map(({ value, by }) => [value, by])).toEqual([
      [54, 'ani'],
      [45, 'sari'],
      [54, 'sari'],
    ]);
  },
);

test('[TA19] each of two answers keeps the time its device gave it', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  const [first, second] = [ani.copy(ani1), sari.copy(ani1)];
  first.at = NINE;
  first.answer('303', 54);
  second.at = NINE + 5 * MINUTE;
  second.answer('303', 45);
  await send(sari, 'exchange');
  await send(ani, 'exchange');
  await sari.exchange();
  const times = second.standing('303').map(({ by, at }) => [by, at]);
  expect(new Map(times as [string, number][])).toEqual(
    new Map([
      ['ani', NINE],
      ['sari', NINE + 5 * MINUTE],
    ]),
  );
});

test("[LV22] the relay's own part reaches the author and the others live", async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  const [first, second] = [await LiveClient.open(ani, ani1), await LiveClient.open(sari, ani1)];
  ani.copy(ani1).answer('303', 54);
  sari.copy(ani1).answer('303', 45);
  first.send({ type: 'update', update: ani.item(ani1).update });
  second.send({ type: 'update', update: sari.item(ani1).update });
  await Promise.all([first.next('stored'), second.next('stored')]);
  for (const [device, live] of [
    [ani, first],
    [sari, second],
  ] as const) {
    await expect.poll(() => live.count('update')).toBe(2);
    for (const message of live.received) {
      if (message.type === 'update') device.copy(ani1).receive(message.update);
    }
    expect(shown(device.copy(ani1))).toEqual([
      { value: 54, by: 'ani' },
      { value: 45, by: 'sari' },
    ]);
  }
});

test("[TA21] an answer that overwrites the prelisted one unseen by another names the relay's as nobody's", async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await Promise.all([ani.exchange(), sari.exchange()]);
  ani.copy(ani1).answer('108', 'NAMA A');
  await send(ani, 'exchange');
  await sari.exchange();
  expect(sari.copy(ani1).standing('108')).toEqual([]);
  expect(sari.copy(ani1).answers()['108']).toBe('NAMA A');
});
