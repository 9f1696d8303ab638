import { Hono } from 'hono';
import { describeMe } from '../../auth/me.ts';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';

/** `GET /api/me`: what the device knows about itself, its areas and its people, as of now. */
export function meRoute({
  storage,
  recoveryKeys,
}: Pick<RelayContext, 'storage' | 'recoveryKeys'>): Hono<SessionEnv> {
  return new Hono<SessionEnv>().get('/', (context) =>
    context.json(
      storage.read((reader) => describeMe(reader, context.get('session'), recoveryKeys.current())),
    ),
  );
}
