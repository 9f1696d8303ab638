import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type {
  AccountsWriter,
  DeviceEnd,
  EndReason,
  EnrolledDevice,
  SignInFailures,
  StoredSession,
} from '../accounts.ts';
import { bytes, bytesOrNull, integer, integerOrNull, text, textOrNull, type Row } from './row.ts';
import type { Statements } from './statements.ts';

const PUT_SESSION = `INSERT OR REPLACE INTO device_session
  (device, family_hash, refresh_hash, previous_hash, successor_salt, rotated_at, refresh_until, handle_hash,
   access_hash, access_until)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Sign-ins, devices and passwords in SQLite. Writes only inside a transaction of its owner. */
export class SqliteAccounts implements AccountsWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  sessionByFamily(familyHash: Uint8Array): StoredSession | null {
    const row = this.#statements.get('SELECT * FROM device_session WHERE family_hash = ?', familyHash);
    return row && toSession(row);
  }

  sessionByHandle(handleHash: Uint8Array): StoredSession | null {
    const row = this.#statements.get('SELECT * FROM device_session WHERE handle_hash = ?', handleHash);
    return row && toSession(row);
  }

  enrolledDevice(id: string): EnrolledDevice | null {
    const row = this.#statements.get('SELECT * FROM device WHERE id = ?', id);
    return row && toEnrolled(row);
  }

  devicesOf(person: string): readonly EnrolledDevice[] {
    const sql = 'SELECT * FROM device WHERE person = ? ORDER BY enrolled_at DESC, id';
    return this.#statements.all(sql, person).map(toEnrolled);
  }

  signInFailures(key: Uint8Array): SignInFailures | null {
    const row = this.#statements.get('SELECT * FROM sign_in_failure WHERE key = ?', key);
    if (!row) return null;
    return {
      count: integer(row, 'count'),
      at: integer(row, 'at'),
      blockedUntil: integer(row, 'blocked_until'),
    };
  }

  hasHandedIn(device: string, document: DocumentName, content: Uint8Array): boolean {
    const sql = 'SELECT 1 FROM handed_in WHERE device = ? AND document = ? AND content = ?';
    return this.#statements.get(sql, device, document, content) !== null;
  }

  noteHandedIn(device: string, document: DocumentName, content: Uint8Array): void {
    const sql = 'INSERT OR IGNORE INTO handed_in (device, document, content) VALUES (?, ?, ?)';
    this.#statements.run(sql, device, document, content);
  }

  forgetHandedIn(document: DocumentName): void {
    this.#statements.run('DELETE FROM handed_in WHERE document = ?', document);
  }

  putSession(session: StoredSession): void {
    this.#statements.run(
      PUT_SESSION,
      session.device,
      session.familyHash,
      session.refreshHash,
      session.previousHash,
      session.successorSalt,
      session.rotatedAt,
      session.refreshUntil,
      session.handleHash,
      session.accessHash,
      session.accessUntil,
    );
  }

  endDevice(id: string, { at, reason, by }: DeviceEnd): boolean {
    const sql = `UPDATE device SET ended_at = ?, end_reason = ?, ended_by = ? WHERE id = ? AND
      (ended_at IS NULL OR (? = 'revoked' AND end_reason NOT IN ('revoked', 'signed-out'))) RETURNING id`;
    return this.#statements.get(sql, at, reason, by, id, reason) !== null;
  }

  markHandedIn(id: string, at: InstantMs): void {
    this.#statements.run('UPDATE device SET handed_in_at = ? WHERE id = ? AND handed_in_at IS NULL', at, id);
  }

  setPassword(person: string, passwordHash: string, mustChangePassword: boolean): void {
    const sql = 'UPDATE person SET password_hash = ?, must_change_password = ? WHERE id = ?';
    this.#statements.run(sql, passwordHash, mustChangePassword ? 1 : 0, person);
  }

  putSignInFailures(key: Uint8Array, { count, at, blockedUntil }: SignInFailures): void {
    const sql = 'INSERT OR REPLACE INTO sign_in_failure (key, count, at, blocked_until) VALUES (?, ?, ?, ?)';
    this.#statements.run(sql, key, count, at, blockedUntil);
  }

  clearSignInFailures(key: Uint8Array): void {
    this.#statements.run('DELETE FROM sign_in_failure WHERE key = ?', key);
  }

  boundSignInFailures(before: InstantMs, most: number): void {
    this.#statements.run('DELETE FROM sign_in_failure WHERE at < ?', before);
    const beyond = `DELETE FROM sign_in_failure WHERE key IN
      (SELECT key FROM sign_in_failure ORDER BY count DESC, at DESC LIMIT -1 OFFSET ?)`;
    this.#statements.run(beyond, most);
  }
}

function toSession(row: Row): StoredSession {
  return {
    device: text(row, 'device'),
    familyHash: bytes(row, 'family_hash'),
    refreshHash: bytes(row, 'refresh_hash'),
    previousHash: bytesOrNull(row, 'previous_hash'),
    successorSalt: bytesOrNull(row, 'successor_salt'),
    rotatedAt: integer(row, 'rotated_at'),
    refreshUntil: integer(row, 'refresh_until'),
    handleHash: bytes(row, 'handle_hash'),
    accessHash: bytes(row, 'access_hash'),
    accessUntil: integer(row, 'access_until'),
  };
}

function toEnrolled(row: Row): EnrolledDevice {
  const endedAt = integerOrNull(row, 'ended_at');
  return {
    id: text(row, 'id'),
    person: text(row, 'person'),
    label: text(row, 'label'),
    enrolledAt: integer(row, 'enrolled_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
    end:
      endedAt === null
        ? null
        : { at: endedAt, reason: toReason(text(row, 'end_reason')), by: textOrNull(row, 'ended_by') ?? '' },
    handedInAt: integerOrNull(row, 'handed_in_at'),
  };
}

const REASONS: readonly EndReason[] = [
  'signed-out',
  'token-reused',
  'password-changed',
  'password-reset',
  'revoked',
];

function toReason(stored: string): EndReason {
  const reason = REASONS.find((each) => each === stored);
  if (reason === undefined) throw new TypeError('a device that ended for an unknown reason');
  return reason;
}
