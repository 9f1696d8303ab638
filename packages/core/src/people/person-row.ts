import type { Role } from '../foundation/index.ts';
import type { ImportColumn } from './columns.ts';
import {
  faultOfArea,
  faultOfCode,
  faultOfName,
  faultOfUserName,
  normalizeName,
  normalizeUserName,
  roleOfWord,
} from './person-fields.ts';
import type { ImportReason } from './reasons.ts';

/** One person as a file describes them; null: the file does not say, what is known stays. */
export interface PersonRow {
  readonly userName: string;
  readonly name: string;
  readonly role: Role;
  readonly code: string | null;
  readonly area: string | null;
  readonly isEnded: boolean | null;
}

export interface CellFault {
  readonly column: ImportColumn;
  readonly reason: ImportReason;
}

const STATES: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['aktif', false],
  ['active', false],
  ['selesai', true],
  ['berhenti', true],
  ['ended', true],
]);

/** Reads the cells of one row. A column the file does not have is absent from `cells`. */
export function readPersonRow(
  cells: ReadonlyMap<ImportColumn, string>,
): PersonRow | { readonly faults: readonly CellFault[] } {
  const cell = (column: ImportColumn) => (cells.get(column) ?? '').trim();
  const faults: CellFault[] = [];
  const note = (column: ImportColumn, reason: ImportReason | null) => {
    if (reason !== null) faults.push({ column, reason });
  };
  const userName = normalizeUserName(cell('userName'));
  note('userName', userName === '' ? 'missing' : faultOfUserName(userName));
  const name = normalizeName(cell('name'));
  note('name', name === '' ? 'missing' : faultOfName(name));
  const role = roleOfWord(cell('role'));
  if (role === null) note('role', cell('role') === '' ? 'missing' : 'role-unknown');
  const code = cells.has('code') ? cell('code') : null;
  if (role !== null) note('code', faultOfCode(role, code ?? ''));
  const area = cells.has('area') ? cell('area') : null;
  if (role !== null) note('area', faultOfArea(role, area ?? ''));
  const isEnded = STATES.get(cell('state').toLowerCase());
  if (isEnded === undefined) note('state', 'state-unknown');
  if (role === null || isEnded === undefined || faults.length > 0) return { faults };
  return { userName, name, role, code, area, isEnded };
}
