import { expect, test } from 'vitest';
import type { Role } from '@rukun/core/foundation';
import type { Storage } from '@rukun/relay';

const PEOPLE: readonly (readonly [id: string, name: string, role: Role, code: string])[] = [
  ['p1', 'budi Lumi', 'officer', '0101'],
  ['p2', 'Ani 100%', 'officer', '0102'],
  ['p3', 'Citra', 'supervisor', '010'],
  ['p4', 'Dedi', 'administrator', ''],
];

/** What lists of people rely on. `open` gives an empty storage. */
export function directoryContract(open: () => Storage): void {
  const filled = (): Storage => {
    const storage = open();
    storage.transact((writer) => {
      for (const [id, name, role, code] of PEOPLE)
        writer.addPerson({ id, userName: `user.${id}`, name, role, code, passwordHash: 'x' });
    });
    return storage;
  };
  const everybody = { query: '', role: null, among: null, offset: 0, limit: 10 } as const;
  const find = (storage: Storage, changes: object = {}) => {
    const page = storage.read(({ directory }) => directory.find({ ...everybody, ...changes }));
    return [page.total, ...page.people.map(({ id }) => id)];
  };

  test('people are found by name whatever its case, by user name and code, by role, and within some', () => {
    const storage = filled();
    expect(find(storage)).toEqual([4, 'p2', 'p1', 'p3', 'p4']);
    expect(find(storage, { query: 'LUMI' })).toEqual([1, 'p1']);
    expect(find(storage, { query: 'user.p3' })).toEqual([1, 'p3']);
    expect(find(storage, { query: '010' })).toEqual([3, 'p2', 'p1', 'p3']);
    expect(find(storage, { query: '%' })).toEqual([1, 'p2']);
    expect(find(storage, { query: '_' })).toEqual([0]);
    expect(find(storage, { role: 'officer' })).toEqual([2, 'p2', 'p1']);
    expect(find(storage, { among: ['p1', 'p4', 'p9'] })).toEqual([2, 'p1', 'p4']);
    expect(find(storage, { among: [] })).toEqual([0]);
  });

  test('people are found by their ids, each once, and by role', () => {
    const ids = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id);
    filled().read(({ directory }) => {
      expect(ids(directory.named(['p3', 'p1', 'p9', 'p1', '']))).toEqual(['p1', 'p3']);
      expect(directory.named([])).toEqual([]);
      expect(ids(directory.ofRole('officer'))).toEqual(['p1', 'p2']);
      expect(directory.ofRole('coordinator')).toEqual([]);
    });
  });

  test('a page says how many there are in all', () => {
    const storage = filled();
    expect(find(storage, { offset: 2, limit: 1 })).toEqual([4, 'p3']);
    expect(find(storage, { offset: 9 })).toEqual([4]);
  });

  test('what is named of a person is changed, the rest stays; who left comes last and does not count', () => {
    const storage = filled();
    const administrators = () => storage.read(({ directory }) => directory.countActive('administrator'));
    expect(administrators()).toBe(1);
    storage.transact(({ directory }) => {
      directory.change('p2', { endedAt: 7 });
      directory.change('p3', { name: 'Citra L', role: 'administrator', code: '', area: '7102' });
    });
    expect(find(storage)).toEqual([4, 'p1', 'p3', 'p4', 'p2']);
    expect(storage.read((reader) => reader.person('p2'))).toMatchObject({ name: 'Ani 100%', endedAt: 7 });
    expect(storage.read((reader) => reader.person('p3'))).toMatchObject({
      userName: 'user.p3',
      name: 'Citra L',
      role: 'administrator',
      code: '',
      area: '7102',
      endedAt: null,
    });
    expect(administrators()).toBe(2);
    storage.transact(({ directory }) => {
      directory.change('p4', { endedAt: 8 });
      directory.change('p2', { endedAt: null });
    });
    expect(administrators()).toBe(1);
    expect(find(storage)).toEqual([4, 'p2', 'p1', 'p3', 'p4']);
  });
}
