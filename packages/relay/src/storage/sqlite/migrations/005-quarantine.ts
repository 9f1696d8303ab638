/**
 * Edits that were not taken in and wait for a decision: of devices that were shut out (sealed by the device to the relay's
 * recovery key: `seal_key` names it, `seal_wrapped` is the wrapped content key), and of people whose grace period is over.
 */
export const quarantine = `
  CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('revoked', 'late')),
    document TEXT NOT NULL,
    area TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    "update" BLOB NOT NULL,
    marks TEXT NOT NULL,
    seal_key TEXT,
    seal_wrapped BLOB,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'set-aside')),
    decided_by TEXT,
    decided_at INTEGER
  ) STRICT;
  CREATE INDEX quarantine_area ON quarantine (area, state, number);
  CREATE INDEX quarantine_device ON quarantine (device);
`;
