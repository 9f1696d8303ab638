import { expect, test } from 'vitest';
import { Doc } from 'yjs';
import { storeFailure } from '../../../packages/pwa/src/stores/store-failure.ts';
import { WriteQueue } from '../../../packages/core/src/sync/device/write-queue.ts';
import { StoreFailure } from '../../../packages/pwa/src/stores/store-failure.ts';

/** A disk whose writes a test lets through or refuses, one by one. */
function slowDisk() {
  const stored: string[] = [];
  const pending: { allow(): void; refuse(reason: 'full' | 'failed'): void }[] = [];
  const write = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      pending.push({
        allow() {
          stored.push(name);
          resolve();
        },
        refuse(reason) {
          reject(new StoreFailure(reason, 'test'));
        },
      });
    });
  return {
    stored,
    pending,
    target: {
      local: (_update: Uint8Array, _at: number, edit: number) => write(`edit ${edit}`),
      remote: (update: Uint8Array) => write(`remote ${update.byteLength > 0 ? 'bytes' : ''}`.trim()),
    },
    async let(what: 'allow' | 'full' | 'failed'): Promise<void> {
      const next = pending.shift();
      if (what === 'allow') next?.allow();
      else next?.refuse(what);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

const UPDATE = (() => {
  const doc = new Doc();
  let update = new Uint8Array();
  doc.on('update', (bytes: Uint8Array) => {
    update = bytes.slice();
  });
  doc.getMap('answers').set('301', '1');
  return update;
})();

test('[DV1] says stored only when everything is', async () => {
  const disk = slowDisk();
  const queue = new WriteQueue(disk.target, (error) => storeFailure(error).reason);
  expect(queue.save.get()).toEqual({ state: 'stored' });
  queue.addLocal(UPDATE, 1, 1);
  queue.addLocal(UPDATE, 1, 2);
  await disk.let('allow');
  expect(queue.save.get()).toEqual({ state: 'storing' });
  await disk.let('allow');
  await queue.settled();
  expect(queue.save.get()).toEqual({ state: 'stored' });
  expect(disk.stored).toEqual(['edit 1', 'edit 2']);
});

test('[DV14] after a failure nothing later is stored before the failed one; the next edit tries again', async () => {
  const disk = slowDisk();
  const queue = new WriteQueue(disk.target, (error) => storeFailure(error).reason);
  queue.addLocal(UPDATE, 1, 1);
  queue.addLocal(UPDATE, 1, 2);
  await disk.let('full');
  await queue.settled();
  expect(queue.save.get()).toMatchObject({ state: 'failed', reason: 'full' });
  expect(disk.pending).toHaveLength(0);
  queue.addLocal(UPDATE, 1, 3);
  for (let count = 0; count < 3; count++) await disk.let('allow');
  await queue.settled();
  expect(disk.stored).toEqual(['edit 1', 'edit 2', 'edit 3']);
  expect(queue.save.get()).toEqual({ state: 'stored' });
});

test('[DV15] retry tries again', async () => {
  const disk = slowDisk();
  const queue = new WriteQueue(disk.target, (error) => storeFailure(error).reason);
  queue.addLocal(UPDATE, 1, 1);
  await disk.let('failed');
  await queue.settled();
  const save = queue.save.get();
  if (save.state !== 'failed') throw new Error('it did not fail');
  save.retry();
  expect(queue.save.get()).toEqual({ state: 'storing' });
  await disk.let('allow');
  await queue.settled();
  expect(disk.stored).toEqual(['edit 1']);
});

test('[DV16] what came from the relay keeps its place; what waits together is one write', async () => {
  const disk = slowDisk();
  const queue = new WriteQueue(disk.target, (error) => storeFailure(error).reason);
  queue.addLocal(UPDATE, 1, 1);
  queue.addRemote(UPDATE);
  queue.addRemote(UPDATE);
  queue.addLocal(UPDATE, 1, 2);
  for (let count = 0; count < 3; count++) await disk.let('allow');
  await queue.settled();
  expect(disk.stored).toEqual(['edit 1', 'remote bytes', 'edit 2']);
});
