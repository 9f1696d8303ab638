import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage } from '@rukun/relay';
import { recordEvent } from '../../../packages/relay/src/audit/record.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const MINUTE_MS = 60_000;

/** A storage with a clock that is set by hand. */
function storageAt(time: { now: number }) {
  const database = new DatabaseSync(':memory:');
  const clock = { now: () => time.now, after: () => () => undefined };
  const storage = SqliteStorage.over(database, seededRandom(1), { clock });
  onTestFinished(() => storage.close());
  const kinds = () =>
    database
      .prepare('SELECT kind, count(*) AS entries FROM audit GROUP BY kind ORDER BY kind')
      .all()
      .map(({ kind, entries }) => `${String(kind)} ${String(entries)}`);
  const fail = (source: string, times: number) =>
    storage.transact((writer) => {
      for (let time = 0; time < times; time++)
        recordEvent(writer, { kind: 'sign-in-failed', person: '', source, code: 'wrong-credentials' });
    });
  return { database, storage, kinds, fail };
}

test('one source that guesses without end is told in full for a while, then counted', () => {
  const time = { now: 0 };
  const { database, storage, kinds, fail } = storageAt(time);
  fail('a', 10_000);
  fail('b', 5);
  expect(kinds()).toEqual(['sign-in-failed 35']);
  storage.transact((writer) => writer.settleAudit());
  expect(kinds()).toEqual(['sign-in-failed 35']);
  time.now += MINUTE_MS;
  storage.transact((writer) => writer.settleAudit());
  storage.transact((writer) => writer.settleAudit());
  expect(kinds()).toEqual(['sign-in-failed 35', 'throttled 1']);
  expect(database.prepare("SELECT details FROM audit WHERE kind = 'throttled'").get()).toEqual({
    details: '{"counts":["sign-in-failed:9970"]}',
  });
});

test('many sources together do not fill the disk either', () => {
  const time = { now: 0 };
  const { storage, kinds, fail } = storageAt(time);
  for (let source = 0; source < 20_000; source++) fail(`s${source}`, 1);
  expect(kinds()).toEqual(['sign-in-failed 600']);
  time.now += MINUTE_MS;
  fail('later', 1);
  storage.transact((writer) => writer.settleAudit());
  expect(kinds()).toEqual(['sign-in-failed 601', 'throttled 1']);
});

test('a flood of one kind does not hide another', () => {
  const { storage, kinds, fail } = storageAt({ now: 0 });
  for (let source = 0; source < 1000; source++) fail(`s${source}`, 1);
  storage.transact((writer) => recordEvent(writer, { kind: 'token-reused', person: 'ani', device: 'd1' }));
  expect(kinds()).toEqual(['sign-in-failed 600', 'token-reused 1']);
});

test('a source that was turned away often does not hide that it guesses passwords as well', () => {
  const { storage, kinds, fail } = storageAt({ now: 0 });
  storage.transact((writer) => {
    for (let time = 0; time < 100; time++) {
      const code = 'unauthenticated';
      recordEvent(writer, { kind: 'turned-away', person: '', device: '', what: 'me', source: 'a', code });
    }
  });
  fail('a', 5);
  expect(kinds()).toEqual(['sign-in-failed 5', 'turned-away 30']);
});

test.each([
  { kind: 'token-reused', person: 'ani', device: 'd1' },
  { kind: 'handed-in', person: 'ani', device: 'd1', items: 1 },
] as const)('$kind is told every time', (event) => {
  const { storage, kinds } = storageAt({ now: 0 });
  storage.transact((writer) => {
    for (let time = 0; time < 1000; time++) recordEvent(writer, event);
  });
  expect(kinds()).toEqual([`${event.kind} 1000`]);
});

test('where it came from is told by a name that says nothing', () => {
  const { database, fail } = storageAt({ now: 0 });
  fail('203.0.113.9', 2);
  fail('203.0.113.10', 1);
  const details = database.prepare('SELECT details FROM audit').all();
  const sources = details.map((row) => /"source":"([0-9a-f]{12})"/.exec(String(row['details']))?.[1]);
  expect(sources[0]).toBeDefined();
  expect(sources[0]).toBe(sources[1]);
  expect(sources[2]).not.toBe(sources[0]);
  expect(JSON.stringify(details)).not.toContain('203.0.113');
});

test('what nobody can cause at will is always told', () => {
  const { storage, kinds } = storageAt({ now: 0 });
  storage.transact((writer) => {
    for (let time = 0; time < 1000; time++)
      recordEvent(writer, { kind: 'signed-in', person: 'p', device: 'd' });
  });
  expect(kinds()).toEqual(['signed-in 1000']);
});
