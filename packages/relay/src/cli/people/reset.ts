import { resetPassword } from '../../auth/management.ts';
import { PasswordChecks } from '../../auth/password-checks.ts';
import { systemClock, systemRandom } from '../../monitoring/system.ts';
import { COMMAND_LINE } from '../../people/change-person.ts';
import { withPerson } from './with-person.ts';
import type { PeopleCommand } from './open-people.ts';

/** `rukun people reset`: a one-time password for somebody who forgot theirs. */
export const resetPerson: PeopleCommand = {
  usage: 'reset USER [--data ./data]',
  means: 'gives USER a new one-time password, printed once; all their devices sign in again',
  operands: 1,
  run: (config, userName) =>
    withPerson(config, userName, async (storage, person) => {
      const parts = { storage, passwords: new PasswordChecks(systemRandom), random: systemRandom };
      const reset = await resetPassword(parts, person, COMMAND_LINE, systemClock.now());
      if (typeof reset === 'string') throw new Error('one password alone cannot be too many');
      console.log(`one-time password of ${person.userName}, shown only now:\n\n  ${reset.password}\n`);
      console.log(`${reset.ended.length} devices have to sign in again; what is on them stays there`);
      return 0;
    }),
};
