import { Hono } from 'hono';
import { PROTOCOL_VERSION } from '@rukun/core/protocol';
import type { Storage } from '../../storage/storage.ts';

/** `GET /api/health`: 200 while the storage can be read. */
export function healthRoute(storage: Storage): Hono {
  return new Hono().get('/', (context) => {
    storage.read((reader) => reader.lastSeq());
    return context.json({ status: 'ok', protocol: PROTOCOL_VERSION });
  });
}
