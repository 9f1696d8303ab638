import type { HttpBindings } from '@hono/node-server';
import { createMiddleware } from 'hono/factory';
import type { BlockList } from 'node:net';
import { peerOf, type Peer } from '../network/peer.ts';

/** What every handler finds in its context: who sends the request. */
export interface PeerEnv {
  Bindings: HttpBindings;
  Variables: { peer: Peer };
}

/** Says who sends the request, for limits by address and for what depends on how they reached the relay. */
export function identifyPeer(proxies: BlockList) {
  return createMiddleware<PeerEnv>(async (context, next) => {
    context.set('peer', peerOf(context.env.incoming, proxies));
    await next();
  });
}
