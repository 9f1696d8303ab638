import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parseDocumentName, type DocumentName } from '@rukun/core/protocol';
import { unpackNumbers } from '../../audit/packed-numbers.ts';
import type { RowAuthorship } from '../../audit/row-digest.ts';
import type { AuditSource, StoredEntry } from '../../audit/stored-entry.ts';
import { unpackAuthors } from '../packed-authors.ts';
import type { AuthoredRow } from '../records.ts';
import { StorageUnavailable, type StorageReader } from '../storage.ts';
import { guard } from './disk-faults.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { SqliteReader } from './reader.ts';
import { bytes, integer, text, type Row } from './row.ts';
import { Statements } from './statements.ts';

/** Only what the relay itself goes by: authors that a row of the log stands for. */
const MERGED = `SELECT authorship.document, packed FROM authorship
  JOIN log ON log.seq = last_seq AND log.first = first_seq AND log.document = authorship.document`;
const ROWS = `SELECT seq, document, source, person, device, device_at, received_at FROM log
  WHERE seq BETWEEN ? AND ? AND first = seq`;
const IN_ORDER = 'SELECT * FROM row WHERE seq BETWEEN ? AND ? ORDER BY seq';

/**
 * Reads the audit log of a database file in one state of it, also while a relay works on it, and calls `use` with it. What was
 * merged is sorted by number in a file of SQLite's own that is gone afterwards. Throws {@link StorageUnavailable}.
 */
export function readAudit<T>(file: string, use: (source: AuditSource, reader: StorageReader) => T): T {
  if (!existsSync(file)) throw new StorageUnavailable(`there is no ${file}`);
  return guard(() => {
    const database = new DatabaseSync(file, { readOnly: true });
    const sorted = new DatabaseSync('');
    try {
      const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
      if (version !== MIGRATIONS.length) throw new StorageUnavailable('the data is from another version');
      database.exec('BEGIN');
      const reader = new SqliteReader(new Statements(database), { relayClients: null });
      return use(new SqliteAuditSource(database, sorted), reader);
    } finally {
      sorted.close();
      database.close();
    }
  });
}

class SqliteAuditSource implements AuditSource {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #sorted: DatabaseSync;
  #sortedStatements: Statements | null = null;

  constructor(database: DatabaseSync, sorted: DatabaseSync) {
    this.#database = database;
    this.#statements = new Statements(database);
    this.#sorted = sorted;
  }

  *entries(): Iterable<StoredEntry> {
    for (const row of this.#database.prepare('SELECT * FROM audit ORDER BY seq').iterate())
      yield this.#toEntry(row);
  }

  authorship(from: number, to: number): Iterable<RowAuthorship> {
    const merged = (this.#sortedStatements ??= this.#sortMerged()).all(IN_ORDER, from, to);
    const rows = [...this.#statements.all(ROWS, from, to), ...merged];
    return rows.map(toAuthorship).sort((a, b) => a.seq - b.seq);
  }

  lastRow(): number {
    const row = this.#statements.get('SELECT coalesce(max(seq), 0) AS seq FROM log');
    return row ? integer(row, 'seq') : 0;
  }

  isFoundByDocuments({ seq, documents }: StoredEntry): boolean {
    const sql = `SELECT 1 FROM audit_reading WHERE entry = ?
      AND document = (SELECT number FROM audit_document WHERE name = ?)`;
    return documents.every((name) => this.#statements.get(sql, seq, name) !== null);
  }

  readingCount(): number {
    const row = this.#statements.get('SELECT count(*) AS readings FROM audit_reading');
    return row ? integer(row, 'readings') : 0;
  }

  #toEntry(row: Row): StoredEntry {
    return {
      seq: integer(row, 'seq'),
      at: integer(row, 'at'),
      kind: text(row, 'kind'),
      person: text(row, 'person'),
      device: text(row, 'device'),
      subject: text(row, 'subject'),
      code: text(row, 'code'),
      details: text(row, 'details'),
      documents: this.#namesOf(bytes(row, 'documents')),
      key: text(row, 'key'),
      prev: bytes(row, 'prev'),
      hash: bytes(row, 'hash'),
    };
  }

  #namesOf(packed: Uint8Array): (DocumentName | '?')[] {
    let numbers: number[];
    try {
      numbers = unpackNumbers(packed);
    } catch {
      return ['?'];
    }
    return numbers.map((number) => {
      const row = this.#statements.get('SELECT name FROM audit_document WHERE number = ?', number);
      const parsed = parseDocumentName(row?.['name']);
      return parsed.ok ? parsed.value.name : '?';
    });
  }

  #sortMerged(): Statements {
    const statements = new Statements(this.#sorted);
    this.#sorted.exec(`CREATE TABLE row (seq INTEGER, document TEXT, source TEXT, person TEXT, device TEXT,
      device_at INTEGER, received_at INTEGER); BEGIN`);
    const insert = 'INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)';
    for (const row of this.#database.prepare(MERGED).iterate()) {
      const document = text(row, 'document');
      for (const { seq, source, person, device, deviceAt, receivedAt } of authorsOf(row))
        statements.run(insert, seq, document, source, person, device, deviceAt, receivedAt);
    }
    this.#sorted.exec('COMMIT; CREATE INDEX row_seq ON row (seq)');
    return statements;
  }
}

/** None where they cannot be read any more: then rows are missing, and that is what is told. */
function authorsOf(row: Row): AuthoredRow[] {
  try {
    return unpackAuthors(bytes(row, 'packed'));
  } catch {
    return [];
  }
}

function toAuthorship(row: Row): RowAuthorship {
  return {
    seq: integer(row, 'seq'),
    document: text(row, 'document'),
    source: text(row, 'source') as RowAuthorship['source'],
    person: text(row, 'person'),
    device: text(row, 'device'),
    deviceAt: integer(row, 'device_at'),
    receivedAt: integer(row, 'received_at'),
  };
}
