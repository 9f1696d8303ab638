import { createMiddleware } from 'hono/factory';
import type { Clock, Result } from '@rukun/core/foundation';
import { sessionNow, sessionOfToken, type Session } from '../auth/session.ts';
import type { Storage } from '../storage/storage.ts';
import { bearerOf } from './bearer.ts';
import { errorResponse } from './error-response.ts';
import type { PeerEnv } from './identify-peer.ts';

/** What handlers behind {@link authenticate} find in their context. */
export interface SessionEnv extends PeerEnv {
  Variables: PeerEnv['Variables'] & {
    /** As it was when the request began. */
    session: Session;
    /** As it is now: to be asked once the body is there, by whatever changes something or hands something out. */
    sessionNow: () => Result<Session>;
  };
}

/**
 * Lets in who carries a device's access token (`Authorization: Bearer`); else the code of what is wrong with it. Who signed in
 * with a one-time password is let in only where that is said (`oneTime`), else `password-change`.
 */
export function authenticate(storage: Storage, clock: Clock, admits: { readonly oneTime: boolean }) {
  return createMiddleware<SessionEnv>(async (context, next) => {
    const token = bearerOf(context.req.header('authorization'));
    const session = storage.read((reader) => sessionOfToken(reader, token, clock.now()));
    if (!session.ok) return errorResponse(session.failure);
    if (session.value.person.mustChangePassword && !admits.oneTime)
      return errorResponse({ code: 'password-change' });
    context.set('session', session.value);
    context.set('sessionNow', () => storage.read((reader) => sessionNow(reader, session.value)));
    await next();
    return undefined;
  });
}
