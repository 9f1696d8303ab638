import { Hono } from 'hono';
import type { Clock } from '@rukun/core/foundation';

/** Long enough to be found, short enough that nobody trusts an abandoned relay's contact. */
const VALID_MS = 180 * 24 * 60 * 60 * 1000;

/** `GET /.well-known/security.txt` (RFC 9116): where to report a vulnerability of this relay; 404 where its owner set nothing. */
export function securityTxtRoute(contact: string | null, clock: Clock): Hono {
  return new Hono().get('/', (context) => {
    if (contact === null) return new Response('not found\n', { status: 404 });
    const expires = new Date(clock.now() + VALID_MS).toISOString();
    return context.text(`Contact: ${contact}\nExpires: ${expires}\nPreferred-Languages: id, en\n`);
  });
}
