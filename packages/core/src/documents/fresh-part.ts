import * as encoding from 'lib0/encoding';
import { CONTENT, FLAGS } from './struct-form.ts';
import type { ClientBlock, UpdateStruct, UpdateSummary } from './update-reader.ts';

/** What of an update is not known yet. */
export interface FreshPart {
  /** Only structs beyond the known clocks; a `skip` among them is a gap. */
  readonly blocks: readonly ClientBlock[];
  /** V1, with all delete ranges; the same memory as the update where nothing of it was known. */
  readonly update: Uint8Array;
}

/**
 * Leaves out what is known already, also the first values of a run. `summary` is what {@link readUpdate} said of `update`;
 * `clockOf` gives the clock after the last known struct of a client id.
 */
export function freshPart(
  update: Uint8Array,
  summary: UpdateSummary,
  clockOf: (client: number) => number,
): FreshPart {
  const blocks: ClientBlock[] = [];
  let isWhole = true;
  for (const block of summary.blocks) {
    const known = clockOf(block.client);
    if (known <= block.clock) {
      blocks.push(block);
      continue;
    }
    isWhole = false;
    if (known >= block.end) continue;
    const structs = block.structs.filter(({ clock, length }) => clock + length > known);
    const first = structs[0];
    if (first && first.clock < known) structs[0] = latterPart(first, known - first.clock);
    blocks.push({ client: block.client, clock: structs[0]?.clock ?? known, end: block.end, structs });
  }
  return isWhole ? { blocks, update } : { blocks, update: writeAnew(update, summary, blocks) };
}

/** A run without its first `count` values: it follows the last of them. */
function latterPart(struct: UpdateStruct, count: number): UpdateStruct {
  const { kind, client, clock, length, values } = struct;
  return {
    ...struct,
    clock: clock + count,
    length: length - count,
    origin: kind === 'skip' ? null : { client, clock: clock + count - 1 },
    root: null,
    key: null,
    values: values.slice(count),
    start: -1,
  };
}

function writeAnew(
  update: Uint8Array,
  { deletesAt }: UpdateSummary,
  blocks: readonly ClientBlock[],
): Uint8Array {
  return encoding.encode((out) => {
    encoding.writeVarUint(out, blocks.length);
    for (const { client, clock, structs } of blocks) {
      encoding.writeVarUint(out, structs.length);
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, clock);
      for (const struct of structs) {
        if (struct.start < 0) writeLatterPart(out, struct);
        else encoding.writeUint8Array(out, update.subarray(struct.start, struct.end));
      }
    }
    encoding.writeUint8Array(out, update.subarray(deletesAt));
  });
}

function writeLatterPart(out: encoding.Encoder, { kind, origin, length, values }: UpdateStruct): void {
  if (origin === null) {
    encoding.writeUint8(out, CONTENT.skip);
    encoding.writeVarUint(out, length);
    return;
  }
  encoding.writeUint8(out, FLAGS.origin | (kind === 'deleted' ? CONTENT.deleted : CONTENT.values));
  encoding.writeVarUint(out, origin.client);
  encoding.writeVarUint(out, origin.clock);
  encoding.writeVarUint(out, length);
  for (const value of values) encoding.writeAny(out, value as never);
}
