import type { Assignment } from '@rukun/core/board';
import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type { NewDevice, NewLogRow, Refusal, StoredArea, StoredPerson, Tail } from '../records.ts';
import type { StorageWriter } from '../storage.ts';
import { SqliteReader } from './reader.ts';
import { fromMarks } from './records.ts';
import { integer } from './row.ts';

/** Bounds of what is kept of refused updates: at most 64 MB in all. */
const REFUSED_BYTES = 64 * 1024;
const REFUSED_PER_DEVICE = 50;
const REFUSED_IN_ALL = 1000;

/** Writes on one SQLite connection, inside a transaction that its owner opened. */
export class SqliteWriter extends SqliteReader implements StorageWriter {
  setSetting(name: string, value: string): void {
    this.statements.run('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)', name, value);
  }

  addPerson({ id, userName, name, role, code, passwordHash }: StoredPerson): void {
    const sql =
      'INSERT INTO person (id, user_name, name, role, code, password_hash) VALUES (?, ?, ?, ?, ?, ?)';
    this.statements.run(sql, id, userName, name, role, code, passwordHash);
  }

  addDevice({ id, person, tag, label, tokenHash, enrolledAt }: NewDevice): void {
    const sql = `INSERT INTO device (id, person, tag, label, token_hash, enrolled_at, last_seen_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.statements.run(sql, id, person, tag, label, tokenHash, enrolledAt, enrolledAt);
  }

  revokeDevice(id: string, at: InstantMs): void {
    this.statements.run('UPDATE device SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', at, id);
  }

  markDeviceSeen(id: string, at: InstantMs): void {
    this.statements.run('UPDATE device SET last_seen_at = ? WHERE id = ?', at, id);
  }

  addArea({ id, name, village, kecamatan, regency, province, codesAreMadeUp }: StoredArea): void {
    const sql = `INSERT INTO area (id, name, village, kecamatan, regency, province, codes_made_up)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.statements.run(sql, id, name, village, kecamatan, regency, province, codesAreMadeUp ? 1 : 0);
  }

  putAssignment({ area, officer, supervisor, target, dueDate }: Assignment): void {
    const sql = `INSERT OR REPLACE INTO assignment (area, officer, supervisor, target, due_date)
      VALUES (?, ?, ?, ?, ?)`;
    this.statements.run(sql, area, officer, supervisor, target, dueDate);
  }

  addDocument(name: DocumentName, kind: DocumentKind, area: string): void {
    this.statements.run('INSERT INTO document (name, kind, area) VALUES (?, ?, ?)', name, kind, area);
  }

  append(row: NewLogRow): number {
    const { document, update, source, person, device, deviceAt, receivedAt, marks } = row;
    const sql = `INSERT INTO log (document, source, person, device, device_at, received_at, marks, bytes, "update")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const seq = this.statements.run(
      sql,
      document,
      source,
      person,
      device,
      deviceAt,
      receivedAt,
      fromMarks(marks),
      update.byteLength,
      update,
    );
    const moved = `UPDATE document SET last_seq = ?, tail_rows = tail_rows + 1, tail_bytes = tail_bytes + ?
      WHERE name = ?`;
    this.statements.run(moved, seq, update.byteLength, document);
    return seq;
  }

  tail(name: DocumentName): Tail {
    const sql = `SELECT tail_rows, tail_bytes, coalesce(length(state), 0) AS state_bytes
      FROM document WHERE name = ?`;
    const row = this.statements.get(sql, name);
    if (!row) return { rows: 0, bytes: 0, stateBytes: 0 };
    return {
      rows: integer(row, 'tail_rows'),
      bytes: integer(row, 'tail_bytes'),
      stateBytes: integer(row, 'state_bytes'),
    };
  }

  keepState(name: DocumentName, state: Uint8Array): void {
    const sql =
      'UPDATE document SET state = ?, state_seq = last_seq, tail_rows = 0, tail_bytes = 0 WHERE name = ?';
    this.statements.run(sql, state, name);
  }

  claim(name: DocumentName, client: number, device: string): void {
    const sql = 'INSERT OR IGNORE INTO client (document, client, device) VALUES (?, ?, ?)';
    this.statements.run(sql, name, client, device);
  }

  keepRefusal({ at, document, person, device, code, paths, bytes }: Refusal): void {
    const number = this.statements.run(
      'INSERT INTO refused (at, document, person, device, code, paths, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      at,
      document,
      person,
      device,
      code,
      JSON.stringify(paths.slice(0, 100)),
      bytes.subarray(0, REFUSED_BYTES),
    );
    const oldOfDevice = `DELETE FROM refused WHERE number IN
      (SELECT number FROM refused WHERE device = ? ORDER BY number DESC LIMIT -1 OFFSET ?)`;
    this.statements.run(oldOfDevice, device, REFUSED_PER_DEVICE);
    this.statements.run('DELETE FROM refused WHERE number <= ?', number - REFUSED_IN_ALL);
  }
}
