import { Hono } from 'hono';
import { fail, isRole, ok, type Result } from '@rukun/core/foundation';
import type { PeopleSearchRequest } from '@rukun/core/people';
import { LIMITS } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import { listPeople } from '../../people/list-people.ts';
import { patchPerson, readPatch } from '../../people/patch-person.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';
import { shutOut } from '../shut-out.ts';

const LONGEST_QUERY = 100;
const MOST_PAGES = 100_000;

/**
 * Under `/api/people`, for administrators, and for whoever manages somebody:
 *
 * - `POST search`: one page of those one may look after. What is looked for is not in the address.
 * - `PATCH :id`, administrators only: name, role, code, whether they left; 204.
 */
export function peopleRoute(
  parts: Pick<RelayContext, 'storage' | 'clock' | 'rooms' | 'tickets'>,
): Hono<SessionEnv> {
  const { storage, clock } = parts;
  return new Hono<SessionEnv>()
    .post('/search', async (context) => {
      const request = readSearch(await readJson(context.req.raw, LIMITS.jsonBytes));
      if (!request.ok) return errorResponse(request.failure);
      const session = context.get('sessionNow')();
      if (!session.ok) return errorResponse(session.failure);
      return context.json(
        storage.read((reader) => listPeople(reader, session.value, request.value, clock.now())),
      );
    })
    .patch('/:id', async (context) => {
      const body = await readJson(context.req.raw, LIMITS.jsonBytes);
      const session = context.get('sessionNow')();
      if (!session.ok) return errorResponse(session.failure);
      const { person: administrator, device } = session.value;
      if (administrator.role !== 'administrator') return errorResponse({ code: 'forbidden' });
      if (!body.ok) return errorResponse(body.failure);
      const patch = readPatch(body.value);
      if (!patch.ok) return errorResponse(patch.failure);
      const by = { person: administrator.id, device: device.id };
      const done = storage.transact((writer) => {
        const person = writer.person(context.req.param('id'));
        return person ? patchPerson(writer, person, patch.value, by, clock.now()) : fail('not-found');
      });
      if (!done.ok) return errorResponse(done.failure);
      for (const id of done.value) shutOut(parts, id, 'revoked');
      parts.rooms.checkAccess();
      return context.body(null, 204);
    });
}

function readSearch(body: Result<Readonly<Record<string, unknown>>>): Result<PeopleSearchRequest> {
  if (!body.ok) return body;
  const { query, role, page } = body.value;
  if (typeof query !== 'string' || query.length > LONGEST_QUERY) return fail('malformed', ['query']);
  if (role !== null && !isRole(role)) return fail('malformed', ['role']);
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 0 || page > MOST_PAGES)
    return fail('malformed', ['page']);
  return ok({ query: query.trim(), role, page });
}
