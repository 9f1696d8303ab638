import { Hono } from 'hono';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';

/** `POST /api/sign-out`: ends the device's token and its live connections; 204. */
export function signOutRoute({
  storage,
  rooms,
  clock,
}: Pick<RelayContext, 'storage' | 'rooms' | 'clock'>): Hono<SessionEnv> {
  return new Hono<SessionEnv>().post('/', (context) => {
    const { id } = context.get('session').device;
    storage.transact((writer) => writer.revokeDevice(id, clock.now()));
    rooms.closeDevice(id);
    return context.body(null, 204);
  });
}
