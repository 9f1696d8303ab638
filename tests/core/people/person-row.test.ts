import { expect, test } from 'vitest';
import { ROLES, type Role } from '@rukun/core/foundation';
import {
  COLUMN_NAMES,
  columnOfHeader,
  csvLine,
  IMPORT_COLUMNS,
  readPersonRow,
  roleOfWord,
  type ImportColumn,
} from '@rukun/core/people';

const GOOD = {
  userName: 'petugas9',
  name: 'Maria Wowor',
  role: 'petugas',
  code: '0909',
  area: '',
  state: '',
};

function read(changes: Partial<Record<ImportColumn, string>>) {
  return readPersonRow(new Map(Object.entries({ ...GOOD, ...changes }) as [ImportColumn, string][]));
}

test('a header is read in both languages, whatever its case and whether with spaces or underscores', () => {
  for (const name of COLUMN_NAMES) {
    const { id, en } = IMPORT_COLUMNS[name];
    for (const word of [id, en, id.toUpperCase(), ` ${en.replaceAll(' ', '_')} `])
      expect(columnOfHeader(word)).toBe(name);
  }
  expect(columnOfHeader('nomor hp')).toBeNull();
});

test('a role is read by its id and by the words of the screens, with or without what is in brackets', () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    for (const word of [role, ROLES[role].id, ROLES[role].en.toUpperCase()])
      expect(roleOfWord(` ${word} `)).toBe(role);
  }
  expect(['petugas', 'PPL', 'pengawas', 'pml'].map(roleOfWord)).toEqual([
    'officer',
    'officer',
    'supervisor',
    'supervisor',
  ]);
  expect(roleOfWord('kepala')).toBeNull();
});

test('a row is normalized: user name in lower case, single spaces in the name', () => {
  expect(read({ userName: ' Petugas9 ', name: ' Maria   Wowor ', state: 'Selesai' })).toEqual({
    userName: 'petugas9',
    name: 'Maria Wowor',
    role: 'officer',
    code: '0909',
    area: '',
    isEnded: true,
  });
});

test('what a file has no column for is not said', () => {
  const cells = new Map<ImportColumn, string>([
    ['userName', 'admin1'],
    ['name', 'Tono'],
    ['role', 'administrator'],
  ]);
  expect(readPersonRow(cells)).toMatchObject({ code: null, area: null, isEnded: null });
});

test('a coordinator has a kecamatan, an administrator a regency or everything', () => {
  expect(read({ role: 'koseka', code: '', area: ' 7102990 ' })).toMatchObject({ area: '7102990' });
  expect(read({ role: 'administrator', code: '', area: '7102' })).toMatchObject({ area: '7102' });
  expect(read({ role: 'administrator', code: '', area: '' })).toMatchObject({ area: '' });
  const cells = { userName: 'koseka1', name: 'Tono', role: 'Koseka' };
  const row = readPersonRow(new Map(Object.entries(cells) as [ImportColumn, string][]));
  expect(row).toEqual({ faults: [{ column: 'area', reason: 'area-missing' }] });
});

test.each<[Partial<Record<ImportColumn, string>>, ImportColumn, string]>([
  [{ userName: '' }, 'userName', 'missing'],
  [{ userName: 'ab' }, 'userName', 'user-name-form'],
  [{ userName: 'petugas satu' }, 'userName', 'user-name-form'],
  [{ userName: '=cmd' }, 'userName', 'user-name-form'],
  [{ userName: '7102010101900001' }, 'userName', 'user-name-nik'],
  [{ name: ' ' }, 'name', 'missing'],
  [{ name: 'M' }, 'name', 'name-form'],
  [{ name: 'M'.repeat(101) }, 'name', 'name-form'],
  [{ name: 'Maria\u0007Wowor' }, 'name', 'name-form'],
  [{ role: '' }, 'role', 'missing'],
  [{ role: 'kepala' }, 'role', 'role-unknown'],
  [{ code: '09091' }, 'code', 'code-form'],
  [{ code: '09-1' }, 'code', 'code-form'],
  [{ role: 'pengawas', code: '0909' }, 'code', 'code-form'],
  [{ role: 'koseka', code: '09', area: '7102990' }, 'code', 'code-role'],
  [{ role: 'koseka', code: '', area: '' }, 'area', 'area-missing'],
  [{ role: 'koseka', code: '', area: '7102' }, 'area', 'area-form'],
  [{ role: 'koseka', code: '', area: '71029x0' }, 'area', 'area-form'],
  [{ role: 'administrator', code: '', area: '7102990' }, 'area', 'area-form'],
  [{ area: '7102990' }, 'area', 'area-role'],
  [{ state: 'cuti' }, 'state', 'state-unknown'],
])('%j is told: %s, %s', (changes, column, reason) => {
  expect(read(changes)).toEqual({ faults: [{ column, reason }] });
});

test('everything wrong in a row is told at once', () => {
  expect(read({ userName: '', name: '', role: 'x', state: 'y' })).toEqual({
    faults: [
      { column: 'userName', reason: 'missing' },
      { column: 'name', reason: 'missing' },
      { column: 'role', reason: 'role-unknown' },
      { column: 'state', reason: 'state-unknown' },
    ],
  });
});

test('a cell that a spreadsheet would run as a formula is written as text', () => {
  expect(csvLine(['=1+1', '+62', '-a', '@b', 'a;b', 'x"y', 'plain'])).toBe(
    `'=1+1,'+62,'-a,'@b,"a;b","x""y",plain\r\n`,
  );
});
