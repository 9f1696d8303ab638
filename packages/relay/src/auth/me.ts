import type { Assignment } from '@rukun/core/board';
import type { AreaInfo, Me, PersonInfo, RecoveryKeyInfo } from '@rukun/core/protocol';
import type { StoredArea, StoredPerson } from '../storage/records.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader } from '../storage/storage.ts';
import { kecamatanOf, type Session } from './session.ts';

/** What a session may know about itself, its areas and its people. */
export function describeMe(
  reader: StorageReader,
  { person, device, actor }: Session,
  recoveryKey: RecoveryKeyInfo,
): Me {
  const kecamatan = kecamatanOf(actor);
  const inSight = reader.assignments(kecamatan);
  const isInField = person.role === 'officer' || person.role === 'supervisor';
  const isOwn = ({ area }: Assignment) => !isInField || actor.areas.has(area);
  const areaById = new Map(reader.areas(kecamatan).map((area) => [area.id, area]));
  const describe = (assignments: readonly Assignment[]) =>
    assignments.flatMap((assignment) => {
      const area = areaById.get(assignment.area);
      return area ? [toAreaInfo(area, assignment)] : [];
    });
  return {
    person: toPersonInfo(person),
    device: { id: device.id, tag: device.tag },
    areas: describe(inSight.filter(isOwn)),
    neighbours: describe(inSight.filter((assignment) => !isOwn(assignment))),
    people: peopleAround(reader, person, inSight, kecamatan),
    boards: [...actor.boards].sort(),
    enumeration: {
      from: reader.setting(SETTINGS.enumerationFrom) ?? '',
      to: reader.setting(SETTINGS.enumerationTo) ?? '',
    },
    isDemo: reader.setting(SETTINGS.isDemo) === 'true',
    recoveryKey,
  };
}

/** Who stands on the boards in sight, the coordinators of their kecamatan, and oneself. */
function peopleAround(
  reader: StorageReader,
  person: StoredPerson,
  inSight: readonly Assignment[],
  kecamatan: readonly string[],
): PersonInfo[] {
  const coordinators = reader.directory.ofRole('coordinator').filter(({ area }) => kecamatan.includes(area));
  const ids = [person, ...coordinators].map(({ id }) => id);
  for (const { officer, supervisor } of inSight) ids.push(officer ?? '', supervisor ?? '');
  return reader.directory.named(ids).map(toPersonInfo);
}

function toPersonInfo({ id, name, role, code }: StoredPerson): PersonInfo {
  return { id, name, role, code };
}

function toAreaInfo(area: StoredArea, { officer, supervisor, target, dueDate }: Assignment): AreaInfo {
  return { ...area, officer, supervisor, target, dueDate };
}
