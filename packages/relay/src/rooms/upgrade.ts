import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { mayRead } from '@rukun/core/access';
import { ERRORS, fail, ok, type ErrorCode, type Log, type Result } from '@rukun/core/foundation';
import { kindOf, LIMITS, parseDocumentName, SUBPROTOCOLS, type DocumentName } from '@rukun/core/protocol';
import type { AuditRecorder } from '../audit/recorder.ts';
import { sessionOfDevice, type Session } from '../auth/session.ts';
import type { Tickets } from '../auth/tickets.ts';
import type { NetworkConfig } from '../config/network.ts';
import { reportFault } from '../monitoring/fault.ts';
import { mayUse } from '../network/cross-origin.ts';
import { peerOf } from '../network/peer.ts';
import type { Storage, StorageReader } from '../storage/storage.ts';
import type { RoomRegistry } from './room-registry.ts';
import { RoomSocket } from './room-socket.ts';

const LIVE = '/live/';

export interface UpgradeParts {
  readonly storage: Storage;
  readonly tickets: Tickets;
  readonly rooms: RoomRegistry;
  readonly recorder: AuditRecorder;
  readonly log: Log;
  readonly network: NetworkConfig;
  readonly proxies: BlockList;
}

export interface UpgradeHandler {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends sockets whose other side did not answer the closing handshake. */
  terminate(): void;
}

/**
 * Answers WebSocket handshakes on `/live/<kind>/<id>`. One that is not let in is accepted and closed at once with the
 * documented code, since browsers do not show the status of a refused handshake. Browsers name the page's origin, which must be
 * the relay's own or a listed one; other clients name none.
 */
export function createUpgradeHandler(parts: UpgradeParts): UpgradeHandler {
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: RoomSocket,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    handleProtocols: chooseProtocol,
  });
  let turnedAway = 0;
  const turnAway = (webSocket: WebSocket, code: ErrorCode): void => {
    webSocket.on('error', () => webSocket.terminate());
    webSocket.close(ERRORS[code].close, code);
    // Who does not answer the closing handshake is waited for, but not with any number of others.
    if (turnedAway >= parts.network.limits.turnedAway) {
      webSocket.terminate();
      return;
    }
    turnedAway++;
    webSocket.once('close', () => turnedAway--);
  };
  const handle: UpgradeHandler['handle'] = (request, socket, head) => {
    const path = request.url ?? '';
    if (!path.startsWith(LIVE)) {
      // Nobody else listens any more: without this, a client that is gone already would end the process.
      socket.on('error', () => socket.destroy());
      tellTurnedAway(parts, request, '/', 'not-found');
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const admitted = isForeignPage(parts, request)
        ? fail('forbidden')
        : admitOrReport(parts, path.slice(LIVE.length), offeredProtocols(request));
      if (!admitted.ok) {
        tellTurnedAway(parts, request, '/live', admitted.failure.code);
        turnAway(webSocket, admitted.failure.code);
        return;
      }
      void letIn(parts, webSocket, admitted.value).then((code) => code && turnAway(webSocket, code));
    });
  };
  const terminate = () => {
    for (const client of server.clients) client.terminate();
  };
  return { handle, terminate };
}

function isForeignPage({ network, proxies }: UpgradeParts, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin !== undefined && !mayUse(origin, peerOf(request, proxies), network.allowedOrigins);
}

/** Who it was that came with a ticket that is none, nobody knows. */
function tellTurnedAway(
  { recorder, proxies }: UpgradeParts,
  request: IncomingMessage,
  what: string,
  code: ErrorCode,
): void {
  const source = peerOf(request, proxies).address;
  void recorder.record({ kind: 'turned-away', person: '', device: '', what, source, code });
}

interface Admitted {
  readonly document: DocumentName;
  readonly session: Session;
}

/**
 * Takes a connection into its room once it is told that somebody opens the document; until then nothing is read from it. The
 * code to turn it away with, if not.
 */
async function letIn(
  parts: UpgradeParts,
  socket: WebSocket,
  { document, session }: Admitted,
): Promise<ErrorCode | null> {
  const drop = () => socket.terminate();
  socket.on('error', drop);
  socket.pause();
  const isTold = await parts.recorder.reading(session, 'live', [document]);
  socket.off('error', drop);
  socket.resume();
  if (!isTold) return 'unavailable';
  if (socket.readyState !== socket.OPEN) return null;
  try {
    // It may have been shut out meanwhile, or the area be somebody else's.
    const now = parts.storage.read((reader) => sessionFor(reader, session.device.id, document));
    if (!now.ok) return now.failure.code;
    parts.rooms.enter(socket, document, now.value, socket.protocol === SUBPROTOCOLS.stored);
    return null;
  } catch (error) {
    return reportFault(parts.log, 'live.failed', error);
  }
}

/** The dialect both speak; where there is none, any offered one, so that the connection can be closed with a code. */
function chooseProtocol(offered: Set<string>): string | false {
  const { stored, plain } = SUBPROTOCOLS;
  return [stored, plain].find((protocol) => offered.has(protocol)) ?? [...offered][0] ?? false;
}

function offeredProtocols(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
}

function admitOrReport(
  parts: UpgradeParts,
  path: string,
  offered: readonly string[],
): ReturnType<typeof admit> {
  try {
    return admit(parts, path, offered);
  } catch (error) {
    return fail(reportFault(parts.log, 'live.failed', error));
  }
}

function admit(
  { storage, tickets }: UpgradeParts,
  path: string,
  offered: readonly string[],
): Result<Admitted> {
  const parsed = parseDocumentName(path);
  if (!parsed.ok) return parsed;
  const { name } = parsed.value;
  const ticket = offered.find((protocol) => protocol.startsWith(SUBPROTOCOLS.ticketPrefix));
  const device = ticket && tickets.redeem(ticket.slice(SUBPROTOCOLS.ticketPrefix.length), name);
  const speaks = offered.includes(SUBPROTOCOLS.plain) || offered.includes(SUBPROTOCOLS.stored);
  if (!speaks) return fail('wrong-version');
  if (!device) return fail('unauthenticated');
  const session = storage.read((reader) => sessionFor(reader, device, name));
  return session.ok ? ok({ document: name, session: session.value }) : session;
}

/** The session of a device at this moment, where its person may read the document. */
function sessionFor(reader: StorageReader, device: string, name: DocumentName): Result<Session> {
  const session = sessionOfDevice(reader, device);
  if (!session) return fail('unauthenticated');
  const document = reader.document(name);
  const target = { kind: kindOf(name), name, area: document?.area ?? '' };
  const barred: ErrorCode | undefined = mayRead(session.actor, target)?.code;
  if (barred ?? !document) return fail(barred ?? 'not-found');
  return ok(session);
}
