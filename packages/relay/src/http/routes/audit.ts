import { Hono } from 'hono';
import { decodeAuditRequest, encodeAuditAnswer } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import { Auditor } from '../../exchange/audit.ts';
import type { SessionEnv } from '../authenticate.ts';
import { packedResponse, readPackedBody } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/** A request as sent and unpacked, bytes: all the areas and documents it may name. */
const MOST_BYTES = 512 * 1024;

/** `POST /api/audit`: sums up, the fingerprints of what differs down, in core's binary form, gzip or plain. */
export function auditRoute(parts: Pick<RelayContext, 'storage' | 'clock'>): Hono<SessionEnv> {
  const auditor = new Auditor(parts);
  return new Hono<SessionEnv>().post('/', async (context) => {
    const request = context.req.raw;
    const body = await readPackedBody(request, MOST_BYTES, MOST_BYTES);
    if (!body.ok) return errorResponse(body.failure);
    const decoded = decodeAuditRequest(body.value);
    if (!decoded.ok) return errorResponse(decoded.failure);
    const session = context.get('sessionNow')();
    if (!session.ok) return errorResponse(session.failure);
    const answer = await auditor.answer(session.value, decoded.value);
    if (!answer.ok) return errorResponse(answer.failure);
    return packedResponse(request, encodeAuditAnswer(answer.value));
  });
}
