import { recordEvent } from '../../audit/record.ts';
import { endDevicesOf } from '../../auth/management.ts';
import { systemClock } from '../../monitoring/system.ts';
import { COMMAND_LINE } from '../../people/change-person.ts';
import { withStorage, type PeopleCommand } from './open-people.ts';

/** `rukun people end-sessions`: nobody stays signed in, as after a restore or where tokens may be in wrong hands. */
export const endSessions: PeopleCommand = {
  usage: 'end-sessions [--data ./data]',
  means: 'ends every session: all devices sign in again; what is on them stays',
  operands: 0,
  run: (config) =>
    withStorage(config, 'keep', (storage) => {
      const devices = storage.transact((writer) => {
        const end = { at: systemClock.now(), reason: 'password-reset', by: '' } as const;
        const ended = writer.people().flatMap(({ id }) => endDevicesOf(writer, id, end));
        recordEvent(writer, { kind: 'sessions-ended', devices: ended.length, ...COMMAND_LINE });
        return ended.length;
      });
      console.log(`${devices} devices have to sign in again; what is on them stays there`);
      return 0;
    }),
};
