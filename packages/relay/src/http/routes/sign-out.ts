import { Hono } from 'hono';
import { fail, ok } from '@rukun/core/foundation';
import { recordEvent } from '../../audit/record.ts';
import { deviceOfAccess, deviceOfRefresh } from '../../auth/tokens.ts';
import type { RelayContext } from '../../context.ts';
import { bearerOf } from '../bearer.ts';
import { errorResponse } from '../error-response.ts';
import { shutOut } from '../shut-out.ts';

/**
 * `POST /api/sign-out`: ends the device's session, its live connections and its tickets; 204. Takes the refresh token as
 * well, so that nobody has to fetch an access token in order to leave.
 */
export function signOutRoute(parts: Pick<RelayContext, 'storage' | 'rooms' | 'tickets' | 'clock'>): Hono {
  const { storage, clock } = parts;
  return new Hono().post('/', (context) => {
    const token = bearerOf(context.req.header('authorization'));
    const device = storage.transact((writer) => {
      const at = clock.now();
      const byRefresh = deviceOfRefresh(writer, token);
      const found = byRefresh === null ? deviceOfAccess(writer, token, at) : ok(byRefresh);
      if (!found.ok) return found;
      const by = writer.personOfDevice(found.value);
      if (by === null) return fail('unauthenticated');
      writer.accounts.endDevice(found.value, { at, reason: 'signed-out', by });
      recordEvent(writer, { kind: 'signed-out', person: by, device: found.value });
      return found;
    });
    if (!device.ok) return errorResponse(device.failure);
    shutOut(parts, device.value, 'unauthenticated');
    return context.body(null, 204);
  });
}
