import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage } from '@rukun/relay';
import { recordEvent } from '../../../packages/relay/src/audit/record.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const COPY = `SELECT at, kind, person, device, subject, code, details, documents, key, prev, hash FROM audit WHERE seq = 1`;

const ATTEMPTS = [
  "UPDATE audit SET person = 'other' WHERE seq = 1",
  'DELETE FROM audit WHERE seq = 2',
  `INSERT INTO audit SELECT 9, * FROM (${COPY})`,
  `INSERT OR REPLACE INTO audit SELECT 1, * FROM (${COPY})`,
  "UPDATE audit_document SET name = 'household/h2'",
  'DELETE FROM audit_document',
  'UPDATE audit_reading SET entry = 1',
  'DELETE FROM audit_reading',
];

test.each(ATTEMPTS)('the database refuses: %s', (sql) => {
  const database = new DatabaseSync(':memory:');
  const storage = SqliteStorage.over(database, seededRandom(1));
  onTestFinished(() => storage.close());
  const by = { person: 'p1', device: 'd1' };
  storage.transact((writer) => {
    recordEvent(writer, { kind: 'signed-in', ...by });
    recordEvent(writer, { kind: 'read', ...by, role: 'officer', how: 'live', documents: ['household/h1'] });
  });
  expect(() => database.exec(sql)).toThrow('the audit log is append-only');
});
