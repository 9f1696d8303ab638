import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportReport, PasswordSlip } from '@rukun/core/people';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { changePerson, COMMAND_LINE } from '../../../packages/relay/src/people/change-person.ts';
import { checkFile } from '../../../packages/relay/src/people/check-file.ts';
import {
  hashPasswords,
  ImportOutdated,
  ImportPasswords,
  writePeople,
} from '../../../packages/relay/src/people/import-people.ts';
import { Staging } from '../../../packages/relay/src/people/staging.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const HEADER = 'nama pengguna;nama;peran;kode;keadaan\r\n';

class Import {
  readonly random = seededRandom(20261122);
  readonly clock = new VirtualClock();
  readonly database = new DatabaseSync(':memory:');
  readonly storage: Storage = SqliteStorage.over(this.database, this.random);
  hashed = 0;

  constructor() {
    onTestFinished(() => this.storage.close());
  }

  get parts() {
    return { storage: this.storage, clock: this.clock, random: this.random };
  }

  async hash(staging: Staging, passwords = new ImportPasswords(this.random)): Promise<ImportPasswords> {
    const hash = (password: string) => Promise.resolve(`hash of ${password}`);
    for await (const done of hashPasswords(staging, passwords, hash, 2)) this.hashed = done;
    return passwords;
  }

  async check(file: string | Uint8Array | readonly (string | Uint8Array)[], staging = this.staging()) {
    return checkFile(
      pieces(typeof file === 'string' || file instanceof Uint8Array ? [file] : file),
      this.storage,
      staging,
      { person: '', device: '' },
    );
  }

  staging(): Staging {
    const staging = new Staging();
    onTestFinished(() => staging.close());
    return staging;
  }

  /** The whole of it, as the command line and the route do it. */
  async run(file: string): Promise<{ report: ImportReport; slips: readonly PasswordSlip[] }> {
    const staging = this.staging();
    const report = await this.check(file, staging);
    if (report.faultyRows > 0) return { report, slips: [] };
    const passwords = await this.hash(staging);
    writePeople(this.parts, staging, COMMAND_LINE);
    return { report, slips: [...passwords.slips(staging)] };
  }

  people() {
    return this.storage
      .read((reader) => reader.people())
      .map(({ userName, name, role, code, endedAt }) => [userName, name, role, code, endedAt !== null]);
  }

  events(): string[] {
    return this.database
      .prepare(
        "SELECT kind, details FROM audit WHERE kind IN ('role-changed', 'people-imported') ORDER BY seq",
      )
      .all()
      .map(({ kind }) => String(kind));
  }
}

