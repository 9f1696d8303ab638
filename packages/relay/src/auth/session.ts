import type { Actor, FormerReach } from '@rukun/core/access';
import { fail, ok, type InstantMs, type Result } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { StoredDevice, StoredPerson } from '../storage/records.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader } from '../storage/storage.ts';
import { deviceOfAccess } from './tokens.ts';

/** A signed-in device and what its person may reach at this moment. */
export interface Session {
  readonly person: StoredPerson;
  readonly device: StoredDevice;
  readonly actor: Actor;
}

/** The session an access token stands for; `expired`, `revoked` or `unauthenticated` where there is none (any more). */
export function sessionOfToken(reader: StorageReader, token: string, at: InstantMs): Result<Session> {
  const device = deviceOfAccess(reader, token, at);
  if (!device.ok) return device;
  const session = sessionOfDevice(reader, device.value);
  return session ? ok(session) : fail('unauthenticated');
}

/** The session of a device, or null if it was signed out or its person has left. */
export function sessionOfDevice(reader: StorageReader, id: string): Session | null {
  return sessionOf(reader, reader.device(id));
}

/**
 * The same session as it is at this moment: between the first byte of a request and its last, minutes may pass. `revoked` or
 * `unauthenticated` where it has ended meanwhile.
 */
export function sessionNow(reader: StorageReader, { device }: Session): Result<Session> {
  const session = sessionOfDevice(reader, device.id);
  if (session) return ok(session);
  const end = reader.accounts.enrolledDevice(device.id)?.end;
  return fail(end?.reason === 'revoked' ? 'revoked' : 'unauthenticated');
}

function sessionOf(reader: StorageReader, device: StoredDevice | null): Session | null {
  const person = device && reader.person(device.person);
  const mayWork = person !== null && person.endedAt === null;
  return device && mayWork ? { person, device, actor: actorOf(reader, person, device.tag) } : null;
}

/** How long what a former officer of an area wrote still arrives, unless a setting says otherwise. */
const GRACE_DAYS = 14;
const DAY_MS = 24 * 3_600_000;

const NONE: ReadonlyMap<string, FormerReach> = new Map();

/** What the assignments and the office give a person: officers their own areas, supervisors those of their officers. */
export function actorOf(reader: StorageReader, person: StoredPerson, tag: string): Actor {
  const areas = reader.assignmentsOf(person).map(({ area }) => area);
  return {
    person: person.id,
    role: person.role,
    areas: new Set(areas),
    former: formerOf(reader, person),
    scope: person.area,
    tag,
    boards: new Set(boardsOf(reader, person, areas)),
  };
}

/** Areas that were the person's. Those of another role than theirs now have no grace period: what still comes is decided about. */
function formerOf(
  reader: StorageReader,
  { id, role }: Pick<StoredPerson, 'id' | 'role'>,
): ReadonlyMap<string, FormerReach> {
  const former = reader.access.formerAreasOf(id);
  if (former.length === 0) return NONE;
  const graceMs = Number(reader.setting(SETTINGS.graceDays) ?? GRACE_DAYS) * DAY_MS;
  return new Map(
    former.map(({ area, role: as, endedAt, lastCommit }) => [
      area,
      { lastCommit, until: endedAt + (as === role ? graceMs : 0) },
    ]),
  );
}

/** The board of the kecamatan (7 digits) an area lies in. */
export function boardOfArea(area: string): DocumentName {
  return `board/${area.slice(0, 7)}`;
}

/** The kecamatan (7 digits) whose boards somebody sees. */
export function kecamatanOf({ boards }: Pick<Actor, 'boards'>): string[] {
  return [...boards].map((board) => board.slice('board/'.length));
}

/** People in the field see the boards of their kecamatan; coordinators and administrators those their office covers. */
function boardsOf(
  reader: StorageReader,
  { role, area }: StoredPerson,
  areas: readonly string[],
): DocumentName[] {
  if (role === 'officer' || role === 'supervisor') return areas.map(boardOfArea);
  const isAbove = role === 'administrator' || (role === 'coordinator' && area !== '');
  return isAbove ? reader.documentNames('board').filter((name) => name.startsWith(`board/${area}`)) : [];
}
