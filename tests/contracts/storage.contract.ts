import { describe, expect, test } from 'vitest';
import type { Storage, StorageWriter } from '@rukun/relay';
import { beginEpoch } from '../../packages/relay/src/storage/epoch.ts';
import { SETTINGS } from '../../packages/relay/src/storage/settings.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { accountsContract } from './accounts.contract.ts';
import { auditLogContract } from './audit-log.contract.ts';
import { directoryContract } from './directory.contract.ts';
import { AREA, DOCUMENT, importRow, logMergeContract, update } from './log-merge.contract.ts';
import { quarantineContract } from './quarantine.contract.ts';

/** What the relay relies on in a storage. `open` gives an empty one. */
export function storageContract(name: string, open: () => Storage): void {
  describe(`storage: ${name}`, () => {
    const filled = (): Storage => {
      const storage = open();
      storage.transact((writer) => {
        writer.addPerson({
          id: 'p1',
          userName: 'ani',
          name: 'Ani',
          role: 'officer',
          code: '0101',
          passwordHash: 'x',
        });
        const region = { village: 'V', kecamatan: 'K', regency: 'R', province: 'P', codesAreMadeUp: true };
        writer.addArea({ id: AREA, name: 'JAGA I', ...region });
        writer.addDocument(DOCUMENT, 'household', AREA);
      });
      return storage;
    };
    const append = (writer: StorageWriter, bytes: Uint8Array, device = 'd1'): number =>
      writer.append({
        document: DOCUMENT,
        update: bytes,
        source: 'device',
        person: 'p1',
        device,
        deviceAt: 5,
        receivedAt: 6,
        marks: [{ client: 1, clock: 2, at: 60_000 }],
      });

    test('[EP1] has an epoch and a client id of its own from the start', () => {
      const storage = open();
      const { epoch, client } = storage.read((reader) => ({
        epoch: reader.epoch(),
        client: reader.relayClient(),
      }));
      expect(epoch).not.toBe('');
      expect(Number.isInteger(client) && client >= 0 && client < 2 ** 32).toBe(true);
      expect(storage.read((reader) => reader.epoch())).toBe(epoch);
    });

    test('[GT88] numbers rows upwards and moves the document to the latest', () => {
      const storage = filled();
      const [first, second] = storage.transact((writer) => [
        append(writer, update(1)),
        append(writer, update(2)),
      ]);
      expect(second).toBeGreaterThan(first ?? Infinity);
      storage.read((reader) => {
        expect(reader.lastSeq()).toBe(second);
        expect(reader.document(DOCUMENT)).toEqual({
          name: DOCUMENT,
          kind: 'household',
          area: AREA,
          lastSeq: second,
        });
        expect(reader.documentsOfArea(AREA, first ?? 0)).toHaveLength(1);
        expect(reader.documentsOfArea(AREA, second ?? 0)).toEqual([]);
        expect(reader.logSizes(DOCUMENT, first ?? 0)).toEqual([
          { seq: second, first: second, bytes: 1, device: 'd1' },
        ]);
        expect(reader.logUpdate(second ?? 0)).toEqual(update(2));
        expect(reader.log(DOCUMENT)[0]).toEqual({
          seq: first,
          first,
          authors: [],
          document: DOCUMENT,
          update: update(1),
          source: 'device',
          person: 'p1',
          device: 'd1',
          deviceAt: 5,
          receivedAt: 6,
          marks: [{ client: 1, clock: 2, at: 60_000 }],
        });
      });
    });

    test('[GT89] keeps nothing of a transaction that throws, and the next one succeeds', () => {
      const storage = filled();
      expect(() =>
        storage.transact((writer) => {
          append(writer, update(1));
          throw new RangeError('no');
        }),
      ).toThrow(RangeError);
      expect(storage.read((reader) => reader.log(DOCUMENT))).toEqual([]);
      storage.transact((writer) => append(writer, update(2)));
      expect(storage.read((reader) => reader.updates(DOCUMENT))).toEqual([update(2)]);
    });

    test('shows a transaction what it wrote itself', () => {
      filled().transact((writer) => {
        append(writer, update(1));
        expect(writer.updates(DOCUMENT)).toEqual([update(1)]);
        expect(writer.tail(DOCUMENT)).toEqual({ rows: 1, bytes: 1, stateBytes: 0 });
      });
    });

    test('[CP10] reads the merged state and the rows after it; the log keeps every row', () => {
      const storage = filled();
      storage.transact((writer) => {
        append(writer, update(1));
        append(writer, update(2));
        writer.keepState(DOCUMENT, update(9));
        append(writer, update(3));
      });
      storage.read((reader) => {
        expect(reader.updates(DOCUMENT)).toEqual([update(9), update(3)]);
        expect(reader.log(DOCUMENT).map((row) => row.update)).toEqual([update(1), update(2), update(3)]);
      });
      expect(storage.transact((writer) => writer.tail(DOCUMENT))).toEqual({
        rows: 1,
        bytes: 1,
        stateBytes: 1,
      });
    });

    logMergeContract(filled, append);
    auditLogContract(open);

    test('[GT95] refuses a row of a document it does not know', () => {
      const storage = open();
      expect(() => storage.transact((writer) => append(writer, update(1)))).toThrow(RangeError);
    });

    test('keeps documents apart that grow in one transaction', () => {
      const storage = filled();
      const other = 'household/h2';
      storage.transact((writer) => {
        writer.addDocument(other, 'household', AREA);
        append(writer, update(1));
        writer.append({ ...importRow(other), update: update(2) });
        append(writer, update(3));
        expect(writer.documentsOfArea(AREA, 0).map(({ name }) => name)).toEqual([other, DOCUMENT]);
      });
      storage.read((reader) => {
        expect(reader.updates(DOCUMENT)).toEqual([update(1), update(3)]);
        expect(reader.updates(other)).toEqual([update(2)]);
      });
    });

    test('[EP2] a client id the relay ever wrote under belongs to it for good', () => {
      const storage = filled();
      const first = storage.read((reader) => reader.relayClient());
      const random = seededRandom(5);
      storage.transact((writer) => beginEpoch(writer, random, { at: 7, isRecovery: true }));
      storage.transact((writer) => writer.claim(DOCUMENT, first, 'd1'));
      storage.read((reader) => {
        const second = reader.relayClient();
        expect(second).not.toBe(first);
        expect(reader.relayClients()).toEqual([first, second]);
        expect(reader.clientOwner(DOCUMENT, first)).toBe('');
        expect(reader.clientOwner(DOCUMENT, second)).toBe('');
      });
    });

    test('[EP1] an epoch begins with another name, client id, moment and reason; a failed one does not', () => {
      const storage = filled();
      const state = () =>
        storage.read((reader) => [
          reader.epoch(),
          reader.relayClient(),
          reader.setting(SETTINGS.epochBeganAt),
          reader.setting(SETTINGS.epochIsRecovery),
        ]);
      const [epoch, client, , isRecovery] = state();
      expect(isRecovery).toBe('false');
      expect(() =>
        storage.transact((writer) => {
          beginEpoch(writer, seededRandom(5), { at: 7, isRecovery: true });
          expect(writer.relayClient()).not.toBe(client);
          throw new RangeError('no');
        }),
      ).toThrow(RangeError);
      expect(state().slice(0, 2)).toEqual([epoch, client]);
      storage.transact((writer) => beginEpoch(writer, seededRandom(5), { at: 7, isRecovery: true }));
      const [nextEpoch, nextClient, beganAt, isNextRecovery] = state();
      expect(nextEpoch).not.toBe(epoch);
      expect(nextClient).not.toBe(client);
      expect([beganAt, isNextRecovery]).toEqual(['7', 'true']);
    });

    test('[GT93] binds a client id to the first device that claims it', () => {
      const storage = filled();
      storage.transact((writer) => {
        writer.claim(DOCUMENT, 77, 'd1');
        writer.claim(DOCUMENT, 77, 'd2');
      });
      storage.read((reader) => {
        expect(reader.clientOwner(DOCUMENT, 77)).toBe('d1');
        expect(reader.clientOwner(DOCUMENT, 78)).toBeNull();
        expect(reader.clientOwner('household/h2', 77)).toBeNull();
      });
    });

    directoryContract(open);
    accountsContract(filled);
    quarantineContract(filled);

    test('answers who has which area, each as what they are', () => {
      const storage = filled();
      const assignment = { area: AREA, officer: 'p1', supervisor: null, target: 3, dueDate: '' };
      storage.transact((writer) => {
        const [id, role] = ['p2', 'supervisor'] as const;
        writer.addPerson({ id, userName: id, name: 'Sari', role, code: '', passwordHash: 'x' });
        writer.putAssignment(assignment);
        writer.access.putAssignedBeside(AREA, { officers: [], supervisors: ['p2'] });
      });
      storage.read((reader) => {
        expect(reader.assignmentsOf({ id: 'p1', role: 'officer' })).toEqual([assignment]);
        expect(reader.assignmentsOf({ id: 'p1', role: 'supervisor' })).toEqual([]);
        expect(reader.assignmentsOf({ id: 'p2', role: 'supervisor' })).toEqual([assignment]);
        expect(reader.assignmentsOf({ id: 'p2', role: 'officer' })).toEqual([]);
        expect(reader.assignmentsOf({ id: 'p1', role: 'administrator' })).toEqual([]);
        expect(reader.assignments()).toEqual([assignment]);
      });
    });

    test('answers which areas and assignments lie in a part of the register', () => {
      const storage = filled();
      const region = { village: 'V', kecamatan: 'K', regency: 'R', province: 'P', codesAreMadeUp: true };
      const [north, south] = ['7103010001000100', '7103019001000100'];
      storage.transact((writer) => {
        for (const id of [south, north]) {
          writer.addArea({ id, name: 'JAGA', ...region });
          writer.putAssignment({ area: id, officer: null, supervisor: null, target: 1, dueDate: '' });
        }
      });
      storage.read((reader) => {
        for (const [within, found] of [
          [['7103010'], [north]],
          [
            ['7103019', '7103010', '7103010'],
            [north, south],
          ],
          [[south], [south]],
          [['7103'], [north, south]],
          [['71030100'], [north]],
          [['710302'], []],
          [[], []],
        ] as const) {
          expect(reader.areas(within).map(({ id }) => id)).toEqual(found);
          expect(reader.assignments(within).map(({ area }) => area)).toEqual(found);
        }
        expect(reader.areas().map(({ id }) => id)).toContain(south);
      });
    });

    test('keeps as what somebody had an area that is theirs no more', () => {
      const storage = filled();
      const former = { area: AREA, role: 'supervisor', endedAt: 5, lastCommit: 3 } as const;
      storage.transact(({ access }) => access.endAssignment('p1', former));
      expect(storage.read(({ access }) => access.formerAreasOf('p1'))).toEqual([former]);
      storage.transact(({ access }) => access.resumeAssignment('p1', AREA));
      expect(storage.read(({ access }) => access.formerAreasOf('p1'))).toEqual([]);
    });

    test('[GT92] keeps a bounded number of refused updates, cut to 64 KB, newest first', () => {
      const storage = filled();
      storage.transact((writer) => {
        for (let at = 1; at <= 60; at++) {
          writer.keepRefusal({
            at,
            document: DOCUMENT,
            person: 'p1',
            device: 'd1',
            code: 'forbidden',
            paths: ['answers/303'],
            bytes: new Uint8Array(100_000),
          });
        }
      });
      const kept = storage.read((reader) => reader.refusals(1000));
      expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, index) => 60 - index));
      expect(kept[0]).toMatchObject({ code: 'forbidden', paths: ['answers/303'] });
      expect(kept[0]?.bytes.byteLength).toBe(64 * 1024);
    });
  });
}
