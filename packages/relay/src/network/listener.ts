import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { BlockList } from 'node:net';
import type { NetworkConfig } from '../config/network.ts';
import { answerClientError } from './client-errors.ts';
import { isIn, networkOf, plainAddress } from './peer.ts';
import { readTls } from './tls.ts';

/**
 * The HTTP server of a relay within its limits: slow, silent and oversized requests are cut with the documented code, and no
 * address holds more than its share of connections. Throws SecretUnavailable if the certificate cannot be used.
 */
export function createListener(
  { tls, limits }: NetworkConfig,
  proxies: BlockList,
  onRequest: RequestListener,
): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.lookMs,
    keepAliveTimeout: limits.keepAliveMs,
    requireHostHeader: true,
    insecureHTTPParser: false,
  };
  const server = tls
    ? createSecureServer({ ...options, ...readTls(tls), handshakeTimeout: limits.headersMs }, onRequest)
    : createServer(options, onRequest);
  server.timeout = limits.silenceMs;
  server.maxConnections = limits.connections;
  server.on('clientError', answerClientError);
  shareConnections(server, limits.connectionsPerAddress, proxies);
  return server;
}

/** Cuts connections of an address that has as many as one may have. A proxy brings those of many, so it is not counted. */
function shareConnections(server: Server, most: number, proxies: BlockList): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const direct = plainAddress(socket.remoteAddress ?? '');
    if (isIn(proxies, direct)) return;
    const address = networkOf(direct);
    const count = open.get(address) ?? 0;
    if (count >= most) {
      socket.destroy();
      return;
    }
    open.set(address, count + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
