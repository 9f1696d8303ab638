import { describe, expect, test } from 'vitest';
import { Compactor } from '../../../packages/relay/src/compaction/compactor.ts';
import { readHistory } from '../../../packages/relay/src/history/history.ts';
import { readMoments } from '../../../packages/relay/src/history/moments.ts';
import { readMoment } from '../../../packages/relay/src/history/time-travel.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { EDITED, EditedHousehold, valuesOf } from './edited-household.ts';

const SEEDS = Array.from({ length: 4 }, (_, index) => 200 + index);

const logOf = ({ storage }: EditedHousehold) => storage.read((reader) => reader.log(EDITED));

function compact({ storage }: EditedHousehold): void {
  const log = { info: () => undefined, error: (event: string) => expect.fail(event) };
  const compactor = new Compactor({ storage, clock: new VirtualClock(), log });
  while (compactor.compactOne());
}

describe.each(SEEDS)('with seed %i', { timeout: 30_000 }, (seed) => {
  test('[TT1] after compaction every commit is there as it stood then, with the answers side by side', async () => {
    const edited = new EditedHousehold(seed);
    let hasOthers = false;
    for (let round = 0; round < 2; round++) {
      await edited.edit(70);
      compact(edited);
      const log = logOf(edited);
      expect(log.length).toBeLessThan(edited.kept.length);
      for (const { commit, updates } of edited.kept) {
        const moment = readMoment(log, commit);
        const values = valuesOf(moment ? [moment] : []);
        expect(values).toEqual(valuesOf(updates));
        hasOthers ||= Object.keys(values).some((root) => root.startsWith('other/'));
      }
    }
    expect(hasOthers).toBe(true);
  });

  test('[TT2] the moments are the commits, each with its author', async () => {
    const edited = new EditedHousehold(seed);
    await edited.edit(80);
    const before = readMoments(logOf(edited));
    compact(edited);
    const moments = readMoments(logOf(edited));
    expect(moments).toEqual(before);
    expect(moments.map(({ commit, by }) => ({ commit, by }))).toEqual(
      edited.kept.map(({ commit, by }) => ({ commit, by })),
    );
    const history = readHistory(logOf(edited));
    expect(moments.reduce((sum, { changes }) => sum + changes, 0)).toBe(history.length);
  });

  test('[AT3] each entry of the history says what the key held before it was committed', async () => {
    const edited = new EditedHousehold(seed);
    await edited.edit(80);
    compact(edited);
    const history = readHistory(logOf(edited));
    const states = edited.kept.map(({ updates }) => valuesOf(updates));
    const valueAt = (index: number, path: string) => {
      const cut = path.lastIndexOf('/');
      return states[index]?.[path.slice(0, cut)]?.[path.slice(cut + 1)] ?? null;
    };
    for (const [index, { commit }] of edited.kept.entries()) {
      const entries = history.filter((entry) => entry.commit === commit);
      for (const path of new Set(entries.map((entry) => entry.path))) {
        const own = entries.filter((entry) => entry.path === path);
        const earlier = valueAt(index - 1, path);
        const held = [earlier, ...own.map(({ value }) => value)];
        expect(own.map(({ before }) => before)).toContain(earlier);
        expect(own.every(({ before }) => held.includes(before))).toBe(true);
        expect(held).toContain(valueAt(index, path));
      }
    }
  });
});

test('[TT3] before a document was made there is nothing; between its commits it is as after the one before', async () => {
  const edited = new EditedHousehold(1);
  await edited.edit(3);
  const log = logOf(edited).map((row) => ({ ...row, seq: row.seq * 10, first: row.first * 10 }));
  expect(readMoment(log, 9)).toBeNull();
  expect(readMoment(log, 15)).toEqual(readMoment(log, 10));
  expect(readMoment([], 1)).toBeNull();
});
