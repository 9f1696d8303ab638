import type { ErrorCode } from './errors.ts';

/** An expected failure, as a value: a code from the closed list, and where it happened if that helps the reader. */
export interface Failure {
  readonly code: ErrorCode;
  /** Paths inside a document (`answers/303`, `member/k3f1/403`) or a field of the input. Never a personal value. */
  readonly paths?: readonly string[];
  /** How long the other side asks to be left alone, ms. */
  readonly waitMs?: number;
}

/** Either a value or an expected failure. Bugs throw instead. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Wraps a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps an expected failure. */
export function fail<T = never>(code: ErrorCode, paths?: readonly string[]): Result<T> {
  return { ok: false, failure: paths ? { code, paths } : { code } };
}
