/**
 * The ledger of what was erased on lawful request: append-only. While one is open (`is_open`), within its transaction, the bytes of
 * rows of its document may be replaced, and nothing else of them.
 */
export const erasures = `
  CREATE TABLE erasure (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    area TEXT NOT NULL,
    member TEXT,
    fields TEXT NOT NULL,
    answered INTEGER NOT NULL,
    at INTEGER NOT NULL,
    request TEXT NOT NULL,
    by TEXT NOT NULL,
    is_open INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX erasure_document ON erasure (document);
  CREATE TRIGGER erasure_keeps_rows BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER erasure_keeps_values BEFORE UPDATE ON erasure
    WHEN OLD.is_open <> 1 OR NEW.is_open <> 0 OR NEW.number <> OLD.number OR NEW.id <> OLD.id OR NEW.document <> OLD.document
      OR NEW.area <> OLD.area OR NEW.member IS NOT OLD.member OR NEW.fields <> OLD.fields OR NEW.answered <> OLD.answered
      OR NEW.at <> OLD.at OR NEW.request <> OLD.request OR NEW.by <> OLD.by
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  DROP TRIGGER log_keeps_values;
  CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log WHEN NOT (
    NEW.seq = OLD.seq AND NEW.document = OLD.document AND (
      (NEW.first < OLD.first AND EXISTS (
        SELECT 1 FROM authorship
        WHERE document = OLD.document AND first_seq = NEW.first AND last_seq = OLD.seq))
      OR (NEW.first = OLD.first AND NEW.prev = OLD.prev AND NEW.source = OLD.source AND NEW.person = OLD.person
        AND NEW.device = OLD.device AND NEW.device_at = OLD.device_at AND NEW.received_at = OLD.received_at
        AND NEW.marks = OLD.marks AND EXISTS (SELECT 1 FROM erasure WHERE document = OLD.document AND is_open = 1))
    )
  ) BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
`;
