import { lastValue } from '../../documents/index.ts';
import { ERASED_PREFIX, type Failure } from '../../foundation/index.ts';
import type { JudgeContext } from './judgement.ts';
import type { Scratch } from './scratch.ts';
import type { NewItem } from './writes.ts';

/**
 * What keeps erased values from coming back, or null: `erased` names the paths that are closed, or were written by somebody who
 * did not know that the value was gone; `forbidden` those of the marks themselves, which are the relay's: one of its earlier client
 * ids comes back by a device only where its ledger has put the same mark there again.
 */
export function erasedFailure(
  scratch: Scratch,
  items: readonly NewItem[],
  context: JudgeContext,
): Failure | null {
  const marks = items.filter(({ root }) => root.startsWith(ERASED_PREFIX));
  const isRelays = (client: number) => context.isVouched === true && context.owner(client) === '';
  const forged = marks.filter((mark) => !isRelays(mark.client) || !isKnown(scratch, mark));
  if (forged.length > 0) return { code: 'forbidden', paths: pathsOf(forged) };
  const { erased } = scratch;
  if (!erased) return null;
  const refused = items.filter(({ root, key, value, origin, client }) => {
    if (root.startsWith(ERASED_PREFIX)) return false;
    // What the relay emptied under an earlier client id, it empties still.
    if (value === null && isRelays(client) && erased.isField(root, key)) return false;
    const isNew = origin !== null && origin.clock >= scratch.clockOf(origin.client);
    const item = origin === null || isNew ? null : (scratch.find(origin)?.item ?? null);
    return erased.refuses({ root, key, value, origin: isNew ? 'new' : item });
  });
  return refused.length > 0 ? { code: 'erased', paths: pathsOf(refused) } : null;
}

function isKnown(scratch: Scratch, { root, key, value }: NewItem): boolean {
  const item = scratch.current(root, key);
  return item !== null && lastValue(item) === value;
}

function pathsOf(items: readonly NewItem[]): string[] {
  return [...new Set(items.map(({ root, key }) => `${root}/${key}`))];
}
