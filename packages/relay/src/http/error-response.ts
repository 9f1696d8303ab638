import { ERRORS, type Failure } from '@rukun/core/foundation';
import type { ErrorBody } from '@rukun/core/protocol';

/** The answer for an expected failure: status from the closed list, JSON body. */
export function errorResponse({ code, paths }: Failure): Response {
  const body: ErrorBody = paths ? { code, paths } : { code };
  return Response.json(body, { status: ERRORS[code].http });
}
