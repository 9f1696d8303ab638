import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { describe, expect, test, vi } from 'vitest';
import { Scratch } from '@rukun/core/sync';
import type { Storage } from '@rukun/relay';
import { authorInLog, authoredRows } from '../../../packages/relay/src/commit/authorship.ts';
import { Compactor } from '../../../packages/relay/src/compaction/compactor.ts';
import { readHistory } from '../../../packages/relay/src/history/history.ts';
import { readMoments } from '../../../packages/relay/src/history/moments.ts';
import { LONGEST_LOG } from '../../../packages/relay/src/storage/storage.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { EDITED, EditedHousehold } from '../history/edited-household.ts';

const SEEDS = Array.from({ length: 4 }, (_, index) => 100 + index);

function compactor(storage: Storage, errors: unknown[] = []): Compactor {
  const log = {
    info: () => undefined,
    error: (event: string, fields = {}) => void errors.push([event, fields]),
  };
  return new Compactor({ storage, clock: new VirtualClock(), log });
}

function compactAll(storage: Storage): void {
  const errors: unknown[] = [];
  const own = compactor(storage, errors);
  while (own.compactOne());
  expect(errors).toEqual([]);
}

/** Everything that must not change, from the log and from what devices are sent. */
function everything({ storage, edits }: EditedHousehold) {
  return storage.read((reader) => {
    const log = reader.log(EDITED);
    return {
      state: Buffer.from(Scratch.open(reader.updates(EDITED)).encode()).toString('hex'),
      fromLog: Buffer.from(Scratch.open(log.map(({ update }) => update)).encode()).toString('hex'),
      history: readHistory(log),
      moments: readMoments(log),
      authors: edits.map(({ client, clock }) => authorInLog(log, client, clock)),
      authored: authoredRows(log).map((row) => ({ ...row, deleted: [] })),
    };
  });
}

/** Throws at every statement that writes once so many were run. */
class CrashingDatabase extends DatabaseSync {
  left = Infinity;

  constructor() {
    super(':memory:');
  }

  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql);
    const run = statement.run.bind(statement);
    const counted = (...values: SQLInputValue[]) => {
      this.#count();
      return run(...values);
    };
    return Object.assign(statement, { run: counted });
  }

  override exec(sql: string): void {
    if (sql !== 'ROLLBACK') this.#count();
    super.exec(sql);
  }

  #count(): void {
    if (this.left-- <= 0) throw new Error('power cut');
  }
}

const rowsOf = ({ storage }: EditedHousehold): number =>
  storage.read((reader) => reader.logSizes(EDITED, 0).length);

describe.each(SEEDS)('with seed %i', { timeout: 30_000 }, (seed) => {
  test('[CP1] state, history and the author of every struct are the same after compaction, however often', async () => {
    const edited = new EditedHousehold(seed);
    for (let round = 0; round < 3; round++) {
      await edited.edit(70);
      const before = everything(edited);
      compactAll(edited.storage);
      expect(rowsOf(edited)).toBeLessThanOrEqual(LONGEST_LOG);
      expect(everything(edited)).toEqual(before);
      expect(before.authors).toEqual(edited.edits.map(({ by, at }) => ({ by, at })));
      expect(before.state).toBe(before.fromLog);
    }
  });

  test('[CP2] a device that stood anywhere in a merged range has everything after its next rows', async () => {
    const edited = new EditedHousehold(seed);
    await edited.edit(LONGEST_LOG + 5);
    const log = edited.storage.read((reader) => reader.log(EDITED));
    compactAll(edited.storage);
    const { state } = everything(edited);
    for (let had = 0; had <= log.length; had += 3) {
      const known = log.slice(0, had);
      const sent = edited.storage.read((reader) =>
        reader.logSizes(EDITED, known.at(-1)?.seq ?? 0).map(({ seq }) => reader.logUpdate(seq)),
      );
      const device = Scratch.open([...known.map(({ update }) => update), ...sent]);
      expect(Buffer.from(device.encode()).toString('hex')).toBe(state);
    }
  });
});

test('[CP4] the rows of a document stay bounded, and few bytes are written again for each one', async () => {
  const edited = new EditedHousehold(7);
  let written = 0;
  const counting: Storage = {
    read: (f) => edited.storage.read(f),
    sweep: () => true,
    close: () => undefined,
    transact: (f) =>
      edited.storage.transact((writer) => {
        const merge = vi.spyOn(writer, 'mergeRows');
        const result = f(writer);
        for (const [{ update }] of merge.mock.calls) written += update.byteLength;
        merge.mockRestore();
        return result;
      }),
  };
  const own = compactor(counting);
  for (let round = 0; round < 12; round++) {
    await edited.edit(50);
    while (own.compactOne());
    expect(rowsOf(edited)).toBeLessThanOrEqual(LONGEST_LOG);
  }
  const kept = edited.storage.read((reader) =>
    reader.logSizes(EDITED, 0).reduce((sum, { bytes }) => sum + bytes, 0),
  );
  expect(written).toBeLessThan(4 * kept);
}, 30_000);

test('[CP5] a crash at any statement of a compaction leaves everything as it was', async () => {
  const database = new CrashingDatabase();
  const edited = new EditedHousehold(3, database);
  await edited.edit(LONGEST_LOG);
  compactAll(edited.storage);
  await edited.edit(60);
  const before = everything(edited);
  const stored = () =>
    edited.storage.read((reader) => [reader.log(EDITED), reader.updates(EDITED), reader.longLogs(1)]);
  const rows = stored();
  let crashes = 0;
  for (;;) {
    database.left = crashes;
    const errors: unknown[] = [];
    compactor(edited.storage, errors).compactOne();
    database.left = Infinity;
    if (errors.length === 0) break;
    expect(stored()).toEqual(rows);
    crashes++;
  }
  expect(crashes).toBeGreaterThan(40);
  expect(stored()).not.toEqual(rows);
  expect(everything(edited)).toEqual(before);
}, 20_000);

test('[CP3] of two compactors at the same document one merges and the other leaves it', async () => {
  const edited = new EditedHousehold(4);
  await edited.edit(LONGEST_LOG + 10);
  const before = everything(edited);
  const other = compactor(edited.storage);
  let isFirst = true;
  const behind: Storage = {
    ...edited.storage,
    read: (f) => edited.storage.read(f),
    sweep: () => true,
    close: () => undefined,
    transact: (f) => {
      if (isFirst) {
        isFirst = false;
        other.compactOne();
      }
      return edited.storage.transact(f);
    },
  };
  compactor(behind).compactOne();
  const rows = edited.storage.read((reader) => reader.log(EDITED));
  expect(rows.filter(({ authors }) => authors.length > 0)).toHaveLength(1);
  expect(everything(edited)).toEqual(before);
});
