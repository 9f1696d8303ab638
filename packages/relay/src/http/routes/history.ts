import { Hono } from 'hono';
import { mayRead } from '@rukun/core/access';
import { parseDocumentName } from '@rukun/core/protocol';
import { readHistory } from '../../history/history.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SessionEnv } from '../authenticate.ts';
import { errorResponse } from '../error-response.ts';

/** `GET /api/documents/<kind>/<id>/history`: who wrote what and when, oldest first, for whoever may read the document. */
export function historyRoute(storage: Storage): Hono<SessionEnv> {
  return new Hono<SessionEnv>().get('/:kind/:id/history', (context) => {
    const parsed = parseDocumentName(`${context.req.param('kind')}/${context.req.param('id')}`);
    if (!parsed.ok) return errorResponse(parsed.failure);
    const { name, kind } = parsed.value;
    return storage.read((reader) => {
      const document = reader.document(name);
      const barred = mayRead(context.get('session').actor, { kind, name, area: document?.area ?? '' });
      if (barred) return errorResponse(barred);
      if (!document) return errorResponse({ code: 'not-found' });
      return context.json(readHistory(reader.log(name)));
    });
  });
}
