export { COLUMN_NAMES, IMPORT_COLUMNS, columnOfHeader, type ImportColumn } from './columns.ts';
export { csvLine } from './csv-line.ts';
export { IMPORT_REASONS, isImportReason, type ImportFault, type ImportReason } from './reasons.ts';
export {
  MOST_LISTED_FAULTS,
  type ImportLine,
  type ImportReport,
  type PasswordSlip,
} from './import-messages.ts';
export {
  faultOfArea,
  faultOfCode,
  faultOfName,
  faultOfUserName,
  normalizeName,
  normalizeUserName,
  roleOfWord,
  type FieldFault,
} from './person-fields.ts';
export {
  PEOPLE_PAGE,
  type PeopleAnswer,
  type PeopleSearchRequest,
  type PersonEntry,
  type PersonPatch,
} from './people-messages.ts';
export { readPersonRow, type CellFault, type PersonRow } from './person-row.ts';
