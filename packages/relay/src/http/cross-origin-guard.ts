import { createMiddleware } from 'hono/factory';
import { mayUse } from '../network/cross-origin.ts';
import { errorResponse } from './error-response.ts';
import type { PeerEnv } from './identify-peer.ts';

/** How long a browser may remember the answer to a preflight, seconds. */
const PREFLIGHT_SECONDS = 600;
const UNCHANGING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps pages of other origins away from the API: they are answered `forbidden`, without a header that would let them read even
 * that, and so is what a browser says a foreign page caused. Origins on the list may; clients that are no browsers
 * name no origin and are let through to show their token.
 */
export function guardOrigins(allowed: readonly string[]) {
  return createMiddleware<PeerEnv>(async (context, next) => {
    const { req } = context;
    const origin = req.header('origin');
    if (origin === undefined) {
      const site = req.header('sec-fetch-site') ?? 'none';
      const isForeign = site !== 'same-origin' && site !== 'none';
      if (isForeign && !UNCHANGING.has(req.method)) return errorResponse({ code: 'forbidden' });
      await next();
      return undefined;
    }
    if (!mayUse(origin, context.get('peer'), allowed)) return errorResponse({ code: 'forbidden' });
    const isListed = allowed.includes(origin);
    if (isListed && req.method === 'OPTIONS') return preflight(origin);
    await next();
    if (isListed) {
      context.header('access-control-allow-origin', origin);
      context.header('access-control-expose-headers', 'retry-after');
      context.header('vary', 'origin', { append: true });
    }
    return undefined;
  });
}

function preflight(origin: string): Response {
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, PATCH',
    'access-control-allow-headers': 'authorization, content-type, content-encoding',
    'access-control-max-age': String(PREFLIGHT_SECONDS),
    vary: 'origin',
  };
  return new Response(null, { status: 204, headers });
}
