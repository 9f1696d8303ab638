import type { InstantMs, Random } from '@rukun/core/foundation';
import { endDevicesOf } from '../auth/management.ts';
import { changePerson, COMMAND_LINE } from '../people/change-person.ts';
import type { AccessEnd } from '../storage/audit-store.ts';
import type { StorageWriter } from '../storage/storage.ts';
import { printEnd, withoutKnown } from './ends-file.ts';

/**
 * Ends in a database that was restored what had ended after the backup was made: nobody who was shut out, or has another password
 * since, comes in with what the backup knows. Passwords themselves are in no ledger: who changed theirs needs a new one. How many
 * ends there were.
 */
export function replayEnds(
  writer: StorageWriter,
  ledger: readonly AccessEnd[],
  random: Random,
  now: InstantMs,
): number {
  const ends = withoutKnown(ledger, new Set(writer.accessEnds(0).map(printEnd)));
  for (const end of ends) replay(writer, end, random, now);
  for (const id of stillAway(ends)) {
    const person = writer.person(id);
    if (person?.endedAt === null) changePerson(writer, person, { endedAt: now }, COMMAND_LINE, now);
  }
  return ends.length;
}

function replay(writer: StorageWriter, { what, id, at }: AccessEnd, random: Random, now: InstantMs): void {
  if (what === 'left' || what === 'back') return;
  const signOut = { at: now, reason: 'password-reset', by: '' } as const;
  if (what === 'sessions') {
    for (const person of writer.people()) endDevicesOf(writer, person.id, signOut);
  } else if (what === 'password') {
    const person = writer.person(id);
    if (!person) return;
    writer.accounts.setPassword(id, unusable(person.passwordHash, random), true);
    endDevicesOf(writer, id, signOut);
  } else if (writer.accounts.enrolledDevice(id)) {
    writer.accounts.endDevice(id, { at, reason: what, by: '' });
  }
}

/** Who left and did not come back. */
function stillAway(ends: readonly AccessEnd[]): string[] {
  const away = new Map<string, boolean>();
  for (const { what, id } of ends) if (what === 'left' || what === 'back') away.set(id, what === 'left');
  return [...away].flatMap(([id, isAway]) => (isAway ? [id] : []));
}

/** A hash of the same make that no password is known for. */
function unusable(hash: string, random: Random): string {
  const parts = hash.split('$');
  const bytes = Buffer.from(parts.at(-1) ?? '', 'base64url').byteLength;
  return [...parts.slice(0, -1), Buffer.from(random.bytes(bytes)).toString('base64url')].join('$');
}
