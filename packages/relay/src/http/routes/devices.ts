import { Hono } from 'hono';
import type { DeviceInfo, ResetAnswer } from '@rukun/core/protocol';
import { managedDevice, managedPerson, resetPassword, revokeDevice } from '../../auth/management.ts';
import { sessionOfDevice, type Session } from '../../auth/session.ts';
import type { RelayContext } from '../../context.ts';
import type { EnrolledDevice } from '../../storage/accounts.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { SessionEnv } from '../authenticate.ts';
import { errorResponse } from '../error-response.ts';
import { shutOut } from '../shut-out.ts';

type Parts = Pick<RelayContext, 'storage' | 'passwords' | 'rooms' | 'tickets' | 'clock' | 'random'>;

/** `POST /api/devices/:id/revoke`: shuts out a device, one's own or of somebody one manages; 204, else `not-found`. */
export function devicesRoute(parts: Parts): Hono<SessionEnv> {
  const { storage, clock } = parts;
  return new Hono<SessionEnv>().post('/:id/revoke', (context) => {
    const session = context.get('session');
    const device = storage.transact((writer) => {
      const found = managedDevice(writer, session, context.req.param('id'));
      if (found) revokeDevice(writer, found, doerOf(session), clock.now());
      return found;
    });
    if (!device) return errorResponse({ code: 'not-found' });
    shutOut(parts, device.id, 'revoked');
    return context.body(null, 204);
  });
}

/**
 * Under `/api/people/:id`, for whoever manages that person, else `not-found`:
 *
 * - `GET devices`: the devices, the latest first; everybody may ask for their own.
 * - `POST reset-password`: a one-time password, which is told nowhere else; all the person's sessions end.
 */
export function personDevicesRoute(parts: Parts): Hono<SessionEnv> {
  const { storage, clock } = parts;
  return new Hono<SessionEnv>()
    .get('/:id/devices', (context) => {
      const session = context.get('session');
      const id = context.req.param('id');
      const devices = storage.read((reader) => {
        const isOwn = id === session.person.id;
        return isOwn || managedPerson(reader, session, id) ? reader.accounts.devicesOf(id) : null;
      });
      if (!devices) return errorResponse({ code: 'not-found' });
      return context.json(devices.map((device) => toDeviceInfo(device, session)));
    })
    .post('/:id/reset-password', async (context) => {
      const session = context.get('session');
      const person = storage.read((reader) => managedPerson(reader, session, context.req.param('id')));
      if (!person) return errorResponse({ code: 'not-found' });
      const isStillTheirs = (reader: StorageReader) => {
        const present = sessionOfDevice(reader, session.device.id);
        return present !== null && managedPerson(reader, present, person.id) !== null;
      };
      const reset = await resetPassword(parts, person, doerOf(session), clock.now(), isStillTheirs);
      if (reset === 'not-found') return errorResponse({ code: reset });
      if (reset === 'busy') return errorResponse({ code: 'rate-limited' });
      for (const id of reset.ended) shutOut(parts, id, 'unauthenticated');
      const answer: ResetAnswer = { password: reset.password };
      return context.json(answer);
    });
}

function doerOf({ person, device }: Session): { person: string; device: string } {
  return { person: person.id, device: device.id };
}

function toDeviceInfo(device: EnrolledDevice, session: Session): DeviceInfo {
  const { id, label, enrolledAt, lastSeenAt, end, handedInAt } = device;
  return { id, label, enrolledAt, lastSeenAt, end, handedInAt, isThis: id === session.device.id };
}