async function* pieces(parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

test('a file of people is imported: new ones get a one-time password each', async () => {
  const on = new Import();
  const { report, slips } = await on.run(
    `${HEADER}admin1;Grace Lumi;administrator;;\r\npengawas1;"Tono; S.Pd";Pengawas (PML);010;\r\npetugas1;Ani;PPL;0101;aktif\r\n`,
  );
  expect(report).toEqual({ rows: 3, added: 3, changed: 0, unchanged: 0, faultyRows: 0, faults: [] });
  expect(on.people()).toEqual([
    ['admin1', 'Grace Lumi', 'administrator', '', false],
    ['pengawas1', 'Tono; S.Pd', 'supervisor', '010', false],
    ['petugas1', 'Ani', 'officer', '0101', false],
  ]);
  expect(slips.map(({ userName }) => userName)).toEqual(['admin1', 'pengawas1', 'petugas1']);
  expect(new Set(slips.map(({ password }) => password)).size).toBe(3);
  const stored = on.storage.read((reader) => reader.personByUserName('petugas1'));
  expect(stored?.passwordHash).toBe(`hash of ${slips[2]?.password}`);
});

test('the same file again changes nothing; a changed one changes just that', async () => {
  const on = new Import();
  const file = `${HEADER}admin1;Grace Lumi;administrator;;\npetugas1;Ani;petugas;0101;\npetugas2;Budi;petugas;0102;\n`;
  await on.run(file);
  const before = on.storage.read((reader) => reader.people());
  const { report: again } = await on.run(file);
  expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  expect(on.storage.read((reader) => reader.people())).toEqual(before);
  expect(on.hashed).toBe(3);

  const { report, slips } = await on.run(
    'user name,name,role\npetugas1,Ani Wowor,supervisor\npetugas2,Budi,officer\n',
  );
  expect(report).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  expect(slips).toEqual([]);
  expect(on.people().slice(1)).toEqual([
    // A supervisor's code has three characters: the officer's four are emptied.
    ['petugas1', 'Ani Wowor', 'supervisor', '', false],
    ['petugas2', 'Budi', 'officer', '0102', false],
  ]);
});

test('each import, each role given, changed and taken is in the audit log', async () => {
  const on = new Import();
  await on.run(`${HEADER}admin1;Grace;administrator;;\npetugas1;Ani;petugas;;\n`);
  await on.run(`${HEADER}petugas1;Ani W;petugas;;\n`);
  await on.run(`${HEADER}petugas1;Ani W;pengawas;;\n`);
  await on.run(`${HEADER}petugas1;Ani W;pengawas;;selesai\n`);
  expect(on.events()).toEqual([
    'role-changed',
    'role-changed',
    'people-imported',
    'people-imported',
    'role-changed',
    'people-imported',
    'role-changed',
    'people-imported',
  ]);
});

test.each<
  [string, string | readonly (string | Uint8Array)[], readonly (readonly [number, string | null, string])[]]
>([
  ['nothing at all', '', [[1, null, 'empty-file']]],
  ['a header only', HEADER, [[1, null, 'empty-file']]],
  [
    'no header',
    'ani;Ani;petugas\n',
    [
      [1, null, 'column-unknown'],
      [1, 'userName', 'column-missing'],
      [1, 'name', 'column-missing'],
      [1, 'role', 'column-missing'],
    ],
  ],
  ['a column that is not ours', 'username,nama,peran,no hp\nani,Ani,ppl,08\n', [[1, null, 'column-unknown']]],
  ['a column twice', 'username,nama,name,peran\nani,Ani,Ani,ppl\n', [[1, 'name', 'column-twice']]],
  [
    'UTF-16, as “Unicode text” is saved',
    [Buffer.from('\uFEFFusername,nama,peran\n', 'utf16le')],
    [[1, null, 'not-utf-8']],
  ],
  [
    'a row in another encoding',
    [`${HEADER}ani;Ani;ppl;;\nrene;Ren`, Buffer.from([0xe9]), ';ppl;;\n'],
    [[3, null, 'not-utf-8']],
  ],
  [
    'a line break in a cell',
    `${HEADER}ani;"Ani\nWowor";ppl;;\nb;Budi;ppl;;\n`,
    [
      [2, null, 'broken-quotes'],
      [3, 'userName', 'user-name-form'],
    ],
  ],
  [
    'a quotation mark never closed',
    `${HEADER}ani;Ani;ppl;;\n"budi;Budi;ppl;;\ncici;Cici;ppl;;\n`,
    [[3, null, 'open-quote']],
  ],
  ['more cells than columns', `${HEADER}ani;Ani;ppl;;;x\n`, [[2, null, 'too-many-cells']]],
  ['one user name twice', `${HEADER}ani;Ani;ppl;;\n\nANI;Ani;pml;;\n`, [[4, 'userName', 'user-name-twice']]],
  [
    'a bad cell',
    `${HEADER};;;;\r\nani;;koki;;\r\n`,
    [
      [3, 'name', 'missing'],
      [3, 'role', 'role-unknown'],
    ],
  ],
])('nothing is taken of a file with %s', async (_, file, faults) => {
  const on = new Import();
  const report = await on.check(file);
  expect(report.faults.map(({ line, column, reason }) => [line, column, reason])).toEqual(faults);
  expect(on.people()).toEqual([]);
});

test.each([
  ['commas', 'username,nama,peran\nani,Ani,ppl\n'],
  ['semicolons', 'username;nama;peran\nani;Ani;ppl\n'],
  ['a BOM', '\uFEFFusername;nama;peran\nani;Ani;ppl\n'],
  ['CRLF', 'username;nama;peran\r\nani;Ani;ppl\r\n'],
  ['no line end at the end', 'username;nama;peran\nani;Ani;ppl'],
  ['quotes', '"username";"nama";"peran"\n"ani";"Ani";"ppl"\n'],
  ['empty columns and rows a spreadsheet leaves', 'username;nama;peran;;\nani;Ani;ppl;;\n;;;;\n\n'],
])('a file with %s is read', async (_, file) => {
  const on = new Import();
  const bytes = Buffer.from(file);
  const oneByOne = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const expected = { rows: 1, added: 1, faultyRows: 0 };
  expect(await on.check(file)).toMatchObject(expected);
  expect(await on.check(oneByOne)).toMatchObject(expected);
});

test('one percent of bad rows: each is told by its line, the rest is counted, nothing is taken', async () => {
  const on = new Import();
  const rows = Array.from({ length: 20_000 }, (_, index) =>
    index % 100 === 37 ? `p${index};;ppl;;` : `p${index + 100};Orang ${index};ppl;;`,
  );
  const report = await on.check(`${HEADER}${rows.join('\n')}`);
  expect(report).toMatchObject({ rows: 20_000, added: 19_800, faultyRows: 200 });
  expect(report.faults.slice(0, 2)).toEqual([
    { line: 39, column: 'name', reason: 'missing' },
    { line: 139, column: 'name', reason: 'missing' },
  ]);
});

test('of many bad rows the first thousand are told', async () => {
  const report = await new Import().check(HEADER + ';x;\n'.repeat(1500));
  expect(report.faultyRows).toBe(1500);
  expect(report.faults).toHaveLength(1000);
});

test('nobody takes the last administrator away', async () => {
  const on = new Import();
  await on.run(`${HEADER}admin1;Grace;administrator;;\nadmin2;Tono;administrator;;\n`);
  const gone = `${HEADER}admin1;Grace;petugas;;\nadmin2;Tono;administrator;;selesai\n`;
  const { report } = await on.run(gone);
  expect(report.faults.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'last-administrator'],
    [3, 'last-administrator'],
  ]);
  const { report: replaced } = await on.run(`${gone}admin3;Rini;administrator;;\n`);
  expect(replaced.faults).toEqual([]);
  expect(on.people().map(([userName, , role, , isEnded]) => [userName, role, isEnded])).toEqual([
    ['admin1', 'officer', false],
    ['admin2', 'administrator', true],
    ['admin3', 'administrator', false],
  ]);
});

