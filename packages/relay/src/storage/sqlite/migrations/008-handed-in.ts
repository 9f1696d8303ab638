/** How far a revoked device has handed in each document: what comes again after a lost answer is not kept twice. */
export const handedIn = `
  CREATE TABLE handed_in (
    device TEXT NOT NULL REFERENCES device (id),
    document TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    PRIMARY KEY (device, document)
  ) STRICT, WITHOUT ROWID;
`;
