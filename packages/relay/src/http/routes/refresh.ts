import { Hono } from 'hono';
import { LIMITS, type TokenAnswer } from '@rukun/core/protocol';
import { renewSession } from '../../auth/tokens.ts';
import type { RelayContext } from '../../context.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';
import { shutOut } from '../shut-out.ts';

/**
 * `POST /api/refresh`: a refresh token → the next pair. `unauthenticated` for one that is unknown, past its time, or spent
 * (then the device's session ends with it); `revoked` for one of a device that was shut out.
 */
export function refreshRoute(
  parts: Pick<RelayContext, 'storage' | 'rooms' | 'tickets' | 'clock' | 'random' | 'refreshMs'>,
): Hono {
  const { storage, clock, random, refreshMs } = parts;
  return new Hono().post('/', async (context) => {
    const body = await readJson(context.req.raw, LIMITS.jsonBytes);
    if (!body.ok) return errorResponse(body.failure);
    const { refreshToken } = body.value;
    if (typeof refreshToken !== 'string')
      return errorResponse({ code: 'malformed', paths: ['refreshToken'] });
    const { renewal, mustChangePassword } = storage.transact((writer) => {
      const outcome = renewSession(writer, random, refreshToken, clock.now(), refreshMs);
      const person = outcome.outcome === 'renewed' ? writer.person(outcome.device.person) : null;
      return { renewal: outcome, mustChangePassword: person?.mustChangePassword ?? false };
    });
    if (renewal.outcome === 'refused') return errorResponse({ code: renewal.code });
    if (renewal.outcome === 'reused') {
      shutOut(parts, renewal.device.id, 'unauthenticated');
      return errorResponse({ code: 'unauthenticated' });
    }
    const answer: TokenAnswer = { ...renewal.tokens, mustChangePassword };
    return context.json(answer);
  });
}
