import { Hono, type Context } from 'hono';
import { mayRead } from '@rukun/core/access';
import { parseDocumentName } from '@rukun/core/protocol';
import { readHistory } from '../../history/history.ts';
import { readMoments } from '../../history/moments.ts';
import { readMoment } from '../../history/time-travel.ts';
import type { LogRow } from '../../storage/records.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SessionEnv } from '../authenticate.ts';
import { packedResponse } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/**
 * What became of a document, for whoever may read it. Under `/api/documents/<kind>/<id>`:
 * `/history` who wrote what and when, oldest first, `?path=` of one key only; `/moments` its commits;
 * `/at/<commit>` the document as it stood after that commit, a V1 update.
 */
export function historyRoute(storage: Storage): Hono<SessionEnv> {
  return new Hono<SessionEnv>()
    .get('/:kind/:id/history', (context) =>
      withLog(storage, context, (log) => Response.json(readHistory(log, context.req.query('path')))),
    )
    .get('/:kind/:id/moments', (context) =>
      withLog(storage, context, (log) => Response.json(readMoments(log))),
    )
    .get('/:kind/:id/at/:commit', (context) =>
      withLog(storage, context, (log, lastSeq) => {
        const commit = parseCommit(context.req.param('commit'));
        if (commit === null) return errorResponse({ code: 'malformed', paths: ['commit'] });
        const update = commit > lastSeq ? null : readMoment(log, commit);
        if (!update) return errorResponse({ code: 'not-found' });
        return packedResponse(context.req.raw, update);
      }),
    );
}

/** Answers from the log of the document the path names, or with why not. */
function withLog(
  storage: Storage,
  context: Context<SessionEnv, '/:kind/:id/*'>,
  respond: (log: readonly LogRow[], lastSeq: number) => Response | Promise<Response>,
): Response | Promise<Response> {
  const parsed = parseDocumentName(`${context.req.param('kind')}/${context.req.param('id')}`);
  if (!parsed.ok) return errorResponse(parsed.failure);
  const { name, kind } = parsed.value;
  const { actor } = context.get('session');
  return storage.read((reader) => {
    const document = reader.document(name);
    const barred = mayRead(actor, { kind, name, area: document?.area ?? '' });
    if (barred) return errorResponse(barred);
    if (!document) return errorResponse({ code: 'not-found' });
    return respond(reader.log(name), reader.lastSeq());
  });
}

function parseCommit(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
