import { describe, expect, test } from 'vitest';
import type { Storage, StorageWriter } from '@rukun/relay';
import type { AuthoredRow, LogSize } from '../../packages/relay/src/storage/records.ts';
import { LONGEST_LOG } from '../../packages/relay/src/storage/storage.ts';

export const AREA = '7102990001000100';
export const DOCUMENT = 'household/h1';
export const update = (...bytes: number[]) => Uint8Array.from(bytes);

export const importRow = (document: 'household/h2') =>
  ({ document, source: 'import', person: '', device: '', deviceAt: 0, receivedAt: 0, marks: [] }) as const;

/** The part of the storage contract that keeps logs short. `filled` gives a storage that knows the document and area. */
export function logMergeContract(
  filled: () => Storage,
  append: (writer: StorageWriter, bytes: Uint8Array) => number,
): void {
  describe('merging rows', () => {
    const author = (seq: number): AuthoredRow => ({
      seq,
      source: 'device',
      person: 'p1',
      device: 'd1',
      deviceAt: 5,
      receivedAt: 6,
      marks: [{ client: 1, clock: 2, at: 60_000 }],
      structs: [{ client: 4_294_967_295, from: seq, to: seq + 1 }],
      deleted: [{ client: 1, from: 0, to: 3 }],
    });
    const sizes = (storage: Storage) => storage.read((reader) => reader.logSizes(DOCUMENT, 0));
    const merge = (storage: Storage, rows: readonly Pick<LogSize, 'first' | 'seq'>[], byte: number) =>
      storage.transact((writer) =>
        writer.mergeRows({
          document: DOCUMENT,
          rows,
          update: update(byte),
          authors: rows.map(({ seq }) => author(seq)),
        }),
      );
    /** Five rows of the document with others between them. */
    const five = (): Storage => {
      const storage = filled();
      storage.transact((writer) => writer.addDocument('household/h2', 'household', AREA));
      for (let byte = 1; byte <= 5; byte++) {
        storage.transact((writer) => {
          append(writer, update(byte, byte));
          writer.append({ ...importRow('household/h2'), update: update(100) });
        });
      }
      return storage;
    };
    test('[CP1] several rows become one with the number of the last, whose they were stays known', () => {
      const storage = five();
      const before = sizes(storage);
      expect(merge(storage, before.slice(1, 4), 9)).toBe(true);
      const [first, second, , fourth, fifth] = before;
      expect(sizes(storage)).toEqual([
        first,
        { seq: fourth?.seq, first: second?.seq, bytes: 1, device: '' },
        fifth,
      ]);
      storage.read((reader) => {
        const log = reader.log(DOCUMENT);
        expect(log.map((row) => row.update)).toEqual([update(1, 1), update(9), update(5, 5)]);
        expect(log[1]).toMatchObject({ person: '', device: '', source: 'relay', marks: [] });
        expect(log[1]?.authors).toEqual(before.slice(1, 4).map(({ seq }) => author(seq)));
        expect(log[0]?.authors).toEqual([]);
        expect(reader.log('household/h2')).toHaveLength(5);
      });
    });

    test('[CP2] a device whose position lies inside a merge is given the merged row; one behind it is not', () => {
      const storage = five();
      const before = sizes(storage);
      merge(storage, before.slice(1, 4), 9);
      const seqs = (after: number | undefined) =>
        storage.read((reader) => reader.logSizes(DOCUMENT, after ?? 0).map(({ seq }) => seq));
      expect(seqs(before[2]?.seq)).toEqual([before[3]?.seq, before[4]?.seq]);
      expect(seqs(before[3]?.seq)).toEqual([before[4]?.seq]);
      storage.read((reader) => {
        expect(reader.logUpdate(before[3]?.seq ?? 0)).toEqual(update(9));
        expect(() => reader.logUpdate(before[2]?.seq ?? 0)).toThrow(RangeError);
        expect(reader.document(DOCUMENT)?.lastSeq).toBe(before[4]?.seq);
      });
    });

    test('[CP1] a merge of merged rows knows all authors', () => {
      const storage = five();
      const before = sizes(storage);
      merge(storage, before.slice(0, 2), 8);
      merge(storage, before.slice(2, 4), 9);
      const authors = storage.read((reader) => reader.log(DOCUMENT)).flatMap((row) => row.authors);
      expect(
        storage.transact((writer) =>
          writer.mergeRows({
            document: DOCUMENT,
            rows: sizes(storage).slice(0, 2),
            update: update(7),
            authors,
          }),
        ),
      ).toBe(true);
      storage.read((reader) => {
        const log = reader.log(DOCUMENT);
        expect(log.map((row) => row.update)).toEqual([update(7), update(5, 5)]);
        expect(log[0]?.authors).toEqual(before.slice(0, 4).map(({ seq }) => author(seq)));
      });
    });

    test.each<[string, (rows: readonly LogSize[]) => readonly Pick<LogSize, 'first' | 'seq'>[]]>([
      ['one of them is gone', (rows) => [...rows.slice(0, 2), { first: 999, seq: 999 }]],
      ['they do not follow each other', (rows) => [rows[0], rows[2]].filter((row) => row !== undefined)],
      ['they come in another order', (rows) => rows.slice(0, 2).toReversed()],
      ['there is only one', (rows) => rows.slice(0, 1)],
      ['there is none', () => []],
    ])('[CP3] nothing is merged if %s', (_, choose) => {
      const storage = five();
      const before = sizes(storage);
      expect(merge(storage, choose(before), 9)).toBe(false);
      expect(sizes(storage)).toEqual(before);
      expect(storage.read((reader) => reader.log(DOCUMENT)).flatMap((row) => row.authors)).toEqual([]);
    });

    test('[CP3] of two that read the same rows only the first merges them, also where the last row keeps its number', () => {
      const storage = five();
      const before = sizes(storage);
      expect(merge(storage, before.slice(0, 3), 8)).toBe(true);
      expect(merge(storage, before.slice(0, 3), 9)).toBe(false);
      expect(merge(storage, before.slice(2, 4), 9)).toBe(false);
      expect(storage.read((reader) => reader.updates(DOCUMENT))).toEqual([
        update(8),
        update(4, 4),
        update(5, 5),
      ]);
    });

    test('the merged rows a log begins with take the place of a merged state', () => {
      const storage = five();
      storage.transact((writer) => writer.keepState(DOCUMENT, update(1, 2, 3)));
      merge(storage, sizes(storage).slice(0, 4), 9);
      storage.transact((writer) => {
        expect(writer.updates(DOCUMENT)).toEqual([update(9), update(5, 5)]);
        expect(writer.tail(DOCUMENT)).toEqual({ rows: 1, bytes: 2, stateBytes: 1 });
        append(writer, update(6));
        expect(writer.tail(DOCUMENT)).toEqual({ rows: 2, bytes: 3, stateBytes: 1 });
        writer.keepState(DOCUMENT, update(1, 2, 3));
        append(writer, update(7));
        expect(writer.updates(DOCUMENT)).toEqual([update(1, 2, 3), update(7)]);
      });
    });

    test('[CP4] documents with long logs are remembered until they are short', () => {
      const storage = five();
      const long = () => storage.read((reader) => reader.longLogs(10));
      storage.transact((writer) => {
        for (let row = 5; row < LONGEST_LOG; row++) append(writer, update(1));
        expect(writer.longLogs(10)).toEqual([]);
        append(writer, update(1));
        expect(writer.longLogs(10)).toEqual([DOCUMENT]);
        expect(writer.longLogs(0)).toEqual([]);
      });
      expect(long()).toEqual([DOCUMENT]);
      merge(storage, sizes(storage).slice(0, 2), 9);
      expect(long()).toEqual([]);
    });

    test('[CP5] a merge in a transaction that throws is as if it had not been', () => {
      const storage = five();
      const before = storage.read((reader) => reader.log(DOCUMENT));
      expect(() =>
        storage.transact((writer) => {
          const rows = writer.logSizes(DOCUMENT, 0);
          writer.mergeRows({ document: DOCUMENT, rows, update: update(9), authors: [] });
          throw new RangeError('no');
        }),
      ).toThrow(RangeError);
      expect(storage.read((reader) => reader.log(DOCUMENT))).toEqual(before);
    });
  });
}
