import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { Doc } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { SqliteStorage, StorageUnavailable, type Storage } from '@rukun/relay';
import { Compactor } from '../../../packages/relay/src/compaction/compactor.ts';
import { LONGEST_LOG } from '../../../packages/relay/src/storage/storage.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const AREA = '7102990001000100';

/** `mergeMs`: how long a merge takes. */
function open({ mergeMs = 0 } = {}) {
  const storage = SqliteStorage.over(new DatabaseSync(':memory:'), seededRandom(1));
  onTestFinished(() => storage.close());
  const clock = new VirtualClock();
  const errors: unknown[] = [];
  let isFull = false;
  const failing: Storage = {
    read: (f) => storage.read(f),
    sweep: () => true,
    close: () => undefined,
    transact: (f) => {
      if (isFull) throw new StorageUnavailable('disk full');
      clock.advance(mergeMs);
      return storage.transact(f);
    },
  };
  const log = {
    info: () => undefined,
    error: (event: string, fields = {}) => void errors.push([event, fields]),
  };
  return {
    storage,
    clock,
    errors,
    compactor: new Compactor({ storage: failing, clock, log }),
    fillDisk: (full: boolean) => (isFull = full),
    rows: (name: DocumentName) => storage.read((reader) => reader.logSizes(name, 0).length),
  };
}

/** A document with one row more than is let be, or so many. */
function addLong(storage: Storage, name: DocumentName, isDamaged = false, rows = LONGEST_LOG + 1): void {
  const updates: Uint8Array[] = [];
  const doc = new Doc();
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let value = 0; value < rows; value++) doc.getMap('answers').set('303', value);
  if (isDamaged) updates.splice(1, 1);
  storage.transact((writer) => {
    writer.addDocument(name, 'household', AREA);
    const author = { source: 'device', person: 'ani', device: 'd1', deviceAt: 1, receivedAt: 1 } as const;
    for (const update of updates) writer.append({ document: name, update, ...author, marks: [] });
    if (isDamaged) writer.append({ document: name, update: Uint8Array.of(0, 0), ...author, marks: [] });
  });
}

test('[CP9] it waits until nothing is committed for a while, then merges one document at a time', () => {
  const { storage, clock, compactor, rows } = open();
  addLong(storage, 'household/h1');
  addLong(storage, 'household/h2');
  compactor.notice();
  clock.advance(150);
  compactor.notice();
  clock.advance(150);
  expect([rows('household/h1'), rows('household/h2')]).toEqual([65, 65]);
  clock.advance(105);
  expect([rows('household/h1'), rows('household/h2')].sort()).toEqual([17, 65]);
  clock.advance(100);
  expect([rows('household/h1'), rows('household/h2')]).toEqual([17, 17]);
  expect(clock.waiting).toBe(0);
});

test('[CP4] where it is never quiet it merges all the same, until nothing is due', () => {
  const { storage, clock, compactor, rows } = open();
  const names = Array.from({ length: 20 }, (_, index) => `household/h${index}` as const);
  for (const name of names) addLong(storage, name);
  for (let time = 0; time < 2_000; time += 50) {
    compactor.notice();
    clock.advance(50);
  }
  expect(names.map(rows)).toEqual(names.map(() => 65));
  for (let time = 0; time < 2_000; time += 50) {
    compactor.notice();
    clock.advance(50);
  }
  expect(names.map(rows)).toEqual(names.map(() => 17));
});

test('[CP4] where it is never quiet, merges have a twentieth of the time, and half where a log is far behind', () => {
  const mergeMs = 20;
  const merges = (rows: number): number => {
    const { storage, clock, compactor, rows: left } = open({ mergeMs });
    addLong(storage, 'household/h1', false, rows);
    for (let time = 0; time < 4_000; time += 50) {
      compactor.notice();
      clock.advance(50);
    }
    return Math.floor((rows - left('household/h1')) / 255);
  };
  expect(merges(6_000)).toBe(5);
  expect(merges(12_000)).toBeGreaterThan(14);
});

test('[CP4] of a log that has grown long no merge takes more than a part', () => {
  const { storage, compactor, rows } = open();
  addLong(storage, 'household/h1', false, 1_000);
  const left: number[] = [];
  while (compactor.compactOne()) left.push(rows('household/h1'));
  expect(left).toEqual([745, 489, 233, 17]);
});

test('[CP6] a document that cannot be merged is left as it is and reported once; the others are merged', () => {
  const { storage, clock, compactor, errors, rows } = open();
  addLong(storage, 'household/h1', true);
  addLong(storage, 'household/h2');
  for (let round = 0; round < 3; round++) {
    compactor.notice();
    clock.advance(5000);
  }
  expect([rows('household/h1'), rows('household/h2')]).toEqual([65, 17]);
  expect(errors).toEqual([['compaction.failed', { reason: expect.stringMatching(/^Error merge\.ts/) }]]);
});

test('[CP6] a disk that does not do its part is tried again after a minute', () => {
  const { storage, clock, compactor, errors, fillDisk, rows } = open();
  addLong(storage, 'household/h1');
  fillDisk(true);
  compactor.notice();
  clock.advance(30_000);
  expect(errors).toEqual([['compaction.failed', { reason: 'disk full' }]]);
  fillDisk(false);
  clock.advance(60_000);
  expect(rows('household/h1')).toBe(17);
});

test('closed it does nothing more', () => {
  const { storage, clock, compactor, rows } = open();
  addLong(storage, 'household/h1');
  compactor.notice();
  compactor.close();
  compactor.notice();
  clock.advance(60_000);
  expect(rows('household/h1')).toBe(65);
  expect(clock.waiting).toBe(0);
});
