import { fail, isRole, ok, type InstantMs, type Result } from '@rukun/core/foundation';
import { faultOfArea, faultOfCode, faultOfName, normalizeName, type PersonPatch } from '@rukun/core/people';
import { projectPeople } from '../access/board-projection.ts';
import type { PersonChanges } from '../storage/directory.ts';
import type { StoredPerson } from '../storage/records.ts';
import type { StorageWriter } from '../storage/storage.ts';
import type { Doer } from '../auth/management.ts';
import { changePerson } from './change-person.ts';
import { administratorsGained, isAgainstEqual } from './plan.ts';

/** Reads what is to change; `malformed` with the fields that are not of the documented form. */
export function readPatch(body: Readonly<Record<string, unknown>>): Result<PersonPatch> {
  const { name, role, code, area, isEnded } = body;
  const isText = (value: unknown) => value === undefined || typeof value === 'string';
  const wrong = [
    isText(name) ? '' : 'name',
    role === undefined || isRole(role) ? '' : 'role',
    isText(code) ? '' : 'code',
    isText(area) ? '' : 'area',
    isEnded === undefined || typeof isEnded === 'boolean' ? '' : 'isEnded',
  ].filter(Boolean);
  return wrong.length > 0 ? fail('malformed', wrong) : ok(body as PersonPatch);
}

/**
 * Changes one person, in the transaction of the caller. `bad-content` with field and reason (`code/code-form`,
 * `role/last-administrator`, the reasons of files); else the devices whose sessions ended.
 */
export function patchPerson(
  writer: StorageWriter,
  person: StoredPerson,
  patch: PersonPatch,
  by: Doer,
  at: InstantMs,
): Result<readonly string[]> {
  const role = patch.role ?? person.role;
  const name = normalizeName(patch.name ?? person.name);
  const code = patch.code?.trim() ?? (faultOfCode(role, person.code) ? '' : person.code);
  const area = patch.area?.trim() ?? (faultOfArea(role, person.area) ? '' : person.area);
  const isEnded = patch.isEnded ?? person.endedAt !== null;
  const changes: PersonChanges = {
    name,
    role,
    code,
    area,
    endedAt: isEnded ? (person.endedAt ?? at) : null,
  };
  const left = writer.directory.countActive('administrator') + administratorsGained(person, changes);
  const [nameFault, codeFault] = [faultOfName(name), faultOfCode(role, code)];
  // Who leaves may leave without one.
  const areaFault = isEnded && area === '' ? null : faultOfArea(role, area);
  const faults = [
    ...(nameFault ? [`name/${nameFault}`] : []),
    ...(codeFault ? [`code/${codeFault}`] : []),
    ...(areaFault ? [`area/${areaFault}`] : []),
    ...(isAgainstEqual(person, changes, by) ? ['role/other-administrator'] : []),
    ...(left === 0 ? ['role/last-administrator'] : []),
  ];
  if (faults.length > 0) return fail('bad-content', faults);
  const ended = changePerson(writer, person, changes, by, at);
  if (role !== person.role) projectPeople(writer, new Set([person.id]), at);
  return ok(ended);
}
