import { decodeUpdate, GC, Skip, type Item } from 'yjs';
import { fail, ok, type Result } from '../../foundation/index.ts';
import { LIMITS } from '../../protocol/index.ts';
import type { JudgeContext } from './judgement.ts';
import type { Scratch } from './scratch.ts';

const MAX_CLIENT = 2 ** 32 - 1;

export interface Inspected {
  /** Client ids this update is the first to use, to be bound to the author's device. */
  readonly claims: readonly number[];
  /** Whether it holds any struct that is not known yet. */
  readonly hasNewStructs: boolean;
}

/**
 * What can be said of an update before it is applied: its size and form, that every new struct stands under a client id
 * of the author's device and follows without a gap, and that it deletes only what exists.
 */
export function inspectUpdate(
  scratch: Scratch,
  update: Uint8Array,
  context: JudgeContext,
): Result<Inspected> {
  if (update.byteLength > LIMITS.updateBytes) return fail('too-large');
  let decoded: ReturnType<typeof decodeUpdate>;
  try {
    decoded = decodeUpdate(update);
  } catch {
    return fail('malformed');
  }
  const ends = new Map<number, number>();
  const claims: number[] = [];
  let hasNewStructs = false;
  for (const struct of decoded.structs as readonly (Item | GC | Skip)[]) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (!isClient(client) || !Number.isSafeInteger(end) || struct.length < 1) return fail('malformed');
    const known = ends.get(client) ?? scratch.clockOf(client);
    if (end <= known) continue;
    if (struct instanceof Skip || clock > known) return fail('resync');
    if (struct instanceof GC) return fail('bad-content');
    if (!ends.has(client)) {
      const owner = context.owner(client);
      if (client === context.relayClient || (owner === null ? known > 0 : owner !== context.device))
        return fail('foreign-client');
      if (owner === null) claims.push(client);
    }
    ends.set(client, end);
    hasNewStructs = true;
  }
  for (const [client, ranges] of decoded.ds.clients) {
    const known = ends.get(client) ?? scratch.clockOf(client);
    for (const range of ranges) {
      const end = range.clock + range.len;
      if (!Number.isSafeInteger(end)) return fail('malformed');
      if (end > known) return fail('unknown-clock');
    }
  }
  return ok({ claims, hasNewStructs });
}

function isClient(client: number): boolean {
  return Number.isInteger(client) && client >= 0 && client <= MAX_CLIENT;
}
