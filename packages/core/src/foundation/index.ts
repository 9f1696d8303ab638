export { ERRORS, ERROR_CODES, isErrorCode, type ErrorCode } from './errors.ts';
export { ok, fail, type Result, type Failure } from './result.ts';
export type { Clock, Random, Log, LogFields, InstantMs } from './ports.ts';
export { Computed, Value, type Observable } from './value.ts';
export { ROLES, isRole, type Role } from './roles.ts';
export { ERASED_PREFIX, OTHER_PREFIX, otherRoot } from './standing-roots.ts';
export {
  UNKNOWN_PART,
  addDays,
  addMonths,
  compareDates,
  completedYears,
  completedYearsRange,
  dateParts,
  daysInMonth,
  earliestDay,
  isLocalDate,
  isPartialDate,
  isYearMonth,
  latestDay,
  localDate,
  monthOf,
  monthRange,
  parseLocalDate,
  parsePartialDate,
  parseYearMonth,
  partialDateFromDigits,
  yearMonth,
  yearMonthFromDigits,
  type LocalDate,
  type PartialDate,
  type YearMonth,
} from './dates.ts';
