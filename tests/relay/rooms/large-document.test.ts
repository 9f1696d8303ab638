import { expect, test } from 'vitest';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

test('[LV15] a document of more than what may be left unread is still opened live', async () => {
  const { url } = await openRelay();
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await ani.exchange();
  const copy = ani.copy(HOUSEHOLD.ani1);
  for (let part = 0; part < 20; part++) {
    const sent = copy.local.length;
    for (let count = 0; count < 100; count++) copy.answer(`${part}x${count}`, 'x'.repeat(4000));
    const update = mergeUpdates(copy.local.slice(sent));
    const item = {
      document: HOUSEHOLD.ani1,
      area: '',
      upTo: part,
      marks: [],
      update,
      isCompact: false,
      isVouched: false,
    };
    expect((await ani.exchange([item])).receipts[0]?.status).toBe('stored');
  }
  const client = await LiveClient.open(sari, HOUSEHOLD.ani1);
  client.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  const doc = new Doc();
  applyUpdate(doc, (await client.next('sync-step-2')).update);
  expect(doc.getMap('answers').size).toBe(2001);
});
