import type { InstantMs } from '@rukun/core/foundation';
import type { RetentionWriter } from '../retention.ts';
import type { Statements } from './statements.ts';

const ENDED = `DELETE FROM device_session WHERE device IN (SELECT id FROM device WHERE ended_at < ? AND (end_reason = 'revoked') = ?)
  RETURNING 1`;

/** What is past its time, in SQLite. */
export class SqliteRetention implements RetentionWriter {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  refused(before: InstantMs): number {
    return this.#statements.all('DELETE FROM refused WHERE at < ? RETURNING 1', before).length;
  }

  decided(before: InstantMs): number {
    const sql = "DELETE FROM quarantine WHERE state <> 'waiting' AND decided_at < ? RETURNING 1";
    return this.#statements.all(sql, before).length;
  }

  sessions(before: InstantMs, isRevoked: boolean): number {
    return this.#statements.all(ENDED, before, isRevoked ? 1 : 0).length;
  }

  signIns(before: InstantMs): number {
    return this.#statements.all(
      'DELETE FROM sign_in_failure WHERE at < ? AND blocked_until < ? RETURNING 1',
      before,
      before,
    ).length;
  }
}
