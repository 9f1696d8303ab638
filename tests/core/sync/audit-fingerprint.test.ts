import { describe, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import { AUDIT_BUCKETS, FINGERPRINT_BYTES, type DocumentName } from '@rukun/core/protocol';
import { bucketOf, bucketSums, differingBuckets, fingerprintOf, openUpdates } from '@rukun/core/sync';
import { randomUpdates, type Chance } from '../../fuzz/random-documents.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const NAME: DocumentName = 'household/aaaaaaaaaaaaaaa1';
const SEED = Number(process.env['AUDIT_SEED'] ?? 20_261_122);

const fingerprint = (updates: readonly Uint8Array[], name: DocumentName = NAME) =>
  Buffer.from(fingerprintOf(name, openUpdates(updates))).toString('hex');

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  return list
    .map((element) => ({ element, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ element }) => element);
}

/** Updates of one device, one per edit: set, overwrite, set another, delete. */
function edits(): Uint8Array[] {
  const doc = new Doc({ gc: false });
  doc.clientID = 7;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const answers = doc.getMap('answers');
  answers.set('303', '1');
  answers.set('303', '2');
  answers.set('108', 'ANI');
  answers.delete('108');
  return updates;
}

describe('[AU1] the fingerprint of a document', () => {
  it(`is the same in any order, merged, repeated or compacted, from seed ${SEED}`, () => {
    const chance = seededRandom(SEED);
    for (let run = 0; run < 60; run++) {
      const updates = randomUpdates(chance);
      const expected = fingerprint(updates);
      expect(fingerprint(shuffled(updates, chance)), `run ${run}: order`).toBe(expected);
      expect(fingerprint([mergeUpdates(updates)]), `run ${run}: merged`).toBe(expected);
      expect(fingerprint([...updates, ...updates]), `run ${run}: repeated`).toBe(expected);
      const opened = openUpdates(updates);
      expect(fingerprint([encodeStateAsUpdate(opened)]), `run ${run}: encoded`).toBe(expected);
    }
  });

  it(`is ${FINGERPRINT_BYTES} bytes, another with each edit and each deletion, and pinned`, () => {
    const updates = edits();
    const prints = updates.map((_, index) => fingerprint(updates.slice(0, index + 1)));
    expect(new Set([fingerprint([]), ...prints]).size).toBe(updates.length + 1);
    expect(prints.every((print) => print.length === 2 * FINGERPRINT_BYTES)).toBe(true);
    // Devices and relays of different versions compare them: a change of the form is another version of the protocol.
    expect(prints).toMatchInlineSnapshot(`
      [
        "fc3d62be3c92530f",
        "093d1363dd321be9",
        "8920b1a6514d050c",
        "a1d457c0d3758dc2",
      ]
    `);
  });

  it('is another under another name, with an update missing in the middle, and with a deletion missing', () => {
    const [first, second, third, deletion] = edits();
    if (!first || !second || !third || !deletion) throw new Error('four edits are needed');
    const whole = fingerprint([first, second, third, deletion]);
    expect(fingerprint([first, second, third, deletion], 'household/other')).not.toBe(whole);
    expect(fingerprint([first, third, deletion])).not.toBe(whole);
    expect(fingerprint([first, second, third])).not.toBe(whole);
  });

  it('counts what one copy kept and another has collected as the same', () => {
    const kept = new Doc({ gc: false });
    const collecting = new Doc({ gc: true });
    kept.on('update', (update: Uint8Array) => applyUpdate(collecting, update));
    kept.getMap('answers').set('303', '1');
    kept.getMap('answers').set('303', '2');
    expect(fingerprint([encodeStateAsUpdate(collecting)])).toBe(fingerprint([encodeStateAsUpdate(kept)]));
  });
});

describe('[AU2] the sums', () => {
  it('differ in exactly the buckets of the documents that differ, whatever the order', () => {
    const names = Array.from({ length: 300 }, (_, index): DocumentName => `household/h${index}`);
    const prints = new Map(names.map((name) => [name, fingerprintOf(name, openUpdates(edits()))]));
    const sums = bucketSums(prints);
    expect(sums.byteLength).toBe(AUDIT_BUCKETS * FINGERPRINT_BYTES);
    expect(bucketSums(new Map([...prints].reverse()))).toEqual(sums);
    expect(new Set(names.map(bucketOf)).size).toBeGreaterThan(AUDIT_BUCKETS / 2);
    const other = new Map(prints);
    other.set('household/h5', fingerprintOf('household/h5', openUpdates(edits().slice(0, 1))));
    other.delete('household/h77');
    const expected = [...new Set([bucketOf('household/h5'), bucketOf('household/h77')])].sort(
      (a, b) => a - b,
    );
    expect(differingBuckets(sums, bucketSums(other))).toEqual(expected);
    expect(differingBuckets(sums, sums)).toEqual([]);
  });
});
