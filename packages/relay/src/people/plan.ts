import type { InstantMs } from '@rukun/core/foundation';
import { faultOfArea, faultOfCode, type PersonRow } from '@rukun/core/people';
import type { Doer } from '../auth/management.ts';
import type { PersonChanges } from '../storage/directory.ts';
import type { StoredPerson } from '../storage/records.ts';

/** What a row of a file means for the person it names. */
export type Plan =
  | { readonly kind: 'added' | 'unchanged' }
  | { readonly kind: 'changed'; readonly changes: PersonChanges };

/**
 * Compares a row with the person of that user name, if there is one. What the file does not say stays; a code or an area the new
 * role cannot have is emptied.
 */
export function planOf(person: StoredPerson | null, row: PersonRow, at: InstantMs): Plan {
  if (!person) return { kind: 'added' };
  const { name, role } = row;
  const code = row.code ?? (faultOfCode(role, person.code) ? '' : person.code);
  const area = row.area ?? (faultOfArea(role, person.area) ? '' : person.area);
  const isEnded = row.isEnded ?? person.endedAt !== null;
  const changes: PersonChanges = {
    ...(name === person.name ? {} : { name }),
    ...(role === person.role ? {} : { role }),
    ...(code === person.code ? {} : { code }),
    ...(area === person.area ? {} : { area }),
    ...(isEnded === (person.endedAt !== null) ? {} : { endedAt: isEnded ? at : null }),
  };
  return Object.keys(changes).length > 0 ? { kind: 'changed', changes } : { kind: 'unchanged' };
}

/** By how much a person changes the number of active administrators: 1, 0 or -1. */
export function administratorsGained(person: StoredPerson | null, changes: PersonChanges): number {
  const role = changes.role ?? person?.role;
  const endedAt = changes.endedAt === undefined ? (person?.endedAt ?? null) : changes.endedAt;
  const before = person?.role === 'administrator' && person.endedAt === null ? 1 : 0;
  return (role === 'administrator' && endedAt === null ? 1 : 0) - before;
}

/**
 * Whether somebody signed in would take an administrator's office or account away: who could, could reset the password of an equal
 * once they are none, and give the office back. It is done on the command line; everybody may lay down the own office.
 */
export function isAgainstEqual(person: StoredPerson | null, changes: PersonChanges, by: Doer): boolean {
  return by.person !== '' && by.person !== person?.id && administratorsGained(person, changes) < 0;
}
