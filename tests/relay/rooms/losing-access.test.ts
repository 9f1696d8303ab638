import { expect, test } from 'vitest';
import { AREA, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

test('[LV39] who is no longer assigned to an area is out of its rooms by the next beat; the others stay', async () => {
  const clock = new VirtualClock();
  const { url, storage } = await openRelay({ clock });
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  const [gone, staying] = [
    await LiveClient.open(ani, HOUSEHOLD.ani1),
    await LiveClient.open(sari, HOUSEHOLD.ani1),
  ];
  const elsewhere = await LiveClient.open(await TestDevice.signIn(url, 'budi'), HOUSEHOLD.budi);
  storage.transact((writer) =>
    writer.putAssignment({ area: AREA.ani, officer: 'budi', supervisor: 'sari', target: 2, dueDate: '' }),
  );
  clock.advance(20_000);
  expect(await gone.closed).toBe(4403);
  for (const client of [staying, elsewhere]) {
    client.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
    await client.next('sync-step-2');
  }
});

test('[LV39] who loses the area while it is being told that they open a family does not come into its room', async () => {
  let beforeTold: (() => void) | null = null;
  const { url, storage } = await openRelay({
    wrap: (plain) => ({
      read: (f) => plain.read(f),
      transact(f) {
        const lose = beforeTold;
        beforeTold = null;
        lose?.();
        return plain.transact(f);
      },
      sweep: () => plain.sweep(),
      close: () => plain.close(),
    }),
  });
  const ani = await TestDevice.signIn(url, 'ani');
  const ticket = await ani.ticket(HOUSEHOLD.ani1);
  beforeTold = () =>
    storage.transact((writer) =>
      writer.putAssignment({ area: AREA.ani, officer: 'budi', supervisor: 'sari', target: 2, dueDate: '' }),
    );
  const client = new LiveClient(url, HOUSEHOLD.ani1, [
    SUBPROTOCOLS.stored,
    SUBPROTOCOLS.ticketPrefix + ticket,
  ]);
  expect(await client.closed).toBe(4403);
  expect(client.received).toEqual([]);
});
