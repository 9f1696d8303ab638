export { ERRORS, ERROR_CODES, isErrorCode, type ErrorCode } from './errors.ts';
export { ok, fail, type Result, type Failure } from './result.ts';
export type { Clock, Random, Log, InstantMs } from './ports.ts';
