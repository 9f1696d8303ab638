import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage, StorageUnavailable } from '@rukun/relay';
import { AuditRecorder } from '../../../packages/relay/src/audit/recorder.ts';
import { seededRandom } from '../../support/seeded-random.ts';

test('a full disk is told of once a minute, however many knock, and anew after it had room', async () => {
  const storage = SqliteStorage.over(new DatabaseSync(':memory:'), seededRandom(1));
  onTestFinished(() => storage.close());
  const transact = storage.transact.bind(storage);
  let isFull = true;
  storage.transact = (f) => {
    if (isFull) throw new StorageUnavailable('the disk is full');
    return transact(f);
  };
  const time = { now: 0 };
  const told: string[] = [];
  const log = { info: () => undefined, error: (event: string) => void told.push(event) };
  const recorder = new AuditRecorder(storage, log, { now: () => time.now });
  const knock = () => {
    const done = recorder.record({ kind: 'signed-out', person: 'ani', device: 'd1' });
    recorder.flush();
    return done;
  };
  for (let each = 0; each < 100; each++) expect(await knock()).toBe(false);
  expect(told).toEqual(['audit.failed']);
  time.now += 60_000;
  await knock();
  expect(told).toHaveLength(2);
  isFull = false;
  expect(await knock()).toBe(true);
  isFull = true;
  await knock();
  expect(told).toHaveLength(3);
});
