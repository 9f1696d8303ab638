import { Hono } from 'hono';
import { mayListReaders } from '@rukun/core/access';
import { parseDocumentName, type DocumentReader } from '@rukun/core/protocol';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';
import { errorResponse } from '../error-response.ts';

/** Entries of one answer. */
const PAGE = 100;

/**
 * `GET /api/documents/<kind>/<id>/readers`: who was sent a document, latest first, so that the person shown in it can be told;
 * `?before=<entry>` goes on. For administrators, and supervisors of the area.
 */
export function readersRoute({
  storage,
  recorder,
}: Pick<RelayContext, 'storage' | 'recorder'>): Hono<SessionEnv> {
  return new Hono<SessionEnv>().get('/:kind/:id/readers', async (context) => {
    const parsed = parseDocumentName(`${context.req.param('kind')}/${context.req.param('id')}`);
    if (!parsed.ok) return errorResponse(parsed.failure);
    const before = parseBefore(context.req.query('before'));
    if (before === null) return errorResponse({ code: 'malformed', paths: ['before'] });
    const { name, kind } = parsed.value;
    const { actor, person, device } = context.get('session');
    const answer = storage.read((reader) => {
      const document = reader.document(name);
      const barred = mayListReaders(actor, { kind, name, area: document?.area ?? '' });
      if (barred) return barred;
      return reader.readersOf(name, PAGE, before).map((reading): DocumentReader => {
        return { ...reading, name: reader.person(reading.person)?.name ?? reading.person };
      });
    });
    if ('code' in answer) return errorResponse(answer);
    const event = { kind: 'readers-listed', person: person.id, device: device.id, subject: name } as const;
    return (await recorder.record(event)) ? context.json(answer) : errorResponse({ code: 'unavailable' });
  });
}

function parseBefore(text: string | undefined): number | undefined | null {
  if (text === undefined) return undefined;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
