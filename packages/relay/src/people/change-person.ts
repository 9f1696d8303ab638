import type { InstantMs } from '@rukun/core/foundation';
import { recordEvent } from '../audit/record.ts';
import { revokeDevice, type Doer } from '../auth/management.ts';
import type { PersonChanges } from '../storage/directory.ts';
import type { StoredPerson } from '../storage/records.ts';
import type { StorageWriter } from '../storage/storage.ts';

const IS_OVER: ReadonlySet<string | undefined> = new Set(['revoked', 'signed-out']);

/** Somebody who works on the machine of the relay itself. */
export const COMMAND_LINE: Doer = { person: '', device: '' };

/**
 * Changes a person in the transaction of the caller, and tells the audit log which role they have from now on. Returns the devices
 * whose sessions it ended: all of someone's who may no longer sign in.
 */
export function changePerson(
  writer: StorageWriter,
  person: StoredPerson,
  changes: PersonChanges,
  by: Doer,
  at: InstantMs,
): readonly string[] {
  writer.directory.change(person.id, changes);
  const after = { ...person, ...changes };
  const [from, to] = [roleInUse(person), roleInUse(after)];
  if (from !== to || after.area !== person.area)
    recordEvent(writer, { kind: 'role-changed', subject: person.id, from, to, ...by });
  return changes.endedAt ? shutOut(writer, person.id, by, at) : [];
}

/**
 * Their devices hand in what was not stored at the next contact, and then wipe themselves: also those that a new password or a copied
 * token signed out. One that its owner signed out has nothing any more.
 */
function shutOut(writer: StorageWriter, person: string, by: Doer, at: InstantMs): readonly string[] {
  const devices = writer.accounts.devicesOf(person).filter(({ end }) => !IS_OVER.has(end?.reason));
  for (const device of devices) revokeDevice(writer, device, by, at);
  return devices.map(({ id }) => id);
}

function roleInUse({ role, endedAt }: Pick<StoredPerson, 'role' | 'endedAt'>): StoredPerson['role'] | '' {
  return endedAt === null ? role : '';
}
