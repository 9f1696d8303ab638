import { Socket } from 'node:net';
import { Server } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { RelayConfig } from './config/config.ts';
import { createContext, type GivenParts, type RelayContext } from './context.ts';
import { createApp } from './http/app.ts';
import { importDemo } from './import/demo-import.ts';
import { codeOfClientError } from './network/client-errors.ts';
import { createListener } from './network/listener.ts';
import { networkOf, plainAddress } from './network/peer.ts';
import { followTls } from './network/tls.ts';
import { createUpgradeHandler } from './rooms/upgrade.ts';

/** How long requests and closing handshakes may take once the relay is told to end. */
const GRACE_MS = 2_000;

/** A relay that is put together and, once it listens, serves. */
export interface Relay {
  readonly context: RelayContext;
  /** Fills an empty demo, then serves. Rejects if the port cannot be had. */
  listen(): Promise<{ port: number; url: string }>;
  /** Reads the certificate anew, where there is one. */
  reloadCertificate(): void;
  /** Commits what is waiting, closes connections and storage. Safe to call more than once. */
  close(): Promise<void>;
}

/** Puts a relay together on one storage. Throws StorageUnavailable or SecretUnavailable. */
export function createRelay(config: RelayConfig, given: GivenParts = {}): Relay {
  const context = createContext(config, given);
  const { recorder } = context;
  context.auditHead.start();
  context.retention.start();
  const listener = getRequestListener(createApp(context).fetch, { overrideGlobalObjects: false });
  const { tls } = config.network;
  const server = createListener(config.network, context.proxies, (incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  const certificate = tls && server instanceof Server ? followTls(server, tls, context) : null;
  server.on('clientError', (error, socket) => {
    const code = codeOfClientError(error);
    const source = networkOf(plainAddress(socket instanceof Socket ? (socket.remoteAddress ?? '') : ''));
    if (code) void recorder.record({ kind: 'turned-away', person: '', device: '', what: '/', source, code });
  });
  const upgrades = createUpgradeHandler(context);
  server.on('upgrade', (request, socket, head) => upgrades.handle(request, socket, head));
  let closing: Promise<void> | null = null;

  const close = async () => {
    certificate?.stop();
    context.commits.close();
    context.compactor.close();
    context.retention.close();
    context.rooms.close();
    const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
    server.closeIdleConnections();
    const cancel = context.clock.after(GRACE_MS, () => {
      upgrades.terminate();
      server.closeAllConnections();
    });
    await ended;
    cancel();
    recorder.flush();
    context.auditHead.close();
    context.storage.close();
  };

  return {
    context,
    async listen() {
      if (config.demo) await importDemo(context);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => resolve());
      });
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : config.port;
      return { port, url: `${tls ? 'https' : 'http'}://localhost:${port}` };
    },
    reloadCertificate: () => certificate?.reload(),
    close: () => (closing ??= close()),
  };
}
