import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { isErrorCode, type ErrorCode } from '@rukun/core/foundation';
import type { AuditRecorder } from '../audit/recorder.ts';
import type { Session } from '../auth/session.ts';
import type { PeerEnv } from './identify-peer.ts';

interface TurnedAwayEnv extends PeerEnv {
  Variables: PeerEnv['Variables'] & { session?: Session };
}

/**
 * Codes that are told otherwise, or an everyday matter, by route: a token is past its time every few minutes, and after a
 * restart everybody queues for tickets.
 */
const UNTOLD: Readonly<Record<string, readonly ErrorCode[]>> = {
  '/api/sign-in': ['wrong-credentials'],
  '/api/tickets': ['expired', 'rate-limited'],
};
const UNTOLD_ANYWHERE: readonly ErrorCode[] = ['expired'];

/**
 * Tells the audit log of every request that was not let in, whatever part of the relay it was that did not: which route, with
 * which code, and who asked where that is known. Faults of the relay itself are in its process log.
 */
export function tellTurnedAway(recorder: AuditRecorder) {
  return createMiddleware<TurnedAwayEnv>(async (context, next) => {
    await next();
    const { res } = context;
    if (res.status < 400 || res.status >= 500) return;
    const code = await codeOf(res);
    // The one route without a star is the one that was asked for.
    const what = matchedRoutes(context).find(({ path }) => !path.includes('*'))?.path ?? '/';
    if ((UNTOLD[what] ?? UNTOLD_ANYWHERE).includes(code)) return;
    const session = context.get('session');
    await recorder.record({
      kind: 'turned-away',
      person: session?.person.id ?? '',
      device: session?.device.id ?? '',
      what,
      source: context.get('peer').address,
      code,
    });
  });
}

/** The code of an answer of the API; a page that is not there has none. */
async function codeOf(response: Response): Promise<ErrorCode> {
  if (response.headers.get('content-type')?.startsWith('application/json') !== true) return 'not-found';
  const { code } = (await response.clone().json()) as { code?: unknown };
  return isErrorCode(code) ? code : 'malformed';
}
