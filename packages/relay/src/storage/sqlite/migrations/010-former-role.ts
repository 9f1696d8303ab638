/** As what somebody had an area that is theirs no more: the grace period is that of the role they had there. */
export const formerRole = `
  ALTER TABLE assignment_end ADD COLUMN role TEXT NOT NULL DEFAULT 'officer';
  UPDATE assignment_end SET role = (SELECT role FROM person WHERE id = assignment_end.person);
`;
