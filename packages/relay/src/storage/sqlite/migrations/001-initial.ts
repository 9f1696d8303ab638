/**
 * `log` is the truth: append-only, never dropped, numbered in the order of the commits. `document.state` is the merge of
 * the rows up to `state_seq` and can be made again from them; `assignment` is a projection of the boards.
 */
export const initial = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE person (
    id TEXT PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    code TEXT NOT NULL,
    password_hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE device (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    tag TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    enrolled_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;

  CREATE TABLE area (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    village TEXT NOT NULL,
    kecamatan TEXT NOT NULL,
    regency TEXT NOT NULL,
    province TEXT NOT NULL,
    codes_made_up INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE assignment (
    area TEXT PRIMARY KEY REFERENCES area (id),
    officer TEXT REFERENCES person (id),
    supervisor TEXT REFERENCES person (id),
    target INTEGER NOT NULL,
    due_date TEXT NOT NULL
  ) STRICT;
  CREATE INDEX assignment_officer ON assignment (officer);
  CREATE INDEX assignment_supervisor ON assignment (supervisor);

  CREATE TABLE document (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    area TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0,
    tail_rows INTEGER NOT NULL DEFAULT 0,
    tail_bytes INTEGER NOT NULL DEFAULT 0,
    state_seq INTEGER NOT NULL DEFAULT 0,
    state BLOB
  ) STRICT;
  CREATE INDEX document_area ON document (area, last_seq);
  CREATE INDEX document_kind ON document (kind, name);

  CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES document (name),
    source TEXT NOT NULL CHECK (source IN ('device', 'relay', 'import')),
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    device_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    marks TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    "update" BLOB NOT NULL
  ) STRICT;
  CREATE INDEX log_document ON log (document, seq, bytes, device);
  CREATE TRIGGER log_keeps_rows BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER log_keeps_values BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

  CREATE TABLE client (
    document TEXT NOT NULL REFERENCES document (name),
    client INTEGER NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (document, client)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE refused (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    code TEXT NOT NULL,
    paths TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX refused_device ON refused (device, number);
`;
