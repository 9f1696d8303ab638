import {
  COLUMN_NAMES,
  columnOfHeader,
  IMPORT_COLUMNS,
  MOST_LISTED_FAULTS,
  readPersonRow,
  type CellFault,
  type ImportColumn,
  type ImportFault,
  type ImportReport,
} from '@rukun/core/people';
import type { Doer } from '../auth/management.ts';
import type { Storage } from '../storage/storage.ts';
import { readCsv, type CsvRow } from './csv-rows.ts';
import { administratorsGained, isAgainstEqual, planOf, type Plan } from './plan.ts';
import type { Staging } from './staging.ts';

/** More people than one regency sends out; more come in several files. */
const MOST_IMPORTED_ROWS = 200_000;

/**
 * Reads a whole file of people, puts its good rows into the staging area and tells what it would change. Nothing is
 * stored. A file with a fault is read to its end nevertheless, so that all of it can be mended at once.
 */
export async function checkFile(
  bytes: AsyncIterable<Uint8Array>,
  storage: Storage,
  staging: Staging,
  by: Doer,
): Promise<ImportReport> {
  const check = new FileCheck(storage, staging, by);
  for await (const row of readCsv(bytes)) {
    if (!check.take(row)) break;
  }
  return check.report();
}

class FileCheck {
  readonly #storage: Storage;
  readonly #staging: Staging;
  readonly #by: Doer;
  readonly #faults: ImportFault[] = [];
  readonly #counts = { added: 0, changed: 0, unchanged: 0 };
  /** Column of each cell; null for a file whose header is no use. Undefined before the header. */
  #header: readonly ImportColumn[] | null | undefined;
  #rows = 0;
  #faultyRows = 0;
  #administratorsGained = 0;
  /** Where an administrator would be lost. */
  readonly #losses: ImportFault[] = [];

  constructor(storage: Storage, staging: Staging, by: Doer) {
    this.#storage = storage;
    this.#staging = staging;
    this.#by = by;
  }

  /** False if the rest of the file need not be read. */
  take({ line, cells, fault }: CsvRow): boolean {
    if (this.#header === undefined) {
      this.#header = fault ? null : this.#readHeader(line, cells);
      if (fault) this.#note(line, [{ column: null, reason: fault }]);
      return this.#header !== null;
    }
    if (!fault && cells.every((cell) => cell.trim() === '')) return true;
    this.#rows++;
    if (fault) this.#note(line, [{ column: null, reason: fault }]);
    else if (this.#rows > MOST_IMPORTED_ROWS) this.#note(line, [{ column: null, reason: 'too-many-rows' }]);
    else this.#takePerson(line, cells);
    return this.#rows <= MOST_IMPORTED_ROWS;
  }

  report(): ImportReport {
    if (this.#rows === 0 && this.#faultyRows === 0) this.#note(1, [{ column: null, reason: 'empty-file' }]);
    const administrators = this.#storage.read(({ directory }) => directory.countActive('administrator'));
    if (administrators > 0 && administrators + this.#administratorsGained <= 0) {
      for (const { line, column, reason } of this.#losses) this.#note(line, [{ column, reason }]);
      this.#faults.sort((a, b) => a.line - b.line);
    }
    return { rows: this.#rows, ...this.#counts, faultyRows: this.#faultyRows, faults: this.#faults };
  }

  #readHeader(line: number, cells: readonly string[]): readonly ImportColumn[] | null {
    const faults: { column: ImportColumn | null; reason: ImportFault['reason'] }[] = [];
    const titles = cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
    const columns = titles.map(columnOfHeader);
    if (columns.includes(null)) faults.push({ column: null, reason: 'column-unknown' });
    for (const column of COLUMN_NAMES) {
      const times = columns.filter((each) => each === column).length;
      if (times > 1) faults.push({ column, reason: 'column-twice' });
      if (times === 0 && IMPORT_COLUMNS[column].isRequired) faults.push({ column, reason: 'column-missing' });
    }
    if (faults.length > 0) this.#note(line, faults);
    return faults.length > 0 ? null : columns.filter((column) => column !== null);
  }

  #takePerson(line: number, cells: readonly string[]): void {
    const header = this.#header ?? [];
    if (cells.slice(header.length).some((cell) => cell.trim() !== '')) {
      this.#note(line, [{ column: null, reason: 'too-many-cells' }]);
      return;
    }
    const row = readPersonRow(new Map(header.map((column, index) => [column, cells[index] ?? ''])));
    if ('faults' in row) {
      this.#note(line, row.faults);
      return;
    }
    const person = this.#storage.read((reader) => reader.personByUserName(row.userName));
    const plan: Plan = planOf(person, row, 0);
    if (!this.#staging.add(line, row, plan.kind === 'added')) {
      this.#note(line, [{ column: 'userName', reason: 'user-name-twice' }]);
      return;
    }
    if (plan.kind === 'changed' && isAgainstEqual(person, plan.changes, this.#by)) {
      this.#note(line, [{ column: 'role', reason: 'other-administrator' }]);
      return;
    }
    this.#counts[plan.kind]++;
    const changes =
      plan.kind === 'changed' ? plan.changes : { role: row.role, endedAt: row.isEnded ? 0 : null };
    const gained = plan.kind === 'unchanged' ? 0 : administratorsGained(person, changes);
    this.#administratorsGained += gained;
    if (gained < 0) this.#losses.push({ line, column: 'role', reason: 'last-administrator' });
  }

  #note(line: number, faults: readonly (CellFault | Omit<ImportFault, 'line'>)[]): void {
    this.#faultyRows++;
    for (const { column, reason } of faults) {
      if (this.#faults.length < MOST_LISTED_FAULTS) this.#faults.push({ line, column, reason });
    }
  }
}
