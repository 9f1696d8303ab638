import { fail, ok, type ErrorCode, type Result } from '@rukun/core/foundation';
import type { HeldEdit, HeldEdits, QuarantineDecision } from '@rukun/core/protocol';
import type { HeldControl } from '../../../packages/pwa/src/app/app.ts';
import { AREA, OFFICER } from './people.ts';

/** An answer that came after the grace period, and what stands there now. */
export function heldEdit(number: number, changes: Partial<HeldEdit> = {}): HeldEdit {
  const at = Date.parse('2026-11-20T09:00:00Z');
  const entry = { by: OFFICER.id, device: 'd1', at, receivedAt: at + 60_000 };
  return {
    number,
    reason: 'late',
    state: 'waiting',
    receivedAt: at + 60_000,
    document: 'household/h1',
    area: AREA,
    head: 'YOHANIS RUMENGAN',
    by: OFFICER.id,
    byName: OFFICER.name,
    entries: [{ ...entry, path: 'answers/303', value: '2', before: '5' }],
    problem: null,
    ...changes,
  };
}

/** What is held at a centre that is not there. */
export class MemoryHeld implements HeldControl {
  edits: HeldEdit[] = [];
  readonly decided: [number, QuarantineDecision][] = [];
  /** What the next request is answered with. */
  failure: ErrorCode | null = null;

  list(state: HeldEdit['state']): Promise<Result<HeldEdits>> {
    if (this.failure) return Promise.resolve(fail(this.failure));
    return Promise.resolve(ok({ edits: this.edits.filter((each) => each.state === state), more: false }));
  }

  decide(number: number, decision: QuarantineDecision): Promise<Result<null>> {
    if (this.failure) {
      const { failure } = this;
      this.failure = null;
      return Promise.resolve(fail(failure));
    }
    this.decided.push([number, decision]);
    this.edits = this.edits.flatMap((each) => {
      if (each.number !== number) return [each];
      if (decision === 'take') return [];
      return [{ ...each, state: decision === 'reopen' ? 'waiting' : 'set-aside' } as const];
    });
    return Promise.resolve(ok(null));
  }
}
