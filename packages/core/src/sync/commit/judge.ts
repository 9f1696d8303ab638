import { applyUpdate, type Transaction } from 'yjs';
import { ERASED_PREFIX, fail, ok, type Failure, type Result } from '../../foundation/index.ts';
import { erasedFailure } from './erased-writes.ts';
import { inspectUpdate, type Inspected } from './inspect.ts';
import type { JudgeContext, Judgement } from './judgement.ts';
import type { Scratch } from './scratch.ts';
import { findStandingAnswers, writeStandingAnswers, type StandingEntry } from './standing.ts';
import { emptiedKeys, type NewItem } from './writes.ts';

/**
 * The commit path's judgement of one update (DESIGN.md section 5): limits and form, client ids of the author's device, no
 * gap, plain values in root maps only, the policy's word, all before Yjs sees it; then that no key is left deleted, and the
 * answers that stand side by side are kept. When it is accepted, what is new in it and the relay's own are applied to
 * `scratch`. When it is refused, `scratch` is as it was unless the judgement says that it is spoiled.
 */
export function judge(scratch: Scratch, update: Uint8Array, context: JudgeContext): Judgement {
  const inspected = inspectUpdate(scratch, update, context);
  if (!inspected.ok) return refused(inspected.failure, false);
  const { claims, fresh, firstClocks, items, hasDeletes } = inspected.value;
  const writes = items.map(({ root, key, value, client, clock }) => ({ root, key, value, client, clock }));
  const failure =
    items.length > 0
      ? (erasedFailure(scratch, items, context) ?? context.mayWrite(context.isVouched ? [] : writes))
      : null;
  if (failure) return refused(failure, false);
  const nothing = { verdict: 'accepted', advances: false, claims, fresh, firstClocks, writes } as const;
  if (items.length === 0 && !hasDeletes) return { ...nothing, relayUpdate: null };
  const applied = applyAndRead(scratch, inspected.value, context);
  if (items.some(({ root }) => root.startsWith(ERASED_PREFIX))) scratch.forgetErased();
  if (!applied.ok) return refused(applied.failure, true);
  const { entries, hasNewDeletions } = applied.value;
  const relayUpdate = writeStandingAnswers(scratch.doc, entries, context.relayClient);
  return { ...nothing, advances: items.length > 0 || hasNewDeletions, relayUpdate };
}

function refused(failure: Failure, isSpoiled: boolean): Judgement {
  return { verdict: 'refused', failure, isSpoiled };
}

interface Applied {
  readonly entries: readonly StandingEntry[];
  readonly hasNewDeletions: boolean;
}

/** Applies the update and reads what came of it while the transaction is being closed; a fault of ours still throws. */
function applyAndRead(scratch: Scratch, { fresh, items }: Inspected, context: JudgeContext): Result<Applied> {
  let outcome: (() => Result<Applied>) | null = null;
  const read = (transaction: Transaction) => {
    try {
      const result = readApplied(transaction, items, context);
      outcome ??= () => result;
    } catch (bug) {
      outcome ??= () => {
        throw bug;
      };
    }
  };
  scratch.doc.on('afterTransaction', read);
  try {
    applyUpdate(scratch.doc, fresh, 'judged');
  } catch {
    return fail('malformed');
  } finally {
    scratch.doc.off('afterTransaction', read);
  }
  const { pendingStructs, pendingDs } = scratch.doc.store;
  if (pendingStructs || pendingDs) return fail('resync');
  return outcome === null ? fail('malformed') : (outcome as () => Result<Applied>)();
}

function readApplied(
  transaction: Transaction,
  items: readonly NewItem[],
  context: JudgeContext,
): Result<Applied> {
  const emptied = emptiedKeys(transaction);
  if (emptied.length > 0) return fail('bad-content', emptied);
  const entries = findStandingAnswers(transaction, items, context);
  return ok({ entries, hasNewDeletions: transaction.deleteSet.clients.size > 0 });
}
