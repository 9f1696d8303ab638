import { fail, ok, type Result } from '../foundation/index.ts';
import { BOUNDS } from './bounds.ts';
import { ByteReader, Unreadable } from './byte-reader.ts';

/**
 * Reads a state vector: the clock after the last known struct by client id. `too-large` for more client ids than a document
 * may have, before any is read; `malformed` for what Yjs does not write.
 */
export function readStateVector(bytes: Uint8Array): Result<ReadonlyMap<number, number>> {
  try {
    const input = new ByteReader(bytes, 0);
    const count = input.uint();
    if (count > BOUNDS.documentClients) return fail('too-large');
    const clocks = new Map<number, number>();
    for (let index = 0; index < count; index++) clocks.set(input.client(), input.clock());
    return clocks.size === count && input.isAtEnd ? ok(clocks) : fail('malformed');
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.code);
    throw error;
  }
}
