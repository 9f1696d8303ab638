import { fail, ok, type Result } from '../foundation/index.ts';
import { BOUNDS } from './bounds.ts';
import { ByteReader, Unreadable } from './byte-reader.ts';
import { CONTENT, FLAGS } from './struct-form.ts';
import { readValue } from './values.ts';

/** Names a struct. */
export interface StructId {
  readonly client: number;
  readonly clock: number;
}

/** One struct of an update. `values`: answers; `deleted`: ones that are gone; `skip`: a gap. */
export interface UpdateStruct extends StructId {
  readonly kind: 'values' | 'deleted' | 'skip';
  /** Clocks it covers, at least 1. */
  readonly length: number;
  /** What its author saw as the current value of the key; null for the first value of a key. */
  readonly origin: StructId | null;
  /** Where it stands; both null where that is said by its origin. */
  readonly root: string | null;
  readonly key: string | null;
  /** One for each clock, of `values`; else empty. */
  readonly values: readonly unknown[];
  /** Bytes of it in the update: first, where the values begin, and the one after the last. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** All structs of one client id, without holes: where something is missing there is a `skip`. */
export interface ClientBlock {
  readonly client: number;
  readonly clock: number;
  /** The clock after the last. */
  readonly end: number;
  readonly structs: readonly UpdateStruct[];
}

/** Clocks of one client id that are deleted, `end` excluded. */
export interface DeleteRange {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
}

/** What an update says. */
export interface UpdateSummary {
  /** At most one for each client id. */
  readonly blocks: readonly ClientBlock[];
  readonly deletes: readonly DeleteRange[];
  /** Where the delete set begins in the bytes. */
  readonly deletesAt: number;
}

/**
 * Reads a V1 update without letting Yjs see it and without allocating by what it claims. Every Yjs update of a document of
 * plain values in root maps can be read; `bad-content` for anything else (lists, text, nested types, GC, right origins),
 * `too-large` beyond `mostPieces` values, deleted runs and delete ranges, `mostClients` client ids or {@link BOUNDS}, and
 * `malformed` for what Yjs does not write: a client id twice, empty runs, bytes left over, clocks beyond 2^31.
 */
export function readUpdate(
  bytes: Uint8Array,
  mostPieces: number = BOUNDS.pieces,
  mostClients: number = BOUNDS.clients,
): Result<UpdateSummary> {
  try {
    const input = new ByteReader(bytes, mostPieces);
    const blocks = readBlocks(input, mostClients);
    const deletesAt = input.position;
    const deletes = readDeletes(input);
    return input.isAtEnd ? ok({ blocks, deletes, deletesAt }) : fail('malformed');
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.code, error.paths);
    throw error;
  }
}

function readBlocks(input: ByteReader, mostClients: number): ClientBlock[] {
  const count = input.uint();
  if (count > mostClients) throw new Unreadable('too-large');
  const blocks: ClientBlock[] = [];
  const clients = new Set<number>();
  for (let index = 0; index < count; index++) {
    const block = readBlock(input);
    if (clients.has(block.client)) throw new Unreadable('malformed');
    clients.add(block.client);
    blocks.push(block);
  }
  return blocks;
}

function readBlock(input: ByteReader): ClientBlock {
  const count = input.uint();
  if (count === 0) throw new Unreadable('malformed');
  const client = input.client();
  const clock = input.clock();
  const structs: UpdateStruct[] = [];
  let end = clock;
  for (let index = 0; index < count; index++) {
    const struct = readStruct(input, client, end);
    end += struct.length;
    if (end > BOUNDS.clock) throw new Unreadable('malformed');
    structs.push(struct);
  }
  return { client, clock, end, structs };
}

function readStruct(input: ByteReader, client: number, clock: number): UpdateStruct {
  const start = input.position;
  const info = input.byte();
  const kind = info & FLAGS.content;
  if (kind === CONTENT.gc || kind === CONTENT.skip) {
    if (info !== kind) throw new Unreadable('malformed');
    input.spend(1);
    const content = input.position;
    const length = readLength(input);
    if (kind === CONTENT.gc) throw new Unreadable('bad-content');
    const place = { origin: null, root: null, key: null, values: [] };
    return { kind: 'skip', client, clock, length, ...place, start, content, end: input.position };
  }
  if (kind > CONTENT.last) throw new Unreadable('malformed');
  if ((info & FLAGS.rightOrigin) !== 0) throw new Unreadable('bad-content');
  const origin = (info & FLAGS.origin) === 0 ? null : { client: input.client(), clock: input.clock() };
  const root = origin ? null : readRoot(input);
  const key = origin || (info & FLAGS.key) === 0 ? null : input.text();
  if (root !== null && key === null) throw new Unreadable('bad-content');
  const content = input.position;
  if (kind === CONTENT.deleted) {
    input.spend(1);
    const length = readLength(input);
    const { position: end } = input;
    return { kind: 'deleted', client, clock, length, origin, root, key, values: [], start, content, end };
  }
  if (kind !== CONTENT.values)
    throw new Unreadable('bad-content', root === null ? undefined : [pathOf(root, key)]);
  const values = readValues(input);
  const length = values.length;
  return {
    kind: 'values',
    client,
    clock,
    length,
    origin,
    root,
    key,
    values,
    start,
    content,
    end: input.position,
  };
}

/** The name of the root map a struct stands in; a struct inside another one is nothing a document of ours has. */
function readRoot(input: ByteReader): string {
  const isRoot = input.uint();
  if (isRoot > 1) throw new Unreadable('malformed');
  if (isRoot === 0) throw new Unreadable('bad-content');
  return input.text();
}

function readValues(input: ByteReader): unknown[] {
  const count = readLength(input);
  const values: unknown[] = [];
  for (let index = 0; index < count; index++) values.push(readValue(input));
  return values;
}

function readLength(input: ByteReader): number {
  const length = input.clock();
  if (length === 0) throw new Unreadable('malformed');
  return length;
}

function readDeletes(input: ByteReader): DeleteRange[] {
  const count = input.uint();
  const deletes: DeleteRange[] = [];
  const clients = new Set<number>();
  for (let index = 0; index < count; index++) {
    const client = input.client();
    if (clients.has(client)) throw new Unreadable('malformed');
    clients.add(client);
    readRanges(input, client, deletes);
  }
  return deletes;
}

function readRanges(input: ByteReader, client: number, deletes: DeleteRange[]): void {
  const count = input.uint();
  if (count === 0) throw new Unreadable('malformed');
  for (let index = 0; index < count; index++) {
    input.spend(1);
    const clock = input.clock();
    const end = clock + readLength(input);
    if (end > BOUNDS.clock) throw new Unreadable('malformed');
    deletes.push({ client, clock, end });
  }
}

function pathOf(root: string, key: string | null): string {
  return `${root.slice(0, 128)}/${(key ?? '').slice(0, 64)}`;
}
