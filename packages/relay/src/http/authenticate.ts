import { createMiddleware } from 'hono/factory';
import { sessionOfToken, type Session } from '../auth/session.ts';
import type { Storage } from '../storage/storage.ts';
import { errorResponse } from './error-response.ts';

/** What handlers behind {@link authenticate} find in their context. */
export interface SessionEnv {
  Variables: { session: Session };
}

/** Lets in who carries a device's token (`Authorization: Bearer`); `unauthenticated` otherwise. */
export function authenticate(storage: Storage) {
  return createMiddleware<SessionEnv>(async (context, next) => {
    const token = /^Bearer ([\w-]{1,128})$/.exec(context.req.header('authorization') ?? '')?.[1];
    const session = token === undefined ? null : storage.read((reader) => sessionOfToken(reader, token));
    if (!session) return errorResponse({ code: 'unauthenticated' });
    context.set('session', session);
    await next();
    return undefined;
  });
}
