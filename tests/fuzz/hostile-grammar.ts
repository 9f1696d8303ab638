import * as encoding from 'lib0/encoding';
import { hostileNumber } from './mutations.ts';
import { randomValue, type Chance } from './random-documents.ts';

/** Who is known in a document, for updates that are wrong only where it matters. */
export interface Known {
  /** Client ids: of the author, of others, of the relay, and new ones. */
  readonly clients: readonly number[];
  clockOf(client: number): number;
}

const ROOTS = [
  'answers',
  'member/k3f1',
  'remark/a1',
  'event/e1',
  'other/answers/303',
  'other/member/k3f1/403',
  'r',
];
const KEYS = ['303', '301a', 'by', 'order', 'removed', 'a/b', '', '__proto__'];

/** A V1 update by a grammar: the form is right, what it says is not always. */
export function grammarUpdate(chance: Chance, known: Known): Uint8Array {
  return encoding.encode((out) => {
    const blocks = chance.next() < 0.1 ? 0 : 1 + chance.below(3);
    encoding.writeVarUint(out, blocks);
    for (let block = 0; block < blocks; block++) writeBlock(out, chance, known);
    const clients = chance.next() < 0.6 ? 0 : 1 + chance.below(2);
    encoding.writeVarUint(out, clients);
    for (let index = 0; index < clients; index++) writeRanges(out, chance, known);
  });
}

function writeBlock(out: encoding.Encoder, chance: Chance, known: Known): void {
  const client = chance.next() < 0.02 ? hostileNumber(chance) : chance.pick(known.clients);
  const count = 1 + chance.below(4);
  const clock = known.clockOf(client);
  encoding.writeVarUint(out, count);
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, chance.next() < 0.8 ? clock : Math.max(0, clock + chance.below(5) - 2));
  for (let index = 0; index < count; index++) writeStruct(out, chance, known);
}

function writeStruct(out: encoding.Encoder, chance: Chance, known: Known): void {
  const kind = chance.next() < 0.85 ? 8 : chance.pick([0, 1, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11]);
  if (kind === 0 || kind === 10) {
    encoding.writeUint8(out, kind);
    encoding.writeVarUint(out, 1 + chance.below(4));
    return;
  }
  const hasOrigin = chance.next() < 0.5;
  const flags = (hasOrigin ? 128 : 32) | (chance.next() < 0.02 ? 64 : 0);
  encoding.writeUint8(out, kind | flags);
  if (hasOrigin) writeId(out, chance, known);
  if ((flags & 64) !== 0) writeId(out, chance, known);
  if ((flags & 192) === 0) {
    encoding.writeVarUint(out, 1);
    encoding.writeVarString(out, chance.pick(ROOTS));
    encoding.writeVarString(out, chance.next() < 0.2 ? structName(chance, known) : chance.pick(KEYS));
  }
  writeContent(out, chance, kind);
}

function writeContent(out: encoding.Encoder, chance: Chance, kind: number): void {
  if (kind === 8) {
    const count = chance.next() < 0.9 ? 1 : chance.below(4);
    encoding.writeVarUint(out, count);
    for (let index = 0; index < count; index++)
      encoding.writeAny(out, (chance.next() < 0.05 ? { nested: [1] } : randomValue(chance)) as never);
  } else if (kind === 4 || kind === 5) encoding.writeVarString(out, chance.pick(['x', '{}', '']));
  else encoding.writeVarUint(out, chance.below(3));
}

function writeRanges(out: encoding.Encoder, chance: Chance, known: Known): void {
  encoding.writeVarUint(out, chance.pick(known.clients));
  const count = 1 + chance.below(3);
  encoding.writeVarUint(out, count);
  for (let index = 0; index < count; index++) {
    encoding.writeVarUint(out, chance.below(8));
    encoding.writeVarUint(out, 1 + chance.below(4));
  }
}

function writeId(out: encoding.Encoder, chance: Chance, known: Known): void {
  const client = chance.pick(known.clients);
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, chance.below(known.clockOf(client) + 2));
}

function structName(chance: Chance, known: Known): string {
  const client = chance.pick(known.clients);
  return `${client}-${chance.below(known.clockOf(client) + 2)}`;
}
