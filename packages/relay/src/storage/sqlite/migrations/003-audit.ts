/**
 * The audit log: append-only, each entry carries the hash of the one before, and nothing but the next one can be added.
 * Triggers keep the relay itself from changing it; that nobody else did is what `rukun audit verify` shows.
 * `audit_document` numbers the documents that were read, `audit.documents` lists them packed, and `audit_reading` finds the
 * entries of a document again.
 */
export const audit = `
  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    subject TEXT NOT NULL,
    code TEXT NOT NULL,
    details TEXT NOT NULL,
    documents BLOB NOT NULL,
    key TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE audit_document (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE audit_reading (
    document INTEGER NOT NULL REFERENCES audit_document (number),
    entry INTEGER NOT NULL REFERENCES audit (seq),
    PRIMARY KEY (document, entry)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_document_keeps_values BEFORE UPDATE ON audit_document
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_document_keeps_rows BEFORE DELETE ON audit_document
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_reading_keeps_values BEFORE UPDATE ON audit_reading
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TRIGGER audit_reading_keeps_rows BEFORE DELETE ON audit_reading
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
`;
