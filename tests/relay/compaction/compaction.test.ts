import { describe, expect, test } from 'vitest';
import { authorInLog, authoredRows } from '../../../packages/relay/src/commit/authorship.ts';
import { Compactor } from '../../../packages/relay/src/compaction/compactor.ts';
import { readHistory } from '../../../packages/relay/src/history/history.ts';
import { readMoments } from '../../../packages/relay/src/history/moments.ts';
import { LONGEST_LOG } from '../../../packages/relay/src/storage/storage.ts';
import { Scratch } from '@rukun/core/sync';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { EDITED, EditedHousehold } from '../history/edited-household.ts';

const SEEDS = Array.from({ length: 5 }, (_, index) => 100 + index);

function compactAll(edited: EditedHousehold): void {
  const errors: string[] = [];
  const log = {
    info: () => undefined,
    error: (_: string, fields = {}) => void errors.push(JSON.stringify(fields)),
  };
  const compactor = new Compactor({ storage: edited.storage, clock: new VirtualClock(), log });
  while (compactor.compactOne());
  expect(errors).toEqual([]);
}

/** Everything that must not change, from the log and from what devices are sent. */
function everything(edited: EditedHousehold) {
  return edited.storage.read((reader) => {
    const log = reader.log(EDITED);
    return {
      state: Buffer.from(Scratch.open(reader.updates(EDITED)).encode()).toString('hex'),
      fromLog: Buffer.from(Scratch.open(log.map(({ update }) => update)).encode()).toString('hex'),
      history: readHistory(log),
      moments: readMoments(log),
      authors: edited.edits.map(({ client, clock }) => authorInLog(log, client, clock)),
      authored: authoredRows(log).map((row) => ({ ...row, deleted: [] })),
    };
  });
}

describe.each(SEEDS)('with seed %i', (seed) => {
  test('[CP1] state, history and the author of every struct are the same after compaction, however often', async () => {
    const edited = new EditedHousehold(seed);
    for (let round = 0; round < 3; round++) {
      await edited.edit(70);
      const before = everything(edited);
      compactAll(edited);
      const rows = edited.storage.read((reader) => reader.log(EDITED).length);
      expect(rows).toBeLessThanOrEqual(LONGEST_LOG);
      expect(everything(edited)).toEqual(before);
      expect(before.authors).toEqual(edited.edits.map(({ by, at }) => ({ by, at })));
      expect(before.state).toBe(before.fromLog);
    }
  });
});
