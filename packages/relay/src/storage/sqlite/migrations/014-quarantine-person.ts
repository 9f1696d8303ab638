/** How much of one person waits is asked whenever something is put aside. */
export const quarantinePerson = `
  CREATE INDEX quarantine_person ON quarantine (person);
`;
