import { diffUpdate, encodeStateAsUpdate, encodeStateVector, encodeStateVectorFromUpdate } from 'yjs';
import { readStateVector } from '@rukun/core/documents';
import { ok, type Failure, type Result } from '@rukun/core/foundation';
import { encodeRoomMessage, type DocumentName } from '@rukun/core/protocol';
import type { ScratchCopies } from '../commit/scratch-copies.ts';
import type { Commit } from '../commit/submission.ts';
import { mergeMany } from '../compaction/merge-many.ts';
import type { Storage } from '../storage/storage.ts';
import type { Connection, RoomSide } from './connection.ts';
import { Presence } from './presence.ts';

export interface RoomParts {
  readonly storage: Storage;
  readonly copies: ScratchCopies;
  /** Higher than every number before, for awareness clocks. */
  readonly nextClock: () => number;
  readonly onEmpty: (document: DocumentName) => void;
}

/** One document and the connections that look at it. Holds no document itself: it reads what is stored. */
export class Room implements RoomSide {
  readonly document: DocumentName;
  readonly connections = new Set<Connection>();
  readonly #parts: RoomParts;
  readonly #presence: Presence;

  constructor(document: DocumentName, parts: RoomParts) {
    this.document = document;
    this.#parts = parts;
    this.#presence = new Presence(parts.nextClock);
  }

  enter(connection: Connection): void {
    this.connections.add(connection);
    connection.greet();
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    const update = this.#presence.leave(connection.id);
    if (update) this.#tellOthers(connection, update);
    if (this.connections.size === 0) this.#parts.onEmpty(this.document);
  }

  stateVector(): Uint8Array {
    const copy = this.#parts.copies.peek(this.document);
    return copy ? encodeStateVector(copy.doc) : encodeStateVectorFromUpdate(this.#stored());
  }

  updateSince(stateVector: Uint8Array): Result<Uint8Array> {
    const read = readStateVector(stateVector);
    if (!read.ok) return read;
    const copy = this.#parts.copies.peek(this.document);
    return ok(copy ? encodeStateAsUpdate(copy.doc, stateVector) : diffUpdate(this.#stored(), stateVector));
  }

  hear(connection: Connection, awareness: Uint8Array): Failure | null {
    const { session } = connection;
    const heard = this.#presence.take(connection.id, session.device.id, session.person.id, awareness);
    if (!heard.ok) return heard.failure;
    if (heard.value) this.#tellOthers(connection, heard.value);
    return null;
  }

  everybody(): Uint8Array | null {
    return this.#presence.everybody();
  }

  /** Passes on what was committed: to the author only as an echo for plain clients, the relay's own part to all. */
  deliver({ update, relayUpdate, connection: author }: Commit): void {
    let frame: Uint8Array | null = null;
    const relayFrame = relayUpdate && encodeRoomMessage({ type: 'update', update: relayUpdate });
    for (const connection of this.connections) {
      if (connection.id !== author || !connection.wantsStored)
        connection.send((frame ??= encodeRoomMessage({ type: 'update', update })));
      if (relayFrame) connection.send(relayFrame);
    }
  }

  #tellOthers(speaker: Connection, update: Uint8Array): void {
    const frame = encodeRoomMessage({ type: 'awareness', update });
    for (const connection of this.connections) if (connection !== speaker) connection.send(frame);
  }

  #stored(): Uint8Array {
    return mergeMany(this.#parts.storage.read((reader) => reader.updates(this.document)));
  }
}
