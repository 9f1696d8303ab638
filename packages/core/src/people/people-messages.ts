import type { Role } from '../foundation/index.ts';

/** `POST /api/people/search`: a search is personal data, so it is not in the address. */
export interface PeopleSearchRequest {
  /** Part of a name, user name or code; '' for everybody. */
  readonly query: string;
  /** Null for all roles. */
  readonly role: Role | null;
  /** From 0. */
  readonly page: number;
}

/** Somebody as lists of people show them. */
export interface PersonEntry {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly role: Role;
  /** Printed code, or ''. */
  readonly code: string;
  /** The beginning of the area codes a coordinator (7 digits) or an administrator (4, or '' for all) is there for, else ''. */
  readonly area: string;
  /** The one-time password was not replaced by an own one yet. */
  readonly mustChangePassword: boolean;
  /** Relay time, ms, when one of their devices was last seen; null: never. */
  readonly lastSeenAt: number | null;
  /** Devices that are signed in. */
  readonly devices: number;
  /** How long too many failed sign-ins still keep everybody from signing in as them, ms; 0: not at all. */
  readonly waitMs: number;
  /** Since when they may no longer sign in, or null. */
  readonly endedAt: number | null;
  /** Whether the one who asks may reset their password and revoke their devices. */
  readonly mayManage: boolean;
}

/** Answer to it: one page, by name, those who have left at the end. */
export interface PeopleAnswer {
  readonly people: readonly PersonEntry[];
  readonly total: number;
}

/** People on one page. */
export const PEOPLE_PAGE = 50;

/** `PATCH /api/people/:id`, by administrators: what is to change. */
export interface PersonPatch {
  readonly name?: string;
  readonly role?: Role;
  readonly code?: string;
  readonly area?: string;
  readonly isEnded?: boolean;
}
