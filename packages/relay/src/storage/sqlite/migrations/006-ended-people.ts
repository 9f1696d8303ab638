/** People leave; what they wrote stays theirs, so their row does. Lists are by name. */
export const endedPeople = `
  ALTER TABLE person ADD COLUMN ended_at INTEGER;
  CREATE INDEX person_name ON person (name COLLATE NOCASE);
`;
