/**
 * What access follows beside the current assignments: who else stands on an area while two assignments of it are side by
 * side, when an assignment ended (`assignment_end`), and which part of the register an office covers, as the beginning of its
 * area codes ('' or no row: all of this relay). The first two are projections of the boards, as `assignment` is.
 */
export const access = `
  CREATE TABLE person_scope (
    person TEXT PRIMARY KEY REFERENCES person (id),
    scope TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE assignment_beside (
    area TEXT NOT NULL REFERENCES area (id),
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor')),
    person TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (area, role, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX assignment_beside_person ON assignment_beside (person);

  CREATE TABLE assignment_end (
    person TEXT NOT NULL REFERENCES person (id),
    area TEXT NOT NULL REFERENCES area (id),
    ended_at INTEGER NOT NULL,
    last_commit INTEGER NOT NULL,
    PRIMARY KEY (person, area)
  ) STRICT, WITHOUT ROWID;
`;
