import { ROLES } from '@rukun/core/foundation';
import { DEMO_PASSWORD } from '../demo/demo.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader } from '../storage/storage.ts';
import { table } from './table.ts';

/** More areas than this are counted, not listed. */
const MOST_LISTED = 2;

/** Who can sign in to a demo, as a table; for a relay without people, what to do next; else nothing to say. */
export function signInTable(reader: StorageReader): string {
  const people = reader.people();
  if (people.length === 0)
    return `Nobody can sign in yet. Add the first administrator, who then imports everybody else:

  rukun people add --user-name NAME --name "FULL NAME" --role administrator --data DIR

Or try it out with made-up data: rukun serve --demo --data ./demo`;
  if (reader.setting(SETTINGS.isDemo) !== 'true') return '';
  const rows = people.map((person) => {
    const { userName, role, name } = person;
    const areas = reader.assignmentsOf(person).map(({ area }) => area);
    const reach = areas.length > MOST_LISTED ? `${areas.length} areas` : areas.join(' ');
    return [userName, DEMO_PASSWORD, ROLES[role].en, name, reach];
  });
  const head = ['user name', 'password', 'role', 'name', 'areas'];
  return `\nMade-up data. These people can sign in:\n\n${table([head, ...rows])}\n`;
}
