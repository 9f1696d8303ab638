import { Hono } from 'hono';
import { describeMe } from '../../auth/me.ts';
import type { Storage } from '../../storage/storage.ts';
import type { SessionEnv } from '../authenticate.ts';

/** `GET /api/me`: what the device knows about itself, its areas and its people, as of now. */
export function meRoute(storage: Storage): Hono<SessionEnv> {
  return new Hono<SessionEnv>().get('/', (context) =>
    context.json(storage.read((reader) => describeMe(reader, context.get('session')))),
  );
}
