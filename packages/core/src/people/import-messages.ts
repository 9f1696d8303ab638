import type { ErrorCode, Role } from '../foundation/index.ts';
import type { ImportFault } from './reasons.ts';

/** What a file would change, or has changed. */
export interface ImportReport {
  /** Rows of people; empty ones are not counted. */
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows with something wrong. If there is one, nothing of the file is taken. */
  readonly faultyRows: number;
  /** What is wrong, by line; the first {@link MOST_LISTED_FAULTS}. */
  readonly faults: readonly ImportFault[];
}

/** Beyond these, bad rows are only counted. */
export const MOST_LISTED_FAULTS = 1000;

/** One new person's slip of paper: the one-time password is nowhere else. */
export interface PasswordSlip {
  readonly userName: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/**
 * One line of the answer to `POST /api/people/import`, newline-separated JSON. `progress` any number of times, `slip` one per new
 * person before anybody is stored, `report` last of all; or `failure`, then nothing was changed and the slips are void. Whoever hears
 * neither asks with `check` what became of it.
 */
export type ImportLine =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | ({ readonly kind: 'slip' } & PasswordSlip)
  | { readonly kind: 'report'; readonly report: ImportReport; readonly isImported: boolean }
  | { readonly kind: 'failure'; readonly code: ErrorCode };
