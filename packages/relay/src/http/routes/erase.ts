import { Hono } from 'hono';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { LIMITS, parseDocumentName } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import type { ErasureRequest } from '../../erasure/plan.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/**
 * `POST /api/documents/<kind>/<id>/erase`, for administrators: `{ request, member?, fields?, dryRun? }` → what goes or went, as
 * places and counts, never a value. `request` is the number the lawful request is filed under; without `member` all of the household.
 */
export function eraseRoute({ eraser }: Pick<RelayContext, 'eraser'>): Hono<SessionEnv> {
  return new Hono<SessionEnv>().post('/:kind/:id/erase', async (context) => {
    const body = await readJson(context.req.raw, LIMITS.jsonBytes);
    const session = context.get('sessionNow')();
    if (!session.ok) return errorResponse(session.failure);
    const { person } = session.value;
    if (person.role !== 'administrator') return errorResponse({ code: 'forbidden' });
    if (!body.ok) return errorResponse(body.failure);
    const asked = toRequest(`${context.req.param('kind')}/${context.req.param('id')}`, body.value);
    if (!asked.ok) return errorResponse(asked.failure);
    const isDryRun = body.value['dryRun'] === true;
    const done = isDryRun ? eraser.plan(asked.value) : eraser.erase(asked.value, person.id);
    if (!done.ok) return errorResponse(done.failure);
    const { document, member, fields, places } = done.value;
    return context.json({ document, member, fields, places, isErased: !isDryRun });
  });
}

function toRequest(name: string, body: Readonly<Record<string, unknown>>): Result<ErasureRequest> {
  const { member = null, fields = [], request } = body;
  const document = parseDocumentName(name);
  if (!document.ok) return document;
  if (member !== null && typeof member !== 'string') return fail('malformed', ['member']);
  if (!Array.isArray(fields) || !fields.every((field) => typeof field === 'string'))
    return fail('malformed', ['fields']);
  if (typeof request !== 'string') return fail('malformed', ['request']);
  return ok({ document: document.value.name, member, fields, request });
}
