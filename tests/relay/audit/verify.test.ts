import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { SqliteStorage } from '@rukun/relay';
import { hashEntry, START } from '../../../packages/relay/src/audit/chain.ts';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { recordEvent } from '../../../packages/relay/src/audit/record.ts';
import { packAuthors, unpackAuthors } from '../../../packages/relay/src/storage/packed-authors.ts';
import { databasePath } from '../../../packages/relay/src/storage/sqlite/data-folder.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { AuditedFolder, KEY, keysOf } from './audited-folder.ts';

/** Enough rows that both documents have merged ones. */
const ROWS = 300;

const shift = (database: DatabaseSync, from: number, by: number) =>
  database.exec(
    `UPDATE audit SET seq = -seq WHERE seq >= ${from}; UPDATE audit SET seq = -seq + ${by} WHERE seq < 0`,
  );

/** Edits the authors of the first merged row there is. */
const editAuthors = (
  database: DatabaseSync,
  edit: (rows: ReturnType<typeof unpackAuthors>) => typeof rows,
) => {
  const row = database.prepare('SELECT number, packed FROM authorship ORDER BY number LIMIT 1').get();
  if (!row || !(row['packed'] instanceof Uint8Array)) throw new Error('nothing is merged');
  const packed = packAuthors(edit(unpackAuthors(row['packed'])));
  database.prepare('UPDATE authorship SET packed = ? WHERE number = ?').run(packed, row['number'] ?? null);
};

/** Makes the chain anew over what stands there, under a key of the forger's. */
const recompute = (database: DatabaseSync, keyId?: string) => {
  const { current } = AuditKeys.fresh();
  let prev = START.hash;
  for (const row of database.prepare('SELECT * FROM audit WHERE kind <> ? ORDER BY seq').all('read')) {
    const key = keyId ?? current.id;
    const fields = { ...row, documentsDigest: '', key } as unknown as Parameters<typeof hashEntry>[2];
    const hash = hashEntry(current, prev, fields);
    database
      .prepare('UPDATE audit SET prev = ?, hash = ?, key = ? WHERE seq = ?')
      .run(prev, hash, key, fields.seq);
    prev = hash;
  }
};

interface Attack {
  readonly name: string;
  readonly tamper: (database: DatabaseSync) => void;
  /** What the check says. */
  readonly says: RegExp;
}

const SET = (seq: number, column: string, value: string) => (database: DatabaseSync) =>
  database.exec(`UPDATE audit SET ${column} = ${value} WHERE seq = ${seq}`);

