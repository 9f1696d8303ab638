import { applyUpdate, type Transaction } from 'yjs';
import { fail, ok, type Result } from '../../foundation/index.ts';
import { inspectUpdate } from './inspect.ts';
import type { JudgeContext, Judgement } from './judgement.ts';
import type { Scratch } from './scratch.ts';
import { findStandingAnswers, writeStandingAnswers, type StandingEntry } from './standing.ts';
import { readWrites, type NewItem } from './writes.ts';

/**
 * The commit path's judgement of one update (DESIGN.md section 5): limits and form, client ids of the author's device, no
 * gap, plain values in root maps only, the policy's word; then the answers that stand side by side are kept. When it is
 * accepted, the update and the relay's own are applied to `scratch`. When it is refused, `scratch` may be spoiled.
 */
export function judge(scratch: Scratch, update: Uint8Array, context: JudgeContext): Judgement {
  const inspected = inspectUpdate(scratch, update, context);
  if (!inspected.ok) return { verdict: 'refused', failure: inspected.failure };
  const applied = applyAndRead(scratch, update, context);
  if (!applied.ok) return { verdict: 'refused', failure: applied.failure };
  const { items, entries, hasNewDeletions } = applied.value;
  const { claims, hasNewStructs } = inspected.value;
  const advances = hasNewStructs || hasNewDeletions;
  const writes = items.map(({ root, key, value, client, clock }) => ({ root, key, value, client, clock }));
  const failure = advances ? context.mayWrite(writes) : null;
  if (failure) return { verdict: 'refused', failure };
  const relayUpdate = writeStandingAnswers(scratch.doc, entries, context.relayClient);
  return { verdict: 'accepted', advances, claims, writes, relayUpdate };
}

interface Applied {
  readonly items: readonly NewItem[];
  readonly entries: readonly StandingEntry[];
  readonly hasNewDeletions: boolean;
}

/** Applies the update and reads what it wrote while the transaction is being closed; a fault of ours still throws. */
function applyAndRead(scratch: Scratch, update: Uint8Array, context: JudgeContext): Result<Applied> {
  let outcome: (() => Result<Applied>) | null = null;
  const read = (transaction: Transaction) => {
    try {
      const result = readApplied(transaction, context);
      outcome ??= () => result;
    } catch (bug) {
      outcome ??= () => {
        throw bug;
      };
    }
  };
  scratch.doc.on('afterTransaction', read);
  try {
    applyUpdate(scratch.doc, update, 'judged');
  } catch {
    return fail('malformed');
  } finally {
    scratch.doc.off('afterTransaction', read);
  }
  const { pendingStructs, pendingDs } = scratch.doc.store;
  if (pendingStructs || pendingDs) return fail('resync');
  return outcome === null ? fail('malformed') : (outcome as () => Result<Applied>)();
}

function readApplied(transaction: Transaction, context: JudgeContext): Result<Applied> {
  const items = readWrites(transaction);
  if (!items.ok) return items;
  const entries = findStandingAnswers(transaction, items.value, context);
  return ok({ items: items.value, entries, hasNewDeletions: transaction.deleteSet.clients.size > 0 });
}
