import { expect, test } from 'vitest';
import type { DocumentName } from '@rukun/core/protocol';
import type { Storage } from '@rukun/relay';
import { recordEvent } from '../../packages/relay/src/audit/record.ts';

const BY = { person: 'p1', device: 'd1' };
const [H1, H2]: readonly [DocumentName, DocumentName] = ['household/h1', 'household/h2'];

/** What the audit log relies on in a storage. `open` gives an empty one. */
export function auditLogContract(open: () => Storage): void {
  test('the audit log starts empty and grows by one entry an event', () => {
    const storage = open();
    expect(storage.read((reader) => reader.auditHead().seq)).toBe(0);
    storage.transact((writer) => {
      recordEvent(writer, { kind: 'signed-in', ...BY });
      recordEvent(writer, { kind: 'signed-out', ...BY });
      expect(writer.auditHead().seq).toBe(2);
    });
    const head = storage.read((reader) => reader.auditHead());
    expect(head.seq).toBe(2);
    storage.transact((writer) => recordEvent(writer, { kind: 'signed-in', ...BY }));
    expect(storage.read((reader) => reader.auditHead().hash)).not.toEqual(head.hash);
  });

  test('an entry is stored with what it tells of, or not at all', () => {
    const storage = open();
    const failing = () =>
      storage.transact((writer) => {
        recordEvent(writer, { kind: 'signed-in', ...BY });
        recordEvent(writer, { kind: 'read', ...BY, role: 'officer', how: 'live', documents: [H1] });
        throw new Error('full');
      });
    expect(failing).toThrow('full');
    storage.read((reader) => {
      expect(reader.auditHead().seq).toBe(0);
      expect(reader.readersOf(H1, 9)).toEqual([]);
    });
    storage.transact((writer) => recordEvent(writer, { kind: 'signed-in', ...BY }));
    expect(storage.read((reader) => reader.auditHead().seq)).toBe(1);
  });

  test('who read a document is told latest first, a page at a time', () => {
    const storage = open();
    const read = (person: string, how: 'exchange' | 'history', documents: DocumentName[]) =>
      storage.transact((writer) =>
        recordEvent(writer, { kind: 'read', person, device: 'd', role: 'supervisor', how, documents }),
      );
    read('p1', 'exchange', [H1, H2, H1]);
    read('p2', 'history', [H2]);
    read('p3', 'exchange', [H2]);
    storage.read((reader) => {
      expect(reader.readersOf(H1, 9).map(({ person }) => person)).toEqual(['p1']);
      expect(reader.readersOf('household/nobody', 9)).toEqual([]);
      const page = reader.readersOf(H2, 2);
      expect(page).toMatchObject([
        { entry: 3, person: 'p3', role: 'supervisor', how: 'exchange' },
        { entry: 2, person: 'p2', device: 'd', how: 'history' },
      ]);
      expect(reader.readersOf(H2, 2, 2).map(({ person }) => person)).toEqual(['p1']);
    });
  });

  test('a transaction that appends to the log of documents is told of once', () => {
    const storage = open();
    const author = { source: 'device', person: 'p1', device: 'd1', deviceAt: 1, receivedAt: 2 } as const;
    storage.transact((writer) => {
      writer.addDocument(H1, 'household', '7102990001000100');
      for (const byte of [1, 2, 3])
        writer.append({ document: H1, update: Uint8Array.of(byte), marks: [], ...author });
    });
    expect(storage.read((reader) => reader.auditHead().seq)).toBe(1);
    storage.transact((writer) => writer.setSetting('a', 'b'));
    expect(storage.read((reader) => reader.auditHead().seq)).toBe(1);
  });
}
