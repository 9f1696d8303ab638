import { BOUNDS } from '../../documents/bounds.ts';
import { freshPart } from '../../documents/fresh-part.ts';
import { parseStructKey } from '../../documents/structs.ts';
import { readUpdate, type ClientBlock } from '../../documents/update-reader.ts';
import { fail, ok, type Failure, type Result } from '../../foundation/index.ts';
import { LIMITS } from '../../protocol/index.ts';
import { placeStructs, type PlacedStruct } from './causes.ts';
import type { JudgeContext } from './judgement.ts';
import type { Scratch } from './scratch.ts';
import { isOtherRoot, toWrite, type NewItem } from './writes.ts';

export interface Inspected {
  /** Client ids this update is the first to use, to be bound to the author's device. */
  readonly claims: readonly number[];
  /** What is not known yet, V1; the delete ranges are all there. */
  readonly fresh: Uint8Array;
  /** The first new clock of each client id with new structs. */
  readonly firstClocks: ReadonlyMap<number, number>;
  /** What the new structs write, each after what it builds on. */
  readonly items: readonly NewItem[];
  readonly hasDeletes: boolean;
}

/**
 * Everything that can be said of an update before Yjs sees it, which is all but what it leaves deleted: size and form, that
 * every new struct stands under a client id of the author's device and builds on what is there, that it deletes only what
 * exists, holds plain values in root maps, and would not keep Yjs busy for long. `scratch` is not changed.
 */
export function inspectUpdate(
  scratch: Scratch,
  update: Uint8Array,
  context: JudgeContext,
): Result<Inspected> {
  if (update.byteLength > LIMITS.updateBytes) return fail('too-large');
  const summary = readUpdate(update);
  if (!summary.ok) return summary;
  const { deletes } = summary.value;
  const { blocks, update: fresh } = freshPart(update, summary.value, (client) => scratch.clockOf(client));
  const claims = claimClients(scratch, blocks, context);
  if (!claims.ok) return claims;
  const placed = placeStructs(scratch, blocks);
  if (!placed.ok) return placed;
  const clockAfter = clocksAfter(scratch, blocks);
  if (deletes.some((range) => range.end > clockAfter(range.client))) return fail('unknown-clock');
  const isRelays = (client: number) => context.isVouched === true && context.owner(client) === '';
  const items = readItems(placed.value, clockAfter, isRelays);
  if (!items.ok) return items;
  const crowded = crowdedFailure(scratch, items.value, claims.value);
  if (crowded) return { ok: false, failure: crowded };
  const firstClocks = new Map(blocks.map(({ client, clock }) => [client, clock]));
  return ok({ claims: claims.value, fresh, firstClocks, items: items.value, hasDeletes: deletes.length > 0 });
}

/** Nothing is missing before or between the new structs, and their client ids are the author's or nobody's. */
function claimClients(
  scratch: Scratch,
  blocks: readonly ClientBlock[],
  context: JudgeContext,
): Result<number[]> {
  const claims: number[] = [];
  for (const { client, clock, structs } of blocks) {
    const known = scratch.clockOf(client);
    if (clock > known || structs.some(({ kind }) => kind === 'skip')) return fail('resync');
    if (context.isVouched && client !== context.relayClient) continue;
    const owner = context.owner(client);
    if (client === context.relayClient || (owner === null ? known > 0 : owner !== context.device))
      return fail('foreign-client');
    if (owner === null) claims.push(client);
  }
  return ok(claims);
}

/** The clock after the last struct of a client id once the update is applied. */
function clocksAfter(scratch: Scratch, blocks: readonly ClientBlock[]): (client: number) => number {
  const ends = new Map(blocks.map(({ client, end }) => [client, end]));
  return (client) => ends.get(client) ?? scratch.clockOf(client);
}

function readItems(
  placed: readonly PlacedStruct[],
  clockAfter: (client: number) => number,
  isRelays: (client: number) => boolean,
): Result<NewItem[]> {
  const items: NewItem[] = [];
  for (const { struct, place } of placed) {
    const item = toWrite(struct, place, isRelays(struct.client));
    if (!item.ok) return item;
    if (isOtherRoot(place.root)) {
      const named = parseStructKey(place.key);
      if (!isStructKey(place.key, named)) return fail('bad-content', [`${place.root}/${place.key}`]);
      // Nobody settles answers that are still to come; somebody else's may be on its way.
      if (named[1] >= clockAfter(named[0])) return fail('resync');
    }
    items.push(item.value);
  }
  return ok(items);
}

/** Whether a key is the name of a struct, in the one form there is. */
function isStructKey(key: string, [client, clock]: readonly [number, number]): boolean {
  return `${client}-${clock}` === key && Number.isSafeInteger(clock) && clock >= 0 && client >= 0;
}

/** A document that would have more roots or client ids than are good for it. */
function crowdedFailure(
  { doc }: Scratch,
  items: readonly NewItem[],
  claims: readonly number[],
): Failure | null {
  if (claims.length > 0 && doc.store.clients.size + claims.length > BOUNDS.documentClients)
    return { code: 'too-large' };
  const roots = new Set<string>();
  for (const { root } of items) if (!doc.share.has(root)) roots.add(root);
  return roots.size > 0 && doc.share.size + roots.size > LIMITS.roots ? { code: 'bad-content' } : null;
}
