import { expect, test } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import { authorInLog, authoredRows } from '../../../packages/relay/src/commit/authorship.ts';
import { readHistory } from '../../../packages/relay/src/history/history.ts';
import { readMoment } from '../../../packages/relay/src/history/time-travel.ts';
import type { LogRow } from '../../../packages/relay/src/storage/records.ts';

function row(seq: number, person: string, update: Uint8Array): LogRow {
  const times = { deviceAt: seq * 1000, receivedAt: seq * 1000 };
  return {
    seq,
    first: seq,
    authors: [],
    document: 'household/h1',
    update,
    source: 'device',
    person,
    device: `${person}-phone`,
    marks: [],
    ...times,
  };
}

const numbered = (updates: readonly Uint8Array[]) =>
  updates.map((update, index) => row(index + 1, 'ani', update));

/** Ani writes; Budi sends all he has, which holds hers; Ani sends everything once more. */
function log(): LogRow[] {
  const doc = new Doc({ gc: false });
  doc.clientID = 1;
  doc.getMap('answers').set('303', 54);
  const first = encodeStateAsUpdate(doc);
  doc.clientID = 2;
  doc.getMap('answers').set('303', 45);
  const second = encodeStateAsUpdate(doc);
  doc.clientID = 1;
  doc.getMap('answers').set('304', 3);
  const third = encodeStateAsUpdate(doc);
  return [row(1, 'ani', first), row(2, 'budi', second), row(3, 'ani', third)];
}

test('[AT1] the author of a struct is who brought it first, whoever sends it again', () => {
  const rows = log();
  expect([authorInLog(rows, 1, 0).by, authorInLog(rows, 2, 0).by, authorInLog(rows, 1, 1).by]).toEqual([
    'ani',
    'budi',
    'ani',
  ]);
  expect(authoredRows(rows).map(({ structs }) => structs)).toEqual([
    [{ client: 1, from: 0, to: 1 }],
    [{ client: 2, from: 0, to: 1 }],
    [{ client: 1, from: 1, to: 2 }],
  ]);
  expect(readHistory(rows).map(({ by, value, before, commit }) => [by, value, before, commit])).toEqual([
    ['ani', 54, null, 1],
    ['budi', 45, 54, 2],
    ['ani', 3, null, 3],
  ]);
  expect(() => authorInLog(rows, 3, 0)).toThrow(/without a row/);
});

test('[AT1] the same in any part of a merge', () => {
  const rows = log();
  const [, second, third] = rows;
  if (!second || !third) throw new Error('no rows');
  const merged = { ...third, first: 2, person: '', device: '', authors: authoredRows([second, third]) };
  const after = [...rows.slice(0, 1), merged];
  expect(authoredRows(after).map((each) => ({ ...each, deleted: [] }))).toEqual(
    authoredRows(rows).map((each) => ({ ...each, deleted: [] })),
  );
  expect(readHistory(after)).toEqual(readHistory(rows));
  expect(authorInLog(after, 1, 0).by).toBe('ani');
});

test('[TT1] what was deleted later is there at a moment before', () => {
  const doc = new Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const entries = doc.getMap('other/answers/303');
  entries.set('1-0', 54);
  entries.delete('1-0');
  entries.set('1-0', 55);
  entries.delete('1-0');
  const rows = numbered(updates);
  const [first, second, third] = rows;
  if (!first || !second || !third) throw new Error('no rows');
  const update = mergeUpdates([first.update, second.update, third.update]);
  const merged = { ...third, first: 1, authors: authoredRows([first, second, third]), update };
  for (const log of [rows, [merged, ...rows.slice(3)]]) {
    const values = [1, 2, 3, 4].map((commit) => {
      const then = new Doc();
      applyUpdate(then, readMoment(log, commit) ?? new Uint8Array());
      return then.getMap('other/answers/303').get('1-0') ?? null;
    });
    expect(values).toEqual([54, null, 55, null]);
  }
});
