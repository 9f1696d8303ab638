import type { Role } from '@rukun/core/foundation';
import type { StoredPerson } from './records.ts';

/** What an administrator may change about a person; absent: stays as it is. */
export type PersonChanges = Partial<Pick<StoredPerson, 'name' | 'role' | 'code' | 'area' | 'endedAt'>>;

/** Whom to list. */
export interface PeopleSearch {
  /** Part of the name, user name or code; '' for all. */
  readonly query: string;
  /** Null for all. */
  readonly role: Role | null;
  /** Person ids to stay within, or null for everybody. */
  readonly among: readonly string[] | null;
  readonly offset: number;
  readonly limit: number;
}

/** One page of people by name, and how many there are in all. */
export interface PeoplePage {
  readonly people: readonly StoredPerson[];
  readonly total: number;
}

/** Who can sign in, to be looked through. */
export interface DirectoryReader {
  /** Those a search finds: active ones before ended ones, by name. */
  find(search: PeopleSearch): PeoplePage;
  /** Those with one of these ids, by user name. */
  named(ids: readonly string[]): readonly StoredPerson[];
  /** Those of a role, by user name. */
  ofRole(role: Role): readonly StoredPerson[];
  /** How many have this role and may sign in. */
  countActive(role: Role): number;
}

/** The same, to be changed. */
export interface DirectoryWriter extends DirectoryReader {
  /** Leaves what is not named as it is. */
  change(person: string, changes: PersonChanges): void;
}
