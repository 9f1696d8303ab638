import { revokeDevice } from '../../auth/management.ts';
import { systemClock } from '../../monitoring/system.ts';
import { COMMAND_LINE } from '../../people/change-person.ts';
import type { EnrolledDevice } from '../../storage/accounts.ts';
import { table } from '../table.ts';
import { withStorage, type PeopleCommand } from './open-people.ts';
import { withPerson } from './with-person.ts';

/** `rukun people devices`: what somebody signed in on. */
export const listDevices: PeopleCommand = {
  usage: 'devices USER [--data ./data]',
  means: 'shows the devices of USER, the latest first',
  operands: 1,
  run: (config, userName) =>
    withPerson(config, userName, (storage, { id }) => {
      const devices = storage.read(({ accounts }) => accounts.devicesOf(id));
      const rows = devices.map((device) => [
        device.id,
        device.label,
        timeOf(device.enrolledAt),
        timeOf(device.lastSeenAt),
        stateOf(device),
      ]);
      const head = ['device', 'label', 'first signed in', 'last seen', 'state'];
      console.log(rows.length > 0 ? table([head, ...rows]) : `${userName} has not signed in yet`);
      return 0;
    }),
};

/** `rukun people revoke`: shuts a lost device out. */
export const revoke: PeopleCommand = {
  usage: 'revoke DEVICE [--data ./data]',
  means: 'shuts a device out: it hands in what was not sent, then wipes itself',
  operands: 1,
  run: (config, id) =>
    withStorage(config, 'keep', (storage) => {
      const device = storage.transact((writer) => {
        const found = writer.accounts.enrolledDevice(id);
        if (found && found.end?.reason !== 'revoked')
          revokeDevice(writer, found, COMMAND_LINE, systemClock.now());
        return found;
      });
      if (!device) console.error(`there is no device ${id}; rukun people devices USER shows them`);
      else console.log(`${id} is shut out; what it has open live ends within 20 s`);
      return device ? 0 : 1;
    }),
};

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function stateOf({ end, handedInAt }: EnrolledDevice): string {
  if (end === null) return 'signed in';
  return handedInAt === null ? end.reason : `${end.reason}, handed in ${timeOf(handedInAt)}`;
}
