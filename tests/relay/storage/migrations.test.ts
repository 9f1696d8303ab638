import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage } from '@rukun/relay';
import { deviceOfAccess, renewSession } from '../../../packages/relay/src/auth/tokens.ts';
import { hashToken } from '../../../packages/relay/src/auth/token-form.ts';
import { initial } from '../../../packages/relay/src/storage/sqlite/migrations/001-initial.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const LATER = 'household/h2';

/** A database of the first version with two documents, whose rows alternate, and a kept state. */
function firstVersion(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`${initial} PRAGMA user_version = 1;
    INSERT INTO meta VALUES ('epoch', 'abc'), ('relay_client', '77');
    INSERT INTO document (name, kind, area) VALUES ('household/h1', 'household', '7102990001000100'),
      ('${LATER}', 'household', '7102990001000100');`);
  const insert = database.prepare(`INSERT INTO log
    (document, source, person, device, device_at, received_at, marks, bytes, "update")
    VALUES (?, 'device', 'p1', 'd1', 5, 6, '[[1,2,60000]]', 1, ?)`);
  for (let byte = 1; byte <= 70; byte++) {
    insert.run('household/h1', Uint8Array.of(byte));
    if (byte <= 3) insert.run(LATER, Uint8Array.of(100 + byte));
  }
  database.exec(`UPDATE document SET last_seq = 73, tail_rows = 70, tail_bytes = 70 WHERE name = 'household/h1';
    UPDATE document SET last_seq = 6, tail_rows = 1, tail_bytes = 1, state_seq = 4, state = x'0909'
      WHERE name = '${LATER}';`);
  return database;
}

test('[EP12] a database of the first version opens with everything it held', () => {
  const storage = SqliteStorage.over(firstVersion(), seededRandom(1));
  onTestFinished(() => storage.close());
  storage.read((reader) => {
    expect([reader.epoch(), reader.relayClients()]).toEqual(['abc', [77]]);
    expect(reader.log('household/h1').map(({ update }) => update[0])).toEqual(
      Array.from({ length: 70 }, (_, index) => index + 1),
    );
    expect(reader.log(LATER)).toMatchObject([
      { seq: 2, first: 2, authors: [], person: 'p1', marks: [{ client: 1, clock: 2, at: 60_000 }] },
      { seq: 4 },
      { seq: 6 },
    ]);
    expect(reader.updates(LATER)).toEqual([Uint8Array.of(9, 9), Uint8Array.of(103)]);
    expect(reader.longLogs(9)).toEqual(['household/h1']);
  });
  storage.transact((writer) => {
    expect(writer.tail(LATER)).toEqual({ rows: 1, bytes: 1, stateBytes: 2 });
    const author = { source: 'import', person: '', device: '', deviceAt: 1, receivedAt: 1 } as const;
    expect(writer.append({ document: LATER, update: Uint8Array.of(8), ...author, marks: [] })).toBe(74);
  });
});

test('whoever was signed in with one token stays signed in: it counts as a refresh token once', () => {
  const database = firstVersion();
  const [token, gone] = ['t'.repeat(43), 'g'.repeat(43)];
  database.exec("INSERT INTO person VALUES ('p1', 'ani', 'Ani', 'officer', '0101', 'x');");
  const insert = database.prepare('INSERT INTO device VALUES (?, ?, ?, ?, ?, 4, 5, ?)');
  insert.run('d1', 'p1', 'k3f', 'Chrome', hashToken(token), null);
  insert.run('d2', 'p1', 'k3g', 'Chrome', hashToken(gone), 6);
  const random = seededRandom(1);
  const storage = SqliteStorage.over(database, random);
  onTestFinished(() => storage.close());
  const now = Date.now();
  const use = (access: string) => storage.read((reader) => deviceOfAccess(reader, access, now));
  const renew = (refresh: string) =>
    storage.transact((writer) => renewSession(writer, random, refresh, now, 1e9));
  expect(use(token)).toEqual({ ok: true, value: 'd1' });
  expect(use(gone)).toEqual({ ok: false, failure: { code: 'unauthenticated' } });
  const renewal = renew(token);
  if (renewal.outcome !== 'renewed') throw new Error('not renewed');
  const { accessToken, refreshToken } = renewal.tokens;
  expect(use(accessToken)).toEqual({ ok: true, value: 'd1' });
  expect(renew(token)).toMatchObject({ outcome: 'renewed', tokens: { refreshToken } });
  expect(renew(refreshToken).outcome).toBe('renewed');
  expect(renew(token).outcome).toBe('reused');
  expect(storage.read((reader) => reader.accounts.devicesOf('p1'))).toEqual([
    {
      id: 'd1',
      person: 'p1',
      label: 'Chrome',
      enrolledAt: 4,
      lastSeenAt: 5,
      end: { at: now, reason: 'token-reused', by: '' },
      handedInAt: null,
    },
    {
      id: 'd2',
      person: 'p1',
      label: 'Chrome',
      enrolledAt: 4,
      lastSeenAt: 5,
      end: { at: 6, reason: 'signed-out', by: 'p1' },
      handedInAt: null,
    },
  ]);
});

test.each([
  ['in one kecamatan a coordinator without an area can only have that one', '7102990002000100', '7102990'],
  [
    'in several nobody can say: a coordinator without an area sees nothing until it is set',
    '7102980001000100',
    '',
  ],
])('%s', (_, second, area) => {
  const database = firstVersion();
  database.exec(`INSERT INTO person VALUES ('k1', 'koko', 'Koko', 'coordinator', '', 'x'), ('a1', 'adi', 'Adi', 'administrator', '', 'x');
    INSERT INTO area VALUES ('7102990001000100', 'I', 'V', 'K', 'R', 'P', 1), ('${second}', 'II', 'V', 'K', 'R', 'P', 1);`);
  const storage = SqliteStorage.over(database, seededRandom(1));
  onTestFinished(() => storage.close());
  expect(storage.read((reader) => reader.person('k1'))?.area).toBe(area);
  expect(storage.read((reader) => reader.person('a1'))?.area).toBe('');
});
