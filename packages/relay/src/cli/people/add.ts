import { COLUMN_NAMES, IMPORT_COLUMNS, IMPORT_REASONS, type ImportColumn } from '@rukun/core/people';
import { hashPassword } from '../../auth/password.ts';
import { systemClock, systemRandom } from '../../monitoring/system.ts';
import { COMMAND_LINE } from '../../people/change-person.ts';
import { checkFile } from '../../people/check-file.ts';
import { hashPasswords, ImportPasswords, writePeople } from '../../people/import-people.ts';
import { Staging } from '../../people/staging.ts';
import type { Storage } from '../../storage/storage.ts';
import { withStorage, type PeopleCommand, type PeopleFlags } from './open-people.ts';

/** `rukun people add`: one new person; also the first administrator of a new relay. */
export const addPerson: PeopleCommand = {
  usage: 'add --user-name NAME --name NAME --role ROLE [--code CODE] [--area CODE] [--data ./data]',
  means: 'adds one person and prints their one-time password once; also the first administrator',
  operands: 0,
  async run(config, _, flags) {
    const staging = new Staging();
    try {
      return await withStorage(config, 'make', (storage) => add(storage, staging, flags));
    } finally {
      staging.close();
    }
  },
};

async function add(storage: Storage, staging: Staging, flags: PeopleFlags): Promise<number> {
  const { 'user-name': userName = '', name = '', role = '', code = '', area = '' } = flags;
  const cells: Record<ImportColumn, string> = { userName, name, role, code, area, state: '' };
  const report = await checkFile(
    asFile([COLUMN_NAMES.map((each) => IMPORT_COLUMNS[each].en), COLUMN_NAMES.map((each) => cells[each])]),
    storage,
    staging,
    COMMAND_LINE,
  );
  if (report.faults.length > 0) {
    for (const { column, reason } of report.faults)
      console.error(
        `${column ? `--${IMPORT_COLUMNS[column].en.replace(' ', '-')}: ` : ''}${IMPORT_REASONS[reason].en}`,
      );
    return 2;
  }
  if (report.added === 0) {
    console.error('there is somebody of this user name already; rukun people reset gives a new password');
    return 1;
  }
  const passwords = new ImportPasswords(systemRandom);
  const hash = (password: string) => hashPassword(password, systemRandom);
  for await (const done of hashPasswords(staging, passwords, hash, 1)) void done;
  writePeople({ storage, clock: systemClock, random: systemRandom }, staging, COMMAND_LINE);
  for (const { userName, password } of passwords.slips(staging)) {
    console.log(`added ${userName}; one-time password, shown only now:\n\n  ${password}\n`);
  }
  return 0;
}

async function* asFile(rows: readonly (readonly string[])[]): AsyncGenerator<Uint8Array> {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  yield Buffer.from(rows.map((row) => `${row.map(quoted).join(',')}\n`).join(''));
}
