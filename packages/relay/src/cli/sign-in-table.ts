import { ROLES } from '@rukun/core/foundation';
import { DEMO_PASSWORD } from '../demo/demo.ts';
import type { StoredPerson } from '../storage/records.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader } from '../storage/storage.ts';
import { table } from './table.ts';

/** More areas than this are counted, not listed. */
const MOST_LISTED = 2;

/** Who can sign in to a demo, as a table; for a relay without people, what to do next; else whom an area is missing. */
export function signInTable(reader: StorageReader): string {
  const people = reader.people();
  if (people.length === 0)
    return `Nobody can sign in yet. Add the first administrator, who then imports everybody else:

  rukun people add --user-name NAME --name "FULL NAME" --role administrator --data DIR

Or try it out with made-up data: rukun serve --demo --data ./demo`;
  if (reader.setting(SETTINGS.isDemo) !== 'true') return withoutArea(people);
  const rows = people.map((person) => {
    const { userName, role, name } = person;
    const areas = reader.assignmentsOf(person).map(({ area }) => area);
    const reach = areas.length > MOST_LISTED ? `${areas.length} areas` : areas.join(' ');
    return [userName, DEMO_PASSWORD, ROLES[role].en, name, reach];
  });
  const head = ['user name', 'password', 'role', 'name', 'areas'];
  return `\nMade-up data. These people can sign in:\n\n${table([head, ...rows])}\n`;
}

/** Coordinators who see nothing until somebody says which kecamatan is theirs. */
function withoutArea(people: readonly StoredPerson[]): string {
  const count = people.filter(
    ({ role, area, endedAt }) => role === 'coordinator' && area === '' && endedAt === null,
  ).length;
  return count === 0
    ? ''
    : `${count} coordinators have no area yet and see nothing. Give them their kecamatan on the screen or with a file;
they are in: rukun people list --role coordinator`;
}
