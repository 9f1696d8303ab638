/**
 * Sign-ins with an access and a refresh token. A device that was signed in keeps its one token: it counts as the first
 * refresh token, and for two weeks as an access token as well, until the app on it has been updated. What a device's
 * session was stays when it ends, so that its tokens are known as those of a device that was shut out.
 */
export const sessions = `
  ALTER TABLE person ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE enrolled_device (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id),
    tag TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    enrolled_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    end_reason TEXT CHECK (end_reason IN ('signed-out', 'token-reused', 'password-changed', 'password-reset', 'revoked')),
    ended_by TEXT,
    handed_in_at INTEGER
  ) STRICT;
  INSERT INTO enrolled_device (id, person, tag, label, enrolled_at, last_seen_at, ended_at, end_reason, ended_by)
    SELECT id, person, tag, label, enrolled_at, last_seen_at, revoked_at,
      iif(revoked_at IS NULL, NULL, 'signed-out'), iif(revoked_at IS NULL, NULL, person)
    FROM device;

  CREATE TABLE device_session (
    device TEXT PRIMARY KEY REFERENCES enrolled_device (id),
    family_hash BLOB NOT NULL UNIQUE,
    refresh_hash BLOB NOT NULL,
    previous_hash BLOB,
    successor_salt BLOB,
    rotated_at INTEGER NOT NULL,
    refresh_until INTEGER NOT NULL,
    handle_hash BLOB NOT NULL UNIQUE,
    access_hash BLOB NOT NULL,
    access_until INTEGER NOT NULL
  ) STRICT;
  INSERT INTO device_session (device, family_hash, refresh_hash, rotated_at, refresh_until, handle_hash, access_hash, access_until)
    SELECT id, token_hash, token_hash, unixepoch() * 1000, (unixepoch() + 60 * 86400) * 1000, token_hash, token_hash,
      (unixepoch() + 14 * 86400) * 1000
    FROM device WHERE revoked_at IS NULL;
  DROP TABLE device;
  ALTER TABLE enrolled_device RENAME TO device;
  CREATE INDEX device_person ON device (person);

  CREATE TABLE sign_in_failure (
    key BLOB PRIMARY KEY,
    count INTEGER NOT NULL,
    at INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sign_in_failure_at ON sign_in_failure (at);
`;
