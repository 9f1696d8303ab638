import { createReadStream, existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { IMPORT_COLUMNS, IMPORT_REASONS, type ImportFault, type ImportReport } from '@rukun/core/people';
import { hashPassword } from '../../auth/password.ts';
import { systemClock, systemRandom } from '../../monitoring/system.ts';
import { COMMAND_LINE } from '../../people/change-person.ts';
import { checkFile } from '../../people/check-file.ts';
import { hashPasswords, ImportPasswords, writePeople } from '../../people/import-people.ts';
import { slipsCsv } from '../../people/slips-csv.ts';
import { Staging } from '../../people/staging.ts';
import type { Storage } from '../../storage/storage.ts';
import { NewFile } from './new-file.ts';
import { withStorage, type PeopleCommand } from './open-people.ts';

/** From so many new people on it is told how far it has come. */
const LONG_IMPORT = 50;

/** `rukun people import`: all of a file or nothing. */
export const importFile: PeopleCommand = {
  usage: 'import FILE [--passwords OUT.csv] [--dry-run] [--data ./data]',
  means: 'adds and changes people from a CSV file; new ones get a one-time password, written to OUT.csv',
  operands: 1,
  async run(config, file, { passwords, 'dry-run': isDry = false }) {
    if (!existsSync(file)) return refuse(`there is no file ${file}`);
    const staging = new Staging();
    try {
      return await withStorage(config, 'keep', (storage) =>
        importInto(storage, staging, file, passwords, isDry),
      );
    } finally {
      staging.close();
    }
  },
};

async function importInto(
  storage: Storage,
  staging: Staging,
  file: string,
  out: string | undefined,
  isDry: boolean,
): Promise<number> {
  const report = await checkFile(createReadStream(file), storage, staging, COMMAND_LINE);
  if (report.faultyRows > 0) return refuse(faultTable(report));
  if (isDry) return tell(`would change: ${counts(report)}`);
  if (report.added === 0) {
    if (report.changed > 0) writePeople(system(storage), staging, COMMAND_LINE);
    return tell(counts(report));
  }
  if (out === undefined)
    return refuse(`${report.added} new people: say with --passwords OUT.csv where their passwords go`);
  // Before minutes of work: can the file be made at all?
  const probe = NewFile.make(out);
  if (typeof probe === 'string') return refuse(probe);
  probe.discard();
  const slips = new ImportPasswords(systemRandom);
  for await (const done of hashPasswords(staging, slips, hashOne, availableParallelism()))
    showProgress(done, report.added);
  const target = NewFile.make(out);
  if (typeof target === 'string') return refuse(target);
  let kept: string;
  try {
    for (const part of slipsCsv(slips.slips(staging))) target.write(part);
    target.sync();
    writePeople(system(storage), staging, COMMAND_LINE);
    kept = target.keep();
  } finally {
    target.discard();
  }
  const hint = `the one-time passwords are in ${kept}, and nowhere else: hand them out, then delete it`;
  return tell(`${counts(report)}\n${hint}`);
}

function system(storage: Storage) {
  return {
    storage,
    clock: systemClock,
    random: systemRandom,
  };
}

const hashOne = (password: string) => hashPassword(password, systemRandom);

function counts({ added, changed, unchanged }: ImportReport): string {
  return `${added} new, ${changed} changed, ${unchanged} as they were`;
}

function faultTable({ faults, faultyRows, rows }: ImportReport): string {
  const listed = new Set(faults.map(({ line }) => line)).size;
  const more = faultyRows > listed ? `\n… and ${faultyRows - listed} more rows` : '';
  const lines = faults.map(faultLine).join('\n');
  return `nothing was changed: ${faultyRows} of ${rows} rows have to be mended\n${lines}${more}`;
}

function faultLine({ line, column, reason }: ImportFault): string {
  const where = column === null ? `line ${line}` : `line ${line}, ${IMPORT_COLUMNS[column].en}`;
  return `${where}: ${IMPORT_REASONS[reason].en}`;
}

/** On a terminal as it goes, elsewhere every tenth, for files that take a while. */
function showProgress(done: number, of: number): void {
  const words = `${done} of ${of} passwords made`;
  if (process.stderr.isTTY) process.stderr.write(`\r${words}${done === of ? '\n' : ''}`);
  else if (of >= LONG_IMPORT && done % Math.floor(of / 10) === 0) console.error(words);
}

function tell(words: string): number {
  console.log(words);
  return 0;
}

function refuse(words: string): number {
  console.error(words);
  return 1;
}
