import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage, type Storage } from '@rukun/relay';
import {
  attemptKeys,
  attemptNotMade,
  attemptSucceeded,
  beginAttempt,
  ownAttemptKeys,
} from '../../../packages/relay/src/auth/lock-out.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ANI = attemptKeys('ani', '10.0.0.1');

class Door {
  readonly storage: Storage = SqliteStorage.over(new DatabaseSync(':memory:'), seededRandom(1));
  now = Date.parse('2026-11-22T08:00:00+08:00');

  constructor() {
    onTestFinished(() => this.storage.close());
  }

  /** How long it has to wait; 0: it was let in to try. */
  try(keys = ANI): number {
    return this.storage.transact((writer) => beginAttempt(writer, keys, this.now)).waitMs;
  }

  succeed(keys = ANI): void {
    this.storage.transact((writer) => attemptSucceeded(writer, keys, this.now));
  }
}

test('after five failures the wait grows with each more, up to a quarter of an hour', () => {
  const door = new Door();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 12; attempt++) {
    expect(door.try(), `attempt ${attempt}`).toBe(0);
    const wait = door.try();
    waits.push(wait / SECOND);
    door.now += wait;
  }
  expect(waits).toEqual([0, 0, 10, 30, 60, 120, 300, 900, 900, 900, 900, 900]);
});

test('attempts made while waiting make nobody wait longer', () => {
  const door = new Door();
  for (let attempt = 1; attempt <= 5; attempt++) door.try();
  for (let second = 10; second > 0; second--) {
    expect(door.try()).toBe(second * SECOND);
    door.now += SECOND;
  }
  expect(door.try()).toBe(0);
});

test('many attempts at once are many failures, before any password is looked at', () => {
  const door = new Door();
  const waits = Array.from({ length: 64 }, () => door.try());
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test('a sign-in clears the name; a failure is forgiven for each hour of quiet', () => {
  const door = new Door();
  for (let attempt = 1; attempt <= 4; attempt++) door.try();
  door.succeed();
  for (let attempt = 1; attempt <= 4; attempt++) expect(door.try()).toBe(0);
  door.now += 2 * HOUR;
  expect([door.try(), door.try(), door.try()]).toEqual([0, 0, 0]);
  expect(door.try()).toBe(10 * SECOND);
});

test('an address may fail a hundred times: many phones are behind one; then all names wait there', () => {
  const door = new Door();
  for (let name = 1; name <= 100; name++) expect(door.try(attemptKeys(`n${name}`, '10.0.0.1'))).toBe(0);
  expect(door.try(attemptKeys('another', '10.0.0.1'))).toBe(10 * SECOND);
  expect(door.try(attemptKeys('another', '10.0.0.2'))).toBe(0);
});

test('those who sign in from an address give it nothing to wait for', () => {
  const door = new Door();
  for (let name = 1; name <= 500; name++) {
    const keys = attemptKeys(`n${name}`, '10.0.0.1');
    expect(door.try(keys)).toBe(0);
    door.succeed(keys);
  }
});

test('an attempt that was not made costs nothing', () => {
  const door = new Door();
  for (let attempt = 1; attempt <= 20; attempt++) {
    expect(door.try()).toBe(0);
    door.storage.transact((writer) => attemptNotMade(writer, ANI, door.now));
  }
});

test('a clock that is set back makes nobody wait longer than the step says', () => {
  const door = new Door();
  for (let attempt = 1; attempt <= 5; attempt++) door.try();
  door.now -= 30 * 24 * HOUR;
  expect(door.try()).toBe(10 * SECOND);
});

test('neither names nor addresses are stored', () => {
  const database = new DatabaseSync(':memory:');
  const storage = SqliteStorage.over(database, seededRandom(1));
  onTestFinished(() => storage.close());
  storage.transact((writer) => beginAttempt(writer, attemptKeys('rahasia-ani', '10.1.2.3'), 1));
  const rows = database.prepare('SELECT * FROM sign_in_failure').all();
  expect(rows).toHaveLength(2);
  const text = Buffer.concat(rows.map(({ key }) => key as Uint8Array)).toString('latin1');
  expect(text).not.toContain('ani');
  expect(text).not.toContain('10.1');
});

test('attempts to sign in by a name do not keep a signed-in person from a new password', () => {
  const door = new Door();
  for (let attempt = 1; attempt <= 6; attempt++) door.try(attemptKeys('own:ani', '10.0.0.9'));
  expect(door.try(attemptKeys('own:ani', '10.0.0.9'))).toBeGreaterThan(0);
  expect(door.try(ownAttemptKeys('ani', '10.0.0.1'))).toBe(0);
});

test('one right password in the middle of many wrong ones does not let the others go on', () => {
  const door = new Door();
  const own = attemptKeys('ani', '10.0.0.1');
  door.try(own);
  for (let name = 1; name <= 120; name++) {
    const wait = door.try(attemptKeys(`n${name}`, '10.0.0.1'));
    door.now += wait;
    if (wait > 0) door.try(attemptKeys(`n${name}`, '10.0.0.1'));
  }
  const before = door.try(attemptKeys('another', '10.0.0.1'));
  expect(before).toBeGreaterThan(0);
  door.succeed(own);
  expect(door.try(attemptKeys('another', '10.0.0.1'))).toBe(before);
});
