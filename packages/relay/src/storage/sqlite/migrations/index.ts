import { initial } from './001-initial.ts';
import { boundedLog } from './002-bounded-log.ts';
import { audit } from './003-audit.ts';
import { sessions } from './004-sessions.ts';
import { quarantine } from './005-quarantine.ts';
import { endedPeople } from './006-ended-people.ts';
import { erasures } from './007-erasures.ts';
import { handedIn } from './008-handed-in.ts';
import { access } from './009-access.ts';
import { formerRole } from './010-former-role.ts';
import { areaOfOffice } from './011-area-of-office.ts';
import { handedInContent } from './012-handed-in-content.ts';
import { peopleByRole } from './013-people-by-role.ts';
import { quarantinePerson } from './014-quarantine-person.ts';

/** In order; the number of applied ones is the database's `user_version`. Append only. */
export const MIGRATIONS: readonly string[] = [
  initial,
  boundedLog,
  audit,
  sessions,
  quarantine,
  endedPeople,
  erasures,
  handedIn,
  access,
  formerRole,
  areaOfOffice,
  handedInContent,
  peopleByRole,
  quarantinePerson,
];
