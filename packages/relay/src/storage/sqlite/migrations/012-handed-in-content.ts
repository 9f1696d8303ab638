/**
 * What a revoked device handed in, by the SHA-256 of the opened update: a number of the device's own would let what was never
 * kept pass for kept. What was handed in before may be kept once more.
 */
export const handedInContent = `
  DROP TABLE handed_in;
  CREATE TABLE handed_in (
    device TEXT NOT NULL REFERENCES device (id),
    document TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (device, document, content)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX handed_in_document ON handed_in (document);
`;
