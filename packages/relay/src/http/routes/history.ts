import { Hono, type Context } from 'hono';
import { mayRead } from '@rukun/core/access';
import { parseDocumentName, type ReadingWay } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import { readHistory } from '../../history/history.ts';
import { readMoments } from '../../history/moments.ts';
import { readMoment } from '../../history/time-travel.ts';
import type { LogRow } from '../../storage/records.ts';
import type { SessionEnv } from '../authenticate.ts';
import { packedResponse } from '../body.ts';
import { errorResponse } from '../error-response.ts';

type HistoryParts = Pick<RelayContext, 'storage' | 'recorder'>;

/**
 * What became of a document, for whoever may read it. Under `/api/documents/<kind>/<id>`:
 * `/history` who wrote what and when, oldest first, `?path=` of one key only; `/moments` its commits;
 * `/at/<commit>` the document as it stood after that commit, a V1 update.
 */
export function historyRoute(parts: HistoryParts): Hono<SessionEnv> {
  return new Hono<SessionEnv>()
    .get('/:kind/:id/history', (context) =>
      withLog(parts, context, 'history', (log) => Response.json(readHistory(log, context.req.query('path')))),
    )
    .get('/:kind/:id/moments', (context) =>
      withLog(parts, context, 'moments', (log) => Response.json(readMoments(log))),
    )
    .get('/:kind/:id/at/:commit', (context) =>
      withLog(parts, context, 'past', (log, lastSeq) => {
        const commit = parseCommit(context.req.param('commit'));
        if (commit === null) return errorResponse({ code: 'malformed', paths: ['commit'] });
        const update = commit > lastSeq ? null : readMoment(log, commit);
        if (!update) return errorResponse({ code: 'not-found' });
        return packedResponse(context.req.raw, update);
      }),
    );
}

/** Answers from the log of the document the path names, once it is told that it does, or with why not. */
async function withLog(
  { storage, recorder }: HistoryParts,
  context: Context<SessionEnv, '/:kind/:id/*'>,
  how: ReadingWay,
  respond: (log: readonly LogRow[], lastSeq: number) => Response | Promise<Response>,
): Promise<Response> {
  const parsed = parseDocumentName(`${context.req.param('kind')}/${context.req.param('id')}`);
  if (!parsed.ok) return errorResponse(parsed.failure);
  const { name, kind } = parsed.value;
  const session = context.get('session');
  const response = await storage.read((reader) => {
    const document = reader.document(name);
    const barred = mayRead(session.actor, { kind, name, area: document?.area ?? '' });
    if (barred) return errorResponse(barred);
    if (!document) return errorResponse({ code: 'not-found' });
    return respond(reader.log(name), reader.lastSeq());
  });
  if (!response.ok || (await recorder.reading(session, how, [name]))) return response;
  return errorResponse({ code: 'unavailable' });
}

function parseCommit(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
