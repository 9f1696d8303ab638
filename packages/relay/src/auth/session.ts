import type { Actor } from '@rukun/core/access';
import { fail, ok, type InstantMs, type Result } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { StoredDevice, StoredPerson } from '../storage/records.ts';
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

function sessionOf(reader: StorageReader, device: StoredDevice | null): Session | null {
  const person = device && reader.person(device.person);
  const mayWork = person !== null && person.endedAt === null;
  return device && mayWork ? { person, device, actor: actorOf(reader, person, device.tag) } : null;
}

const NOWHERE: ReadonlySet<string> = new Set();

/** What the assignments give a person: officers their own areas, supervisors those of their officers. */
export function actorOf(reader: StorageReader, person: StoredPerson, tag: string): Actor {
  const isInField = person.role === 'officer' || person.role === 'supervisor';
  const areas = isInField ? reader.assignmentsOf(person.id).map(({ area }) => area) : [];
  return {
    person: person.id,
    role: person.role,
    areas: new Set(areas),
    grace: NOWHERE,
    late: NOWHERE,
    scope: '',
    tag,
    boards: new Set(boardsOf(reader, person, areas)),
  };
}

/** The board of the kecamatan (7 digits) an area lies in. */
export function boardOfArea(area: string): DocumentName {
  return `board/${area.slice(0, 7)}`;
}

/** People in the field see the boards of their kecamatan; coordinators and administrators all of this relay. */
function boardsOf(reader: StorageReader, person: StoredPerson, areas: readonly string[]): DocumentName[] {
  if (person.role === 'officer' || person.role === 'supervisor') return areas.map(boardOfArea);
  const isAbove = person.role === 'coordinator' || person.role === 'administrator';
  return isAbove ? [...reader.documentNames('board')] : [];
}
