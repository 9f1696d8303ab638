/**
 * The log is bounded per document: older rows are merged into one, which keeps the number of the last (`seq`) and of the
 * earliest (`first`), and `authorship` keeps whose each was. Triggers see to it that a row goes only when a later one that
 * is there covers it. The rows of a document are a chain (`prev`, 0 at its end) from `document.last_seq`: an index would
 * cost as much as all the rest of an append. The merged state has a table of its own, so that moving a document on does
 * not write it again; without one, the log's rows are the state. The row with the highest number is never removed, so no
 * number is given twice.
 */
export const boundedLog = `
  DROP TRIGGER log_keeps_rows;
  DROP TRIGGER log_keeps_values;

  CREATE TABLE document_state (
    document TEXT PRIMARY KEY REFERENCES document (name),
    state BLOB NOT NULL
  ) STRICT;
  INSERT INTO document_state (document, state) SELECT name, state FROM document WHERE state IS NOT NULL;

  ALTER TABLE document ADD COLUMN state_bytes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE document ADD COLUMN log_rows INTEGER NOT NULL DEFAULT 0;
  UPDATE document SET state_bytes = coalesce(length(state), 0),
    log_rows = (SELECT count(*) FROM log WHERE log.document = document.name);
  ALTER TABLE document DROP COLUMN state;
  CREATE INDEX document_long_log ON document (log_rows) WHERE log_rows > 64;

  CREATE TABLE bounded_log (
    seq INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    prev INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    document TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('device', 'relay', 'import')),
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    device_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    marks TEXT NOT NULL,
    "update" BLOB NOT NULL
  ) STRICT;
  INSERT INTO bounded_log (seq, first, prev, bytes, document, source, person, device, device_at, received_at, marks, "update")
    SELECT seq, seq, coalesce(lag(seq) OVER (PARTITION BY document ORDER BY seq), 0), bytes, document, source, person,
      device, device_at, received_at, marks, "update"
    FROM log ORDER BY seq;
  DROP TABLE log;
  ALTER TABLE bounded_log RENAME TO log;

  CREATE TABLE authorship (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES document (name),
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (document, first_seq, last_seq)
  ) STRICT;

  CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log WHEN NOT EXISTS (
    SELECT 1 FROM authorship JOIN log AS kept ON kept.seq = authorship.last_seq AND kept.first = authorship.first_seq
    WHERE authorship.document = OLD.document AND authorship.first_seq <= OLD.first AND authorship.last_seq > OLD.seq
  ) BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log WHEN NEW.seq <> OLD.seq OR NEW.document <> OLD.document
    OR NEW.first >= OLD.first OR NOT EXISTS (
      SELECT 1 FROM authorship
      WHERE document = OLD.document AND first_seq = NEW.first AND last_seq = OLD.seq
  ) BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER authorship_keeps_rows BEFORE DELETE ON authorship WHEN NOT EXISTS (
    SELECT 1 FROM authorship AS wider WHERE wider.document = OLD.document AND wider.number <> OLD.number
      AND wider.first_seq <= OLD.first_seq AND wider.last_seq >= OLD.last_seq
  ) BEGIN SELECT RAISE(ABORT, 'authorship is kept for ever'); END;
  CREATE TRIGGER authorship_keeps_values BEFORE UPDATE ON authorship
    BEGIN SELECT RAISE(ABORT, 'authorship is kept for ever'); END;
`;
