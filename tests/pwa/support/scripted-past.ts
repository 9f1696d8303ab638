import { fail, ok, type ErrorCode, type Result } from '@rukun/core/foundation';
import type { HistoryEntry } from '@rukun/core/protocol';
import { regsosek22K } from '@rukun/core/questionnaire';
import { openPast } from '../../../packages/pwa/src/app/past.ts';
import { settingsAround } from '../../support/household-builder.ts';
import { OFFICER } from './people.ts';

/** The relay's side of looking back, as a script; what the app makes of its answers is the real thing. */
export class ScriptedPast {
  entries: HistoryEntry[] = [];
  failure: ErrorCode | null = null;
  /** What a document was after a commit. */
  readonly updates = new Map<number, Uint8Array>();
  readonly asked: string[] = [];
  /** While it is set, answers are on their way until it resolves. */
  slow: Promise<void> | null = null;

  readonly past = openPast({
    client: {
      ask: async (path) => {
        this.asked.push(path);
        await this.slow;
        if (this.failure !== null) return fail(this.failure);
        const only = new URL(path, location.origin).searchParams.get('path');
        return ok(this.entries.filter((entry) => only === null || entry.path === only));
      },
      askBytes: async (path): Promise<Result<Uint8Array>> => {
        this.asked.push(path);
        await this.slow;
        if (this.failure !== null) return fail(this.failure);
        const found = this.updates.get(Number(path.slice(path.lastIndexOf('/') + 1)));
        return found ? ok(found) : fail('not-found');
      },
    },
    form: regsosek22K,
    settings: () => settingsAround(),
  });

  /** Adds an entry that follows the ones there are: an hour later, in a commit of its own unless said otherwise. */
  wrote(path: string, value: HistoryEntry['value'], changes: Partial<HistoryEntry> = {}): this {
    const last = this.entries.at(-1);
    const at = changes.at ?? (last?.at ?? Date.UTC(2026, 10, 20, 1, 0)) + 3_600_000;
    this.entries.push({
      path,
      value,
      before: this.entries.findLast((entry) => entry.path === path)?.value ?? null,
      by: OFFICER.id,
      device: 'd1',
      at,
      receivedAt: at + 120_000,
      commit: (last?.commit ?? 0) + 1,
      ...changes,
    });
    return this;
  }
}
