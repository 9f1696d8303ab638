import type { Assignment } from '@rukun/core/board';
import type { AreaInfo, Me, PersonInfo } from '@rukun/core/protocol';
import type { StoredArea, StoredPerson } from '../storage/records.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader } from '../storage/storage.ts';
import { boardOfArea, type Session } from './session.ts';

/** What a session may know about itself, its areas and its people. */
export function describeMe(reader: StorageReader, { person, device, actor }: Session): Me {
  const inSight = reader.assignments().filter(({ area }) => actor.boards.has(boardOfArea(area)));
  const isInField = person.role === 'officer' || person.role === 'supervisor';
  const own = isInField ? inSight.filter(({ area }) => actor.areas.has(area)) : inSight;
  const areaById = new Map(reader.areas().map((area) => [area.id, area]));
  return {
    person: toPersonInfo(person),
    device: { id: device.id, tag: device.tag },
    areas: own.flatMap((assignment) => {
      const area = areaById.get(assignment.area);
      return area ? [toAreaInfo(area, assignment)] : [];
    }),
    people: peopleAround(reader, person, own, inSight),
    boards: [...actor.boards].sort(),
    enumeration: {
      from: reader.setting(SETTINGS.enumerationFrom) ?? '',
      to: reader.setting(SETTINGS.enumerationTo) ?? '',
    },
    isDemo: reader.setting(SETTINGS.isDemo) === 'true',
  };
}

/** The own team (the supervisors of the own areas and their officers), the coordinators, and oneself. */
function peopleAround(
  reader: StorageReader,
  person: StoredPerson,
  own: readonly Assignment[],
  inSight: readonly Assignment[],
): PersonInfo[] {
  const supervisors = new Set(own.map(({ supervisor }) => supervisor));
  const team = inSight.filter(({ supervisor }) => supervisors.has(supervisor));
  const ids = new Set([person.id, ...team.flatMap(({ officer, supervisor }) => [officer, supervisor])]);
  const seesCoordinators = inSight.length > 0;
  return reader
    .people()
    .filter(({ id, role }) => ids.has(id) || (seesCoordinators && role === 'coordinator'))
    .map(toPersonInfo);
}

function toPersonInfo({ id, name, role, code }: StoredPerson): PersonInfo {
  return { id, name, role, code };
}

function toAreaInfo(area: StoredArea, { officer, supervisor, target, dueDate }: Assignment): AreaInfo {
  return { ...area, officer, supervisor, target, dueDate };
}
