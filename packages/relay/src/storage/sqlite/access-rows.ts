import { isRole } from '@rukun/core/foundation';
import type { AccessWriter, AssignedBeside, FormerArea } from '../access-store.ts';
import { integer, text, type Row } from './row.ts';
import type { Statements } from './statements.ts';

/** What access follows, in SQLite. Writes only inside a transaction of its owner. */
export class SqliteAccess implements AccessWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  assignedBeside(area: string): AssignedBeside {
    const sql = 'SELECT role, person FROM assignment_beside WHERE area = ? ORDER BY person';
    const rows = this.#statements.all(sql, area);
    const of = (role: string) =>
      rows.filter((row) => text(row, 'role') === role).map((row) => text(row, 'person'));
    return { officers: of('officer'), supervisors: of('supervisor') };
  }

  formerAreasOf(person: string): readonly FormerArea[] {
    const sql = 'SELECT area, role, ended_at, last_commit FROM assignment_end WHERE person = ? ORDER BY area';
    return this.#statements.all(sql, person).map(toFormerArea);
  }

  putAssignedBeside(area: string, { officers, supervisors }: AssignedBeside): void {
    this.#statements.run('DELETE FROM assignment_beside WHERE area = ?', area);
    const add = 'INSERT INTO assignment_beside (area, role, person) VALUES (?, ?, ?)';
    for (const person of officers) this.#statements.run(add, area, 'officer', person);
    for (const person of supervisors) this.#statements.run(add, area, 'supervisor', person);
  }

  endAssignment(person: string, { area, role, endedAt, lastCommit }: FormerArea): void {
    const sql =
      'INSERT OR REPLACE INTO assignment_end (person, area, role, ended_at, last_commit) VALUES (?, ?, ?, ?, ?)';
    this.#statements.run(sql, person, area, role, endedAt, lastCommit);
  }

  resumeAssignment(person: string, area: string): void {
    this.#statements.run('DELETE FROM assignment_end WHERE person = ? AND area = ?', person, area);
  }
}

function toFormerArea(row: Row): FormerArea {
  const role = text(row, 'role');
  if (!isRole(role)) throw new TypeError('a former area of an unknown role');
  return {
    area: text(row, 'area'),
    role,
    endedAt: integer(row, 'ended_at'),
    lastCommit: integer(row, 'last_commit'),
  };
}