const ATTACKS: readonly Attack[] = [
  { name: 'another person', tamper: SET(1, 'person', "'budi'"), says: /^entry 1 .*was changed/ },
  { name: 'another time', tamper: SET(5, 'at', 'at + 1'), says: /^entry 5 .*was changed/ },
  { name: 'another kind', tamper: SET(1, 'kind', "'signed-out'"), says: /^entry 1 .*was changed/ },
  { name: 'another code', tamper: SET(1, 'code', "'forbidden'"), says: /^entry 1 .*was changed/ },
  { name: 'another device', tamper: SET(1, 'device', "''"), says: /^entry 1 .*was changed/ },
  { name: 'another subject', tamper: SET(1, 'subject', "'x'"), says: /^entry 1 .*was changed/ },
  {
    name: 'other details',
    tamper: SET(2, 'details', "replace(details, '1', '2')"),
    says: /^entry 2 .*was changed/,
  },
  { name: 'another hash', tamper: SET(7, 'hash', "x'00'"), says: /^entry 7 .*was changed/ },
  {
    name: 'a document less in what was read',
    tamper: (database) => database.exec("UPDATE audit SET documents = x'01' WHERE kind = 'read'"),
    says: /^entry \d+ \(read.*was changed/,
  },
  {
    name: 'a document under another name',
    tamper: (database) => database.exec("UPDATE audit_document SET name = 'household/h9' WHERE number = 1"),
    says: /^entry \d+ \(read.*was changed/,
  },
  {
    name: 'a reader hidden from a document',
    tamper: (database) => database.exec('DELETE FROM audit_reading WHERE document = 1'),
    says: /^entry \d+ \(read.*is not found by the documents/,
  },
  {
    name: 'a reader a document never had',
    tamper: (database) => database.exec('INSERT INTO audit_reading (document, entry) VALUES (1, 1)'),
    says: /^documents are found under entries that do not list them/,
  },
  {
    name: 'the first removed',
    tamper: (database) => database.exec('DELETE FROM audit WHERE seq = 1'),
    says: /^entry 1: is missing; what follows is entry 2/,
  },
  {
    name: 'one in the middle removed',
    tamper: (database) => database.exec('DELETE FROM audit WHERE seq = 9'),
    says: /^entry 9: is missing/,
  },
  {
    name: 'one in the middle removed, the others moved up',
    tamper: (database) => {
      database.exec('DELETE FROM audit WHERE seq = 9');
      shift(database, 10, -1);
    },
    says: /^entry 9 .*was changed/,
  },
  {
    name: 'the last removed',
    tamper: (database) => database.exec('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)'),
    says: /^the audit log ends with entry \d+, but it had \d+/,
  },
  {
    name: 'all of the end removed, with the rows it tells of',
    tamper: (database) => database.exec('DELETE FROM audit WHERE seq > 60; DELETE FROM audit_reading'),
    says: /^rows \d+ to 300 of the log are in no entry/,
  },
  {
    name: 'one put in',
    tamper: (database) => {
      shift(database, 9, 1);
      database.exec(`INSERT INTO audit SELECT 9, at, kind, person, device, subject, code, details, documents, key, prev, hash
        FROM audit WHERE seq = 8`);
    },
    says: /^entry 9 .*was changed/,
  },
  {
    name: 'one added at the end without the key',
    tamper: (database) =>
      database.exec(`INSERT INTO audit SELECT seq + 1, at, 'signed-in', person, device, subject, code, details, documents, key,
        hash, hash FROM audit ORDER BY seq DESC LIMIT 1`),
    says: /\(signed-in.*was changed, or was not made by the relay/,
  },
  {
    name: 'two swapped',
    tamper: (database) =>
      database.exec(
        'UPDATE audit SET seq = -1 WHERE seq = 8; UPDATE audit SET seq = 8 WHERE seq = 9; UPDATE audit SET seq = 9 WHERE seq = -1',
      ),
    says: /^entry 8 .*was changed/,
  },
  {
    name: 'an entry replaced by a later one whole',
    tamper: (database) =>
      database.exec('DELETE FROM audit WHERE seq = 8; UPDATE audit SET seq = 8 WHERE seq = 9'),
    says: /^entry 8 .*was changed/,
  },
  {
    name: 'all of it made anew under another key',
    tamper: (database) => recompute(database),
    says: /^entry 1 .*under the key \w{8}, which is not here/,
  },
  {
    name: 'all of it made anew under another key that pretends to be this one',
    tamper: (database) =>
      recompute(database, String(database.prepare('SELECT key FROM audit').get()?.['key'])),
    says: /^entry 1 .*was changed, or was not made by the relay/,
  },
  {
    name: 'another author of a row of the log',
    tamper: (database) => database.exec("UPDATE log SET person = 'x' WHERE seq = (SELECT max(seq) FROM log)"),
    says: /whose and when rows \d+ to 300 of the log are was changed/,
  },
  {
    name: 'another time of a row of the log',
    tamper: (database) =>
      database.exec('UPDATE log SET received_at = 1 WHERE seq = (SELECT max(seq) FROM log)'),
    says: /whose and when rows \d+ to 300/,
  },
  {
    name: 'a row of the log gone',
    tamper: (database) => database.exec('DELETE FROM log WHERE seq = 298'),
    says: /whose and when rows \d+ to \d+ of the log are was changed, or some are gone/,
  },
  {
    name: 'a row of the log put in',
    tamper: (database) =>
      database.exec(`INSERT INTO log SELECT seq + 1, seq + 1, prev, bytes, document, source, person, device, device_at,
        received_at, marks, "update" FROM log ORDER BY seq DESC LIMIT 1`),
    says: /^rows 301 to 301 of the log are in no entry/,
  },
  {
    name: 'another author of a merged row',
    tamper: (database) =>
      editAuthors(database, (rows) =>
        rows.map((row, index) => (index === 3 ? { ...row, person: 'x' } : row)),
      ),
    says: /^entry \d+ \(written.*whose and when/,
  },
  {
    name: 'a merged row gone',
    tamper: (database) => editAuthors(database, (rows) => rows.toSpliced(2, 1)),
    says: /^entry \d+ \(written.*some are gone/,
  },
  {
    name: 'authors that cannot be read any more',
    tamper: (database) => database.exec("UPDATE authorship SET packed = x'ffff'"),
    says: /^entry \d+ \(written.*some are gone/,
  },
];

describe('the check of the audit log', () => {
  const made = AuditedFolder.make(ROWS);
  afterAll(() => made.remove());

  test('finds nothing where nothing is wrong, beside the relay and with merged rows', () => {
    const folder = made.copy();
    const merged = folder.storage.read((reader) => reader.log('household/h1')[0]?.authors.length ?? 0);
    expect(merged).toBeGreaterThan(10);
    expect(folder.verify(folder.head)).toEqual({ head: folder.head, olderRows: 0, fault: null });
  });

  test.each(ATTACKS)('finds: $name', ({ tamper, says }) => {
    const folder = made.copy();
    const { head } = folder;
    folder.tamper(tamper);
    expect(folder.verify(head).fault).toMatch(says);
  });

  test('without a head it cannot know of an end that was cut off, if no row of the log tells', () => {
    const folder = made.copy();
    const { head } = folder;
    folder.tamper((database) => database.exec('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)'));
    expect(folder.verify().fault).toBeNull();
    expect(folder.verify(head).fault).toMatch('its end was cut off');
  });

  test('an older state that went on differently is another one', () => {
    const folder = made.copy();
    const { seq } = folder.head;
    expect(folder.verify({ seq: seq - 1, hash: randomBytes(32) }).fault).toMatch(
      'is another one than the head',
    );
  });

  test('entries of an earlier key are good as long as that key is there', () => {
    const folder = made.copy();
    const later = randomBytes(32).toString('base64');
    const database = new DatabaseSync(databasePath(folder.data));
    const storage = SqliteStorage.over(database, seededRandom(1), { auditKeys: keysOf(`${later}\n${KEY}`) });
    storage.transact((writer) => recordEvent(writer, { kind: 'signed-in', person: 'ani', device: 'd2' }));
    storage.close();
    expect(folder.verify().fault).toMatch(/\(key-changed.*was made under the key/);
    folder.keys = keysOf(`${later}\n`);
    expect(folder.verify().fault).toMatch(/^entry 1 .*was made under the key/);
    folder.keys = keysOf(`${later}\n${KEY}\n`);
    expect(folder.verify(folder.head).fault).toBeNull();
  });

  test('who has a key that was changed makes no entry with it any more, neither behind newer ones nor in their place', () => {
    const folder = made.copy();
    const later = randomBytes(32).toString('base64');
    const keys = keysOf(`${later}\n${KEY}`);
    const signIn = (auditKeys: AuditKeys) => {
      const database = new DatabaseSync(databasePath(folder.data));
      const storage = SqliteStorage.over(database, seededRandom(1), { auditKeys });
      storage.transact((writer) => recordEvent(writer, { kind: 'signed-in', person: 'ani', device: 'd2' }));
      storage.close();
    };
    folder.keys = keys;
    expect(folder.verify().fault).toMatch(/^entry \d+, the last, is under the older key/);
    signIn(keys);
    expect(folder.verify().fault).toBeNull();
    signIn(keysOf(`${KEY}\n${later}`));
    expect(folder.verify().fault).toMatch(
      /\(key-changed.*was made under the older key \w{8} after a newer one/,
    );
  });
});
