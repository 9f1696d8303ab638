import { ERRORS, type Failure } from '@rukun/core/foundation';
import type { ErrorBody } from '@rukun/core/protocol';

/** What clients are asked to wait before the same request may succeed, seconds; each spreads it by itself. */
const RETRY_AFTER_SECONDS = 10;

/** The answer for an expected failure: status from the closed list, JSON body, and when to come back if that helps. */
export function errorResponse({ code, paths, waitMs }: Failure): Response {
  const body: ErrorBody = paths ? { code, paths } : { code };
  const { http, retry } = ERRORS[code];
  const isBusy = retry && (http === 429 || http === 503);
  const headers: Record<string, string> = isBusy
    ? { 'retry-after': String(waitMs === undefined ? RETRY_AFTER_SECONDS : Math.ceil(waitMs / 1000)) }
    : {};
  return Response.json(body, { status: http, headers });
}
