import type { Random } from '@rukun/core/foundation';
import { formatDay, parseDay } from './calendar.ts';
import { divideFamilies, drawFamilies } from './families.ts';
import { AREA_PLANS, PERSON_PLANS } from './layout.ts';
import { drawName, drawSex, inTitleCase } from './person-name.ts';
import { loadPlace } from './place.ts';
import type { Demo, DemoArea, DemoAssignment, DemoOptions, DemoPerson, DemoPlace } from './types.ts';

export type { Demo, DemoArea, DemoFamily, DemoOptions } from './types.ts';

/** The password of every demo account. It is public: the accounts exist only on a relay started with `--demo`. */
export const DEMO_PASSWORD = 'rukun-tetangga';

const DEFAULT_FAMILY_COUNT = 400;
const MOST_FAMILIES = 5000;

/**
 * Makes the data of the demo: a real kecamatan with invented areas, families and people. The same chance and options
 * give the same demo. Rejects with a RangeError when the options are out of bounds.
 */
export async function makeDemo(random: Random, options: DemoOptions): Promise<Demo> {
  const total = options.familyCount ?? DEFAULT_FAMILY_COUNT;
  if (!Number.isInteger(total) || total < AREA_PLANS.length || total > MOST_FAMILIES) {
    throw new RangeError(`familyCount must be a whole number from ${AREA_PLANS.length} to ${MOST_FAMILIES}`);
  }
  const today = parseDay(options.today);
  const place = await loadPlace();
  const counts = divideFamilies(total);
  const areas = drawAreas(random, place);
  return {
    codesAreMadeUp: true,
    place,
    areas,
    people: drawPeople(random, place, areas),
    families: drawFamilies(random, areas, counts, place.district.kemendagriCode, today),
    assignments: assign(areas, counts, today),
  };
}

function drawAreas(random: Random, place: DemoPlace): DemoArea[] {
  return AREA_PLANS.map((plan) => {
    const village = place.villages[plan.village];
    if (!village) throw new Error('an area plan in no village');
    return {
      id: village.bpsCode + plan.sls + plan.subSls,
      name: plan.subSls === '00' ? plan.name : `${plan.name} (${plan.subSls})`,
      villageName: village.name,
      villageKemendagriCode: village.kemendagriCode,
      headName: drawName(random, drawSex(random)),
    };
  });
}

function drawPeople(random: Random, place: DemoPlace, areas: readonly DemoArea[]): DemoPerson[] {
  return PERSON_PLANS.map(({ userName, role, code, headOf }) => {
    const area = headOf === undefined ? undefined : areas[headOf];
    const drawn = drawName(random, random.next() < 0.5 ? 'female' : 'male');
    const name =
      role === 'institution' ? `Dinas Sosial ${place.regency.name}` : inTitleCase(area?.headName ?? drawn);
    return {
      userName,
      name,
      role,
      password: DEMO_PASSWORD,
      ...(code === undefined ? {} : { code }),
      ...(role === 'coordinator' ? { office: place.district.bpsCode } : {}),
      ...(role === 'administrator' ? { office: place.regency.bpsCode } : {}),
      ...(area === undefined ? {} : { areaId: area.id }),
    };
  });
}

function assign(areas: readonly DemoArea[], counts: readonly number[], today: number): DemoAssignment[] {
  return AREA_PLANS.map((plan, index) => {
    const areaId = areas[index]?.id;
    const supervisor = PERSON_PLANS.find((person) => person.userName === plan.officer)?.supervisor;
    if (areaId === undefined || supervisor === undefined) throw new Error(`no team for area ${index}`);
    return {
      areaId,
      officer: plan.officer,
      supervisor,
      target: counts[index] ?? 0,
      dueDate: formatDay(today + plan.dueInDays),
    };
  });
}
