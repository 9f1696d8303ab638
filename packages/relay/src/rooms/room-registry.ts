import type { WebSocket } from 'ws';
import type { Clock, ErrorCode, Log } from '@rukun/core/foundation';
import { encodeRoomMessage, LIMITS, type DocumentName } from '@rukun/core/protocol';
import { sessionOfDevice, type Session } from '../auth/session.ts';
import { mayRead } from '@rukun/core/access';
import type { CommitQueue } from '../commit/commit-queue.ts';
import type { ScratchCopies } from '../commit/scratch-copies.ts';
import { reportFault } from '../monitoring/fault.ts';
import type { Storage } from '../storage/storage.ts';
import { Connection } from './connection.ts';
import { NOBODY } from './presence.ts';
import { Room, type RoomParts } from './room.ts';

export interface RegistryParts {
  readonly storage: Storage;
  readonly commits: CommitQueue;
  readonly copies: ScratchCopies;
  readonly clock: Clock;
  readonly log: Log;
}

/** All live rooms: opens them, shares them, passes commits on to them, lets them go when they are empty. */
export class RoomRegistry {
  readonly #parts: RegistryParts;
  readonly #rooms = new Map<DocumentName, Room>();
  readonly #roomParts: RoomParts;
  readonly #keepAliveFrame = encodeRoomMessage({ type: 'awareness', update: NOBODY });
  #lastClock = 0;
  #cancelTick: () => void;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    const { storage, copies, clock, commits } = parts;
    this.#roomParts = {
      storage,
      copies,
      nextClock: () => (this.#lastClock = Math.max(this.#lastClock + 1, clock.now())),
      onEmpty: (document) => this.#unload(document),
    };
    commits.onCommit((stored) => {
      for (const commit of stored) this.#rooms.get(commit.document)?.deliver(commit);
      if (stored.some(({ changesAccess }) => changesAccess)) this.checkAccess();
    });
    this.#cancelTick = clock.after(LIMITS.keepAliveMs, () => this.#tick());
  }

  /** Takes a socket into the room of a document that is known and that the session may read. */
  enter(socket: WebSocket, document: DocumentName, session: Session, wantsStored: boolean): void {
    const { commits, clock, copies, log } = this.#parts;
    let room = this.#rooms.get(document);
    if (!room) {
      room = new Room(document, this.#roomParts);
      this.#rooms.set(document, room);
      copies.keep(document);
    }
    room.enter(new Connection(socket, session, wantsStored, room, { commits, clock, log }));
  }

  /** Closes the connections of a device that was signed out or shut out. */
  closeDevice(device: string, code: ErrorCode): void {
    this.#closeAll(code, (connection) => connection.session.device.id === device);
  }

  /** Closes the connections to a document of which something was erased: what they hold is not to come back. */
  closeErased(document: DocumentName): void {
    for (const connection of this.#rooms.get(document)?.connections ?? []) connection.close('erased');
  }

  /**
   * Closes the connections of those who may no longer read what they look at: assignments change, devices are signed out.
   * The others go on with what they may do now.
   */
  checkAccess(): void {
    this.#parts.storage.read((reader) => {
      const sessions = new Map<string, Session | null>();
      const sessionOf = (device: string): Session | null => {
        let session = sessions.get(device);
        if (session === undefined) sessions.set(device, (session = sessionOfDevice(reader, device)));
        return session;
      };
      for (const room of this.#rooms.values()) {
        const document = reader.document(room.document);
        for (const connection of room.connections) {
          const session = sessionOf(connection.session.device.id);
          if (!session) connection.close('unauthenticated');
          else if (!document || mayRead(session.actor, document) !== null) connection.close('forbidden');
          else connection.renew(session);
        }
      }
    });
  }

  /** Closes all connections; clients may come back to another process. */
  close(): void {
    this.#cancelTick();
    this.#closeAll('unavailable', () => true);
  }

  /** Rooms and connections at this moment. */
  count(): { rooms: number; connections: number } {
    const connections = [...this.#rooms.values()].reduce((sum, room) => sum + room.connections.size, 0);
    return { rooms: this.#rooms.size, connections };
  }

  #closeAll(code: ErrorCode, isMeant: (connection: Connection) => boolean): void {
    for (const room of this.#rooms.values()) {
      for (const connection of room.connections) if (isMeant(connection)) connection.close(code);
    }
  }

  #unload(document: DocumentName): void {
    this.#rooms.delete(document);
    this.#parts.copies.release(document);
  }

  #tick(): void {
    for (const room of this.#rooms.values()) {
      for (const connection of room.connections) connection.keepAlive(this.#keepAliveFrame);
    }
    this.#parts.copies.dropIdle();
    try {
      this.checkAccess();
    } catch (error) {
      reportFault(this.#parts.log, 'live.failed', error);
    }
    this.#cancelTick = this.#parts.clock.after(LIMITS.keepAliveMs, () => this.#tick());
  }
}
