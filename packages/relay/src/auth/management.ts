import { mayManage, type ManagementScope } from '@rukun/core/access';
import type { Assignment } from '@rukun/core/board';
import type { InstantMs, Random } from '@rukun/core/foundation';
import { recordEvent } from '../audit/record.ts';
import type { EnrolledDevice } from '../storage/accounts.ts';
import type { StoredPerson } from '../storage/records.ts';
import type { Storage, StorageReader, StorageWriter } from '../storage/storage.ts';
import { forgiveName } from './lock-out.ts';
import { drawOneTimePassword } from './one-time-password.ts';
import type { PasswordChecks } from './password-checks.ts';
import { boardOfArea, type Session } from './session.ts';

/** Who does it, by id; both '' for the command line. */
export interface Doer {
  readonly person: string;
  readonly device: string;
}

/**
 * The person behind an id that a session may manage, or null: whether there is one is not told. Every area of theirs must lie in the
 * manager's part: who writes somebody into one of the own areas has not thereby won them from the team or the kecamatan they are of.
 */
export function managedPerson(
  reader: StorageReader,
  { person: manager, actor }: Session,
  id: string,
): StoredPerson | null {
  const person = reader.person(id);
  if (!person) return null;
  const theirs = reader.assignmentsOf(person);
  const shared = new Set<ManagementScope>(['relay']);
  if (theirs.length > 0) {
    if (theirs.every(({ area }) => actor.boards.has(boardOfArea(area)))) shared.add('kecamatan');
    if (theirs.every((assignment) => isLedBy(reader, assignment, manager.id))) shared.add('team');
  }
  return mayManage(manager, person, shared) ? person : null;
}

/** Whether nobody else is the supervisor of an area, nor stands beside. */
function isLedBy(reader: StorageReader, { area, supervisor }: Assignment, manager: string): boolean {
  const { supervisors } = reader.access.assignedBeside(area);
  return supervisor === manager && supervisors.every((person) => person === manager);
}

/** A device that is the session's person's own or of somebody that person manages, or null. */
export function managedDevice(reader: StorageReader, session: Session, id: string): EnrolledDevice | null {
  const device = reader.accounts.enrolledDevice(id);
  if (!device) return null;
  const isOwn = device.person === session.person.id;
  return isOwn || managedPerson(reader, session, device.person) ? device : null;
}

/** Shuts a device out for good: at its next contact it hands in what was not stored and wipes itself. */
export function revokeDevice(
  writer: StorageWriter,
  { id, person: owner }: Pick<EnrolledDevice, 'id' | 'person'>,
  { person, device }: Doer,
  at: InstantMs,
): void {
  const isNew = writer.accounts.endDevice(id, { at, reason: 'revoked', by: person });
  if (isNew) recordEvent(writer, { kind: 'device-revoked', subject: id, owner, person, device });
}

/** Ends the sessions of a person's devices, all but one; what is on them stays. Returns those that were signed in. */
export function endDevicesOf(
  writer: StorageWriter,
  person: string,
  end: {
    readonly at: InstantMs;
    readonly reason: 'password-changed' | 'password-reset';
    readonly by: string;
  },
  except = '',
): string[] {
  const ended = writer.accounts
    .devicesOf(person)
    .filter(({ id, end: former }) => former === null && id !== except)
    .map(({ id }) => id);
  for (const id of ended) writer.accounts.endDevice(id, end);
  return ended;
}

export interface ResetParts {
  readonly storage: Storage;
  readonly passwords: PasswordChecks;
  readonly random: Random;
}

/** A password to be told once, and the devices that were signed in until now. */
export interface PasswordReset {
  readonly password: string;
  readonly ended: readonly string[];
}

/**
 * Gives a person a one-time password and ends all their sessions; what is on their devices stays and goes up after the next
 * sign-in. Waiting after failed sign-ins is over as well. `busy`: too many passwords at once, nothing was done; `not-found`: by the
 * time the password was made `isStillTheirs` no longer held, nothing was done.
 */
export async function resetPassword(
  { storage, passwords, random }: ResetParts,
  { id, userName }: Pick<StoredPerson, 'id' | 'userName'>,
  { person, device }: Doer,
  at: InstantMs,
  isStillTheirs: (reader: StorageReader) => boolean = () => true,
): Promise<PasswordReset | 'busy' | 'not-found'> {
  const password = drawOneTimePassword(random);
  const hash = await passwords.hash(password, random);
  if (hash === null) return 'busy';
  const ended = storage.transact((writer) => {
    if (!isStillTheirs(writer)) return null;
    writer.accounts.setPassword(id, hash, true);
    forgiveName(writer, userName);
    recordEvent(writer, { kind: 'password-reset', subject: id, person, device });
    return endDevicesOf(writer, id, { at, reason: 'password-reset', by: person });
  });
  return ended === null ? 'not-found' : { password, ended };
}