test('who was added by somebody else between check and writing makes the whole import fail', async () => {
  const on = new Import();
  const staging = on.staging();
  await on.check(`${HEADER}ani;Ani;ppl;;\nbudi;Budi;ppl;;\n`, staging);
  await on.hash(staging);
  await on.run(`${HEADER}budi;Budi;ppl;;\n`);
  expect(() => writePeople(on.parts, staging, COMMAND_LINE)).toThrow(ImportOutdated);
  expect(on.people().map(([userName]) => userName)).toEqual(['budi']);
});

test('who leaves is shut out: no sign-in, no session; their devices are revoked, others are not', async () => {
  const { url, storage, relay } = await openRelay();
  const [ani, budi] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'budi')];
  const { clock } = relay.context;
  const leave = (endedAt: number | null) =>
    storage.transact((writer) => {
      const person = writer.person('ani');
      if (!person) throw new Error('no ani');
      return changePerson(writer, person, { endedAt }, COMMAND_LINE, clock.now());
    });
  expect(leave(clock.now())).toEqual([ani.me.device.id]);
  expect(await (await ani.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });
  expect((await budi.fetch('/api/me')).status).toBe(200);
  await expect(TestDevice.signIn(url, 'ani')).rejects.toThrow('401');
  leave(null);
  expect((await TestDevice.signIn(url, 'ani')).me.person.id).toBe('ani');
});
