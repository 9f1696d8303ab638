import { ByteWriter } from './byte-writer.ts';
import { BOUNDS } from './bounds.ts';
import { CONTENT, FLAGS } from './struct-form.ts';
import {
  readUpdate,
  type ClientBlock,
  type DeleteRange,
  type StructId,
  type UpdateStruct,
} from './update-reader.ts';

/**
 * The update without the values of some structs: each stands at its place with its client id, clocks, origin, root and key as
 * before, but what it held is gone for good (Yjs's deleted content), and the delete set says so as well. State vectors and
 * whatever builds on these structs stay as they were. The same bytes where nothing is to go, and from the same bytes always
 * the same. `update` is V1 of our own, of any size; throws on anything else: that is a damaged database.
 */
export function redactUpdate(update: Uint8Array, isErased: (struct: StructId) => boolean): Uint8Array {
  const read = readUpdate(update, Infinity, BOUNDS.documentClients);
  if (!read.ok) throw new Error(`a stored update that cannot be read: ${read.failure.code}`);
  const { blocks, deletes } = read.value;
  const gone = erasedOf(blocks, isErased);
  if (gone.size === 0) return update;
  const out = new ByteWriter(Number.MAX_SAFE_INTEGER);
  out.uint(blocks.length);
  for (const { client, clock, structs } of blocks) {
    out.uint(structs.length);
    out.uint(client);
    out.uint(clock);
    for (const struct of structs) {
      if (gone.has(struct)) writeEmpty(out, update, struct);
      else out.raw(update.subarray(struct.start, struct.end));
    }
  }
  const ranges = [...gone].map(({ client, clock, length }) => ({ client, clock, end: clock + length }));
  writeDeletes(out, [...deletes, ...ranges]);
  return out.finish();
}

function erasedOf(
  blocks: readonly ClientBlock[],
  isErased: (struct: StructId) => boolean,
): Set<UpdateStruct> {
  const gone = new Set<UpdateStruct>();
  for (const { structs } of blocks)
    for (const struct of structs) if (struct.kind !== 'skip' && isErased(struct)) gone.add(struct);
  return gone;
}

function writeEmpty(out: ByteWriter, update: Uint8Array, { start, content, length }: UpdateStruct): void {
  const info = update[start] ?? 0;
  out.byte((info & ~FLAGS.content) | CONTENT.deleted);
  out.raw(update.subarray(start + 1, content));
  out.uint(length);
}

/** As Yjs writes them: client ids falling, ranges rising, those that touch as one. */
function writeDeletes(out: ByteWriter, deletes: readonly DeleteRange[]): void {
  const byClient = new Map<number, DeleteRange[]>();
  for (const range of deletes.toSorted((a, b) => b.client - a.client || a.clock - b.clock)) {
    const ranges = byClient.get(range.client);
    const last = ranges?.at(-1);
    if (!ranges) byClient.set(range.client, [range]);
    else if (!last || range.clock > last.end) ranges.push(range);
    else if (range.end > last.end) ranges[ranges.length - 1] = { ...last, end: range.end };
  }
  out.uint(byClient.size);
  for (const [client, ranges] of byClient) {
    out.uint(client);
    out.uint(ranges.length);
    for (const { clock, end } of ranges) {
      out.uint(clock);
      out.uint(end - clock);
    }
  }
}
