import { Hono } from 'hono';
import { LIMITS, QUARANTINE_DECISIONS } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import { decideHeld } from '../../quarantine/decide.ts';
import { readHeldEdits } from '../../quarantine/held-edits.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/**
 * Edits that are held back until somebody decides, for supervisors, coordinators and administrators in their part of the
 * register. `GET /api/quarantine`, `?state=set-aside`; `POST /api/quarantine/<number>` with `{ decision }`.
 */
export function quarantineRoute(
  parts: Pick<RelayContext, 'storage' | 'commits' | 'recoveryKeys' | 'clock' | 'random' | 'recorder'>,
): Hono<SessionEnv> {
  const { storage, recorder } = parts;
  return new Hono<SessionEnv>()
    .get('/', async (context) => {
      const session = context.get('session');
      const state = context.req.query('state') === 'set-aside' ? 'set-aside' : 'waiting';
      const answer = storage.read((reader) => readHeldEdits(reader, parts, session.actor, state));
      const documents = [...new Set(answer.edits.map(({ document }) => document))];
      const isTold = documents.length === 0 || (await recorder.reading(session, 'history', documents));
      return isTold ? context.json(answer) : errorResponse({ code: 'unavailable' });
    })
    .post('/:number', async (context) => {
      const body = await readJson(context.req.raw, LIMITS.jsonBytes);
      if (!body.ok) return errorResponse(body.failure);
      const decision = QUARANTINE_DECISIONS.find((each) => each === body.value['decision']);
      if (!decision) return errorResponse({ code: 'malformed', paths: ['decision'] });
      const number = Number(/^[1-9]\d{0,14}$/.exec(context.req.param('number'))?.[0] ?? 0);
      const session = context.get('sessionNow')();
      if (!session.ok) return errorResponse(session.failure);
      const done = await decideHeld(parts, session.value, number, decision);
      return done.ok ? context.json({}) : errorResponse(done.failure);
    });
}
