import { Hono } from 'hono';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { decodeHandIn, LIMITS, type HandInAnswer } from '@rukun/core/protocol';
import { deviceOfRevoked } from '../../auth/tokens.ts';
import type { RelayContext } from '../../context.ts';
import { handIn } from '../../quarantine/hand-in.ts';
import type { EnrolledDevice } from '../../storage/accounts.ts';
import { bearerOf } from '../bearer.ts';
import { readPackedBody } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/**
 * For a device that was shut out, with any refresh token it ever had (`unauthenticated` for all others):
 *
 * - `GET /api/hand-in`: the recovery key to seal to.
 * - `POST /api/hand-in`: what was not stored, sealed, in core's binary form, gzip or plain; 204 once it is stored. After the
 *   last of it the device may forget everything.
 */
export function handInRoute({
  storage,
  recoveryKeys,
  clock,
}: Pick<RelayContext, 'storage' | 'recoveryKeys' | 'clock'>): Hono {
  const deviceOf = (authorization: string | undefined): Result<EnrolledDevice> => {
    const token = bearerOf(authorization);
    const device = storage.read((reader) => deviceOfRevoked(reader, token));
    return device ? ok(device) : fail('unauthenticated');
  };
  return new Hono()
    .get('/', (context) => {
      const device = deviceOf(context.req.header('authorization'));
      if (!device.ok) return errorResponse(device.failure);
      const answer: HandInAnswer = { recoveryKey: recoveryKeys.current() };
      return context.json(answer);
    })
    .post('/', async (context) => {
      const device = deviceOf(context.req.header('authorization'));
      if (!device.ok) return errorResponse(device.failure);
      const body = await readPackedBody(
        context.req.raw,
        LIMITS.exchangeCompressedBytes,
        LIMITS.exchangeBytes,
      );
      if (!body.ok) return errorResponse(body.failure);
      const decoded = decodeHandIn(body.value);
      if (!decoded.ok) return errorResponse(decoded.failure);
      const failure = storage.transact((writer) =>
        handIn(writer, recoveryKeys, device.value, decoded.value, clock.now()),
      );
      return failure ? errorResponse(failure) : context.body(null, 204);
    });
}
