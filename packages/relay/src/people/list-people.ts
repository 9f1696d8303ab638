import { managesAnybody } from '@rukun/core/access';
import type { InstantMs } from '@rukun/core/foundation';
import {
  PEOPLE_PAGE,
  type PeopleAnswer,
  type PeopleSearchRequest,
  type PersonEntry,
} from '@rukun/core/people';
import { waitOfName } from '../auth/lock-out.ts';
import { managedPerson } from '../auth/management.ts';
import { kecamatanOf, type Session } from '../auth/session.ts';
import type { StoredPerson } from '../storage/records.ts';
import type { StorageReader } from '../storage/storage.ts';

/**
 * One page of the people a session may look after: everybody of this relay for an administrator, for others those they manage
 * at this moment.
 */
export function listPeople(
  reader: StorageReader,
  session: Session,
  { query, role, page }: PeopleSearchRequest,
  at: InstantMs,
): PeopleAnswer {
  if (!managesAnybody(session.person.role)) return { people: [], total: 0 };
  const among = session.person.role === 'administrator' ? null : managedPeople(reader, session);
  const { people, total } = reader.directory.find({
    query,
    role,
    among,
    offset: page * PEOPLE_PAGE,
    limit: PEOPLE_PAGE,
  });
  return { people: people.map((person) => describe(reader, session, person, at)), total };
}

/** Whoever one manages stands with an assignment in one's part: on the boards of a coordinator, in the areas of a supervisor. */
function managedPeople(reader: StorageReader, session: Session): string[] {
  const { person, actor } = session;
  const theirs =
    person.role === 'coordinator' ? reader.assignments(kecamatanOf(actor)) : reader.assignmentsOf(person);
  const named = theirs.flatMap(({ area, officer, supervisor }) => {
    const { officers, supervisors } = reader.access.assignedBeside(area);
    return [officer ?? '', supervisor ?? '', ...officers, ...supervisors];
  });
  return [...new Set(named)].filter((id) => managedPerson(reader, session, id) !== null);
}

function describe(
  reader: StorageReader,
  session: Session,
  { id, userName, name, role, code, area, mustChangePassword, endedAt }: StoredPerson,
  at: InstantMs,
): PersonEntry {
  const devices = reader.accounts.devicesOf(id);
  const lastSeenAt = devices.reduce((latest, device) => Math.max(latest, device.lastSeenAt), 0);
  return {
    id,
    userName,
    name,
    role,
    code,
    area,
    mustChangePassword,
    lastSeenAt: lastSeenAt === 0 ? null : lastSeenAt,
    devices: devices.filter(({ end }) => end === null).length,
    waitMs: waitOfName(reader, userName, at),
    endedAt,
    mayManage: managedPerson(reader, session, id) !== null,
  };
}
