import { ROLES } from '@rukun/core/foundation';
import { roleOfWord } from '@rukun/core/people';
import { table } from '../table.ts';
import { withStorage, type PeopleCommand } from './open-people.ts';

const PAGE = 500;

/** `rukun people list`: who there is, by name. */
export const listPeople: PeopleCommand = {
  usage: 'list [--query TEXT] [--role ROLE] [--data ./data]',
  means: 'shows who can sign in, by name',
  operands: 0,
  run(config, _, { query = '', role: word }) {
    const role = word === undefined ? null : roleOfWord(word);
    if (word !== undefined && role === null) {
      console.error(`no such role: ${word} (${Object.keys(ROLES).join(', ')})`);
      return 2;
    }
    return withStorage(config, 'keep', (storage) => {
      const rows = [['user name', 'name', 'role', 'code', 'area', 'state']];
      for (let offset = 0; ; offset += PAGE) {
        const { people } = storage.read(({ directory }) =>
          directory.find({ query, role, among: null, offset, limit: PAGE }),
        );
        rows.push(
          ...people.map(({ userName, name, role, code, area, endedAt }) => [
            userName,
            name,
            ROLES[role].en,
            code,
            area === '' && role === 'coordinator' ? 'none: sees nothing' : area,
            endedAt === null ? 'active' : 'ended',
          ]),
        );
        if (people.length < PAGE) break;
      }
      console.log(rows.length > 1 ? table(rows) : 'nobody');
      return 0;
    });
  },
};
