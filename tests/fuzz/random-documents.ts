import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates } from 'yjs';
import type { seededRandom } from '../support/seeded-random.ts';

export type Chance = ReturnType<typeof seededRandom>;

const ROOTS = [
  'answers',
  'household',
  'member/k3f1',
  'member/k3f2',
  'remark/a1',
  'event/e1',
  'other/answers/303',
];
const KEYS = ['303', '301a', '108', 'order', 'removed', 'by', 'at', 'type', 'kolom é', '403_b'];
const TEXTS = [
  '',
  '1',
  '02',
  'ANI WOWOR',
  'Jl. Sam Ratulangi nomor 12, lorong belakang gereja, rumah cat hijau',
  'é😀',
  'x'.repeat(300),
];

/** A value a device may write. */
export function randomValue(chance: Chance): unknown {
  switch (chance.below(8)) {
    case 0:
      return null;
    case 1:
      return chance.next() < 0.5;
    case 2:
      return chance.below(100);
    case 3:
      return chance.pick([0, -1, 2 ** 31, -(2 ** 40), 2 ** 53 - 1, 1_764_000_000_000]);
    case 4:
      return chance.pick([1.5, -0.1, 124.84217, 1e300]);
    default:
      return chance.pick(TEXTS);
  }
}

/** One device's copy of a document, with the updates it made itself. */
export class Writer {
  readonly doc: Doc;
  readonly local: Uint8Array[] = [];

  constructor(client: number, gc = false) {
    this.doc = new Doc({ gc });
    this.doc.clientID = client;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') this.local.push(update);
    });
  }

  /** A few edits in one transaction. */
  write(chance: Chance): void {
    const count = 1 + chance.below(chance.next() < 0.1 ? 12 : 3);
    this.doc.transact(() => {
      for (let edit = 0; edit < count; edit++) {
        const map = this.doc.getMap(chance.pick(ROOTS));
        if (chance.next() < 0.03) map.delete(chance.pick(KEYS));
        else map.set(chance.pick(KEYS), chance.next() < 0.03 ? relayEntry(chance) : randomValue(chance));
      }
    });
  }

  /** A few edits as the app makes them: plain values, nothing deleted, sometimes others settled or put back. */
  answer(chance: Chance): void {
    this.doc.transact(() => {
      for (let count = 1 + chance.below(3); count > 0; count--) {
        const others = this.doc.share.has('other/answers/303')
          ? [...this.doc.getMap('other/answers/303').keys()]
          : [];
        if (others.length > 0 && chance.next() < 0.3)
          this.doc.getMap('other/answers/303').set(chance.pick(others), chance.next() < 0.5 ? null : true);
        else
          this.doc
            .getMap(chance.pick(['answers', 'answers', 'member/k3f1']))
            .set(chance.pick(['303', '301a', 'order']), randomValue(chance));
      }
    });
  }

  receive(update: Uint8Array): void {
    applyUpdate(this.doc, update, 'remote');
  }
}

function relayEntry(chance: Chance): unknown {
  return { value: randomValue(chance), by: chance.pick(['ani', 'sari']), at: chance.below(2 ** 40) };
}

/** A client id as Yjs draws it. */
export function randomClient(chance: Chance): number {
  return chance.below(2 ** 32);
}

/** Two to four devices that write and exchange; the updates they made, alone and merged in every way they send them. */
export function randomUpdates(chance: Chance): Uint8Array[] {
  const writers = Array.from(
    { length: 2 + chance.below(3) },
    () => new Writer(randomClient(chance), chance.next() < 0.2),
  );
  const rounds = 2 + chance.below(12);
  for (let round = 0; round < rounds; round++) {
    const writer = chance.pick(writers);
    for (let edits = chance.below(6); edits >= 0; edits--) writer.write(chance);
    const reader = chance.pick(writers);
    if (chance.next() < 0.5) reader.receive(encodeStateAsUpdate(writer.doc, encodeStateVector(reader.doc)));
  }
  const updates = writers.flatMap(({ local }) => local);
  for (const { doc, local } of writers) {
    updates.push(encodeStateAsUpdate(doc));
    if (local.length > 1) {
      updates.push(
        mergeUpdates(local),
        mergeUpdates(local.filter(() => chance.next() < 0.7).concat(local.slice(0, 1))),
      );
    }
  }
  updates.push(mergeUpdates(writers.map(({ doc }) => encodeStateAsUpdate(doc))));
  return updates;
}
