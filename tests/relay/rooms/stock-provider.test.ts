import { expect, onTestFinished, test } from 'vitest';
import type { WebSocket } from 'ws';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';
import { stockClient, synced } from '../../support/stock-client.ts';

const { ani1 } = HOUSEHOLD;

async function provide(device: TestDevice, document: string) {
  const { doc, provider } = await stockClient(device.url, device.token, document);
  onTestFinished(() => {
    provider.destroy();
    doc.destroy();
  });
  return { doc, provider };
}

test('[LV16] two stock providers converge through the relay, presence included', async () => {
  const { url, storage } = await openRelay();
  const ani = await provide(await TestDevice.signIn(url, 'ani'), ani1);
  const sari = await provide(await TestDevice.signIn(url, 'sari'), ani1);
  await Promise.all([synced(ani.provider), synced(sari.provider)]);
  expect(ani.doc.getMap('answers').get('108')).toBe('KEPALA a1');
  ani.doc.getMap('answers').set('303', 54);
  sari.doc.getMap('answers').set('304', 2);
  const both = { '108': 'KEPALA a1', '303': 54, '304': 2 };
  await expect.poll(() => ani.doc.getMap('answers').toJSON()).toEqual(both);
  await expect.poll(() => sari.doc.getMap('answers').toJSON()).toEqual(both);
  expect(storage.read((reader) => reader.log(ani1)).map(({ person }) => person)).toEqual(
    expect.arrayContaining(['', 'ani', 'sari']),
  );
  await expect
    .poll(() => sari.provider.awareness.getStates().get(ani.doc.clientID))
    .toEqual({ user: { person: 'ani' } });
});

test('[LV17] a stock provider whose connection breaks comes back with a fresh ticket and brings what it wrote meanwhile', async () => {
  const { url } = await openRelay();
  const ani = await provide(await TestDevice.signIn(url, 'ani'), ani1);
  const sari = await provide(await TestDevice.signIn(url, 'sari'), ani1);
  await Promise.all([synced(ani.provider), synced(sari.provider)]);
  for (let round = 1; round <= 3; round++) {
    (ani.provider.ws as unknown as WebSocket).terminate();
    ani.doc.getMap('answers').set('303', round);
    await expect.poll(() => sari.doc.getMap('answers').get('303'), { timeout: 10_000 }).toBe(round);
  }
}, 40_000);

test('[LV18] a stock provider that is refused stays away', async () => {
  const { url } = await openRelay();
  const ani = await provide(await TestDevice.signIn(url, 'ani'), ani1);
  await synced(ani.provider);
  const closed = new Promise<number>((resolve) => {
    ani.provider.on('connection-close', (event) => resolve(event?.code ?? 0));
  });
  ani.doc.getMap('event/z1').set('by', 'sari');
  expect(await closed).toBe(4403);
  expect(ani.provider.shouldConnect).toBe(false);
});
