import { Hono } from 'hono';
import { decodeExchangeRequest, encodeExchangeAnswer, LIMITS } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import { exchange } from '../../exchange/exchange.ts';
import type { SessionEnv } from '../authenticate.ts';
import { packedResponse, readPackedBody } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/** `POST /api/exchange`: edits up, changes down, in core's binary form, gzip or plain. */
export function exchangeRoute(
  parts: Pick<RelayContext, 'storage' | 'commits' | 'clock' | 'recorder'>,
): Hono<SessionEnv> {
  return new Hono<SessionEnv>().post('/', async (context) => {
    const request = context.req.raw;
    const body = await readPackedBody(request, LIMITS.exchangeCompressedBytes, LIMITS.exchangeBytes);
    if (!body.ok) return errorResponse(body.failure);
    const decoded = decodeExchangeRequest(body.value);
    if (!decoded.ok) return errorResponse(decoded.failure);
    const session = context.get('sessionNow')();
    if (!session.ok) return errorResponse(session.failure);
    const answer = await exchange(parts, session.value, decoded.value);
    if (!answer.ok) return errorResponse(answer.failure);
    return packedResponse(request, encodeExchangeAnswer(answer.value));
  });
}
