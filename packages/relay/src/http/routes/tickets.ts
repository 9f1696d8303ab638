import { Hono } from 'hono';
import { mayRead } from '@rukun/core/access';
import { LIMITS, parseDocumentName, type TicketAnswer } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/**
 * `POST /api/tickets`: a document's name → a ticket for one live connection to it. `rate-limited` with how long to wait,
 * which is longer for each device that asks, so that many come back one after another.
 */
export function ticketsRoute({
  storage,
  tickets,
  ticketPace,
}: Pick<RelayContext, 'storage' | 'tickets' | 'ticketPace'>): Hono<SessionEnv> {
  return new Hono<SessionEnv>().post('/', async (context) => {
    const body = await readJson(context.req.raw, LIMITS.jsonBytes);
    if (!body.ok) return errorResponse(body.failure);
    const parsed = parseDocumentName(body.value['document']);
    if (!parsed.ok) return errorResponse({ code: 'malformed', paths: ['document'] });
    const { name, kind } = parsed.value;
    const session = context.get('sessionNow')();
    if (!session.ok) return errorResponse(session.failure);
    const { actor, device } = session.value;
    const document = storage.read((reader) => reader.document(name));
    const barred = mayRead(actor, { kind, name, area: document?.area ?? '' });
    if (barred) return errorResponse(barred);
    if (!document) return errorResponse({ code: 'not-found' });
    const waitMs = ticketPace.admit(device.id);
    if (waitMs > 0) return errorResponse({ code: 'rate-limited', waitMs });
    const ticket = tickets.issue(device.id, name);
    if (ticket === null) return errorResponse({ code: 'rate-limited' });
    const answer: TicketAnswer = { ticket };
    return context.json(answer);
  });
}
