import type { SQLInputValue } from 'node:sqlite';
import type { Role } from '@rukun/core/foundation';
import type { DirectoryWriter, PeoplePage, PeopleSearch, PersonChanges } from '../directory.ts';
import type { StoredPerson } from '../records.ts';
import { toPerson } from './records.ts';
import { integer } from './row.ts';
import type { Statements } from './statements.ts';

const FOUND = String.raw`FROM person
  WHERE (name LIKE ?1 ESCAPE '\' OR user_name LIKE ?1 ESCAPE '\' OR code LIKE ?1 ESCAPE '\')
  AND (?2 = '' OR role = ?2) AND (?3 = '' OR id IN (SELECT value FROM json_each(?3)))`;
const PAGE = `SELECT * ${FOUND} ORDER BY ended_at IS NOT NULL, name COLLATE NOCASE, id LIMIT ?4 OFFSET ?5`;
const COUNT = `SELECT count(*) AS total ${FOUND}`;

/** The people in SQLite. Changes only inside a transaction of its owner. */
export class SqliteDirectory implements DirectoryWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  find({ query, role, among, offset, limit }: PeopleSearch): PeoplePage {
    const part = `%${query.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const found = [part, role ?? '', among === null ? '' : JSON.stringify(among)];
    const count = this.#statements.get(COUNT, ...found);
    return {
      people: this.#statements.all(PAGE, ...found, limit, offset).map(toPerson),
      total: count ? integer(count, 'total') : 0,
    };
  }

  named(ids: readonly string[]): readonly StoredPerson[] {
    const sql = `SELECT person.* FROM (SELECT DISTINCT value FROM json_each(?)) AS one
      CROSS JOIN person ON person.id = one.value ORDER BY person.user_name`;
    return this.#statements.all(sql, JSON.stringify(ids)).map(toPerson);
  }

  ofRole(role: Role): readonly StoredPerson[] {
    return this.#statements.all('SELECT * FROM person WHERE role = ? ORDER BY user_name', role).map(toPerson);
  }

  countActive(role: Role): number {
    const sql = 'SELECT count(*) AS people FROM person WHERE role = ? AND ended_at IS NULL';
    const row = this.#statements.get(sql, role);
    return row ? integer(row, 'people') : 0;
  }

  change(person: string, { name, role, code, area, endedAt }: PersonChanges): void {
    const columns: readonly (readonly [column: string, value: SQLInputValue | undefined])[] = [
      ['name', name],
      ['role', role],
      ['code', code],
      ['area', area],
      ['ended_at', endedAt],
    ];
    for (const [column, value] of columns) {
      if (value !== undefined)
        this.#statements.run(`UPDATE person SET ${column} = ? WHERE id = ?`, value, person);
    }
  }
}
