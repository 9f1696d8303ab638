import { DatabaseSync } from 'node:sqlite';
import { isRole } from '@rukun/core/foundation';
import type { PersonRow } from '@rukun/core/people';
import { guard } from '../storage/sqlite/disk-faults.ts';
import { integer, integerOrNull, text, textOrNull, type Row } from '../storage/sqlite/row.ts';
import { Statements } from '../storage/sqlite/statements.ts';

/** A row that was read and found good. */
export interface StagedRow extends PersonRow {
  readonly line: number;
  readonly isNew: boolean;
  /** Of the one-time password, once it has been hashed. */
  readonly passwordHash: string | null;
}

const TABLE = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
  CREATE TABLE staged (
    line INTEGER PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    code TEXT,
    area TEXT,
    is_ended INTEGER,
    is_new INTEGER NOT NULL,
    password_hash TEXT
  ) STRICT;
  CREATE INDEX staged_new ON staged (line) WHERE is_new = 1;`;

/** Rows fetched at a time. */
const PAGE = 256;

/**
 * The good rows of one file between reading and writing, in a nameless database of SQLite's own: in memory as long as it is small,
 * then in a file that no folder names and that is gone when the process ends, however that ends. Memory stays flat.
 */
export class Staging {
  readonly #database = new DatabaseSync('');
  readonly #statements = new Statements(this.#database);

  constructor() {
    guard(() => this.#database.exec(TABLE));
  }

  /** False, and nothing is added, if an earlier row has the same user name. */
  add(line: number, row: PersonRow, isNew: boolean): boolean {
    const { userName, name, role, code, area, isEnded } = row;
    const sql = `INSERT OR IGNORE INTO staged (line, user_name, name, role, code, area, is_ended, is_new)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING line`;
    const ended = isEnded === null ? null : Number(isEnded);
    return guard(
      () => this.#statements.get(sql, line, userName, name, role, code, area, ended, isNew ? 1 : 0) !== null,
    );
  }

  setPasswordHash(line: number, hash: string): void {
    guard(() => this.#statements.run('UPDATE staged SET password_hash = ? WHERE line = ?', hash, line));
  }

  /** All rows, in the order of the file. */
  rows(): Generator<StagedRow> {
    return this.#pages('SELECT * FROM staged WHERE line > ? ORDER BY line LIMIT ?');
  }

  /** Those of people who are not known yet. */
  newcomers(): Generator<StagedRow> {
    return this.#pages('SELECT * FROM staged WHERE line > ? AND is_new = 1 ORDER BY line LIMIT ?');
  }

  close(): void {
    this.#database.close();
  }

  *#pages(sql: string): Generator<StagedRow> {
    let after = 0;
    for (;;) {
      const rows = guard(() => this.#statements.all(sql, after, PAGE).map(toStaged));
      yield* rows;
      after = rows.at(-1)?.line ?? after;
      if (rows.length < PAGE) return;
    }
  }
}

function toStaged(row: Row): StagedRow {
  const role = text(row, 'role');
  if (!isRole(role)) throw new TypeError('a staged row with an unknown role');
  const isEnded = integerOrNull(row, 'is_ended');
  return {
    line: integer(row, 'line'),
    userName: text(row, 'user_name'),
    name: text(row, 'name'),
    role,
    code: textOrNull(row, 'code'),
    area: textOrNull(row, 'area'),
    isEnded: isEnded === null ? null : isEnded === 1,
    isNew: integer(row, 'is_new') === 1,
    passwordHash: textOrNull(row, 'password_hash'),
  };
}
