import type { RawData, WebSocket } from 'ws';
import {
  ERRORS,
  type Clock,
  type ErrorCode,
  type Failure,
  type Log,
  type Result,
} from '@rukun/core/foundation';
import { decodeRoomMessage, encodeRoomMessage, type DocumentName } from '@rukun/core/protocol';
import type { Session } from '../auth/session.ts';
import type { CommitQueue } from '../commit/commit-queue.ts';
import type { Outcome } from '../commit/submission.ts';
import { reportFault } from '../monitoring/fault.ts';

/** What may be left unread by a client before it is cut off, bytes. */
const MOST_BUFFERED = 1024 * 1024;
/** What of one connection may wait to be committed before its socket is no longer read, bytes. */
const MOST_IN_FLIGHT = 1024 * 1024;
/** What a frame costs in memory besides its bytes. */
const FRAME_COST = 256;
/** Questions and awareness: so many at once, and so many more in a second. Each may cost the relay a whole document. */
const CHATTER_AT_ONCE = 200;
const CHATTER_PER_SECOND = 20;
/** State vectors that wait for their answer, bytes. */
const MOST_ASKED = 128 * 1024;
/** How long the code of a connection that broke the protocol may take to get through. */
const BREAK_OFF_MS = 1000;
/** Gaps in a row after which the connection has to start anew. */
const MOST_RESYNCS = 3;

/** What a connection asks of the room it is in. */
export interface RoomSide {
  readonly document: DocumentName;
  /** The state vector of what is stored. */
  stateVector(): Uint8Array;
  /** What is stored beyond a state vector, V1; `malformed` or `too-large` for bytes that are none. */
  updateSince(stateVector: Uint8Array): Result<Uint8Array>;
  hear(connection: Connection, awareness: Uint8Array): Failure | null;
  everybody(): Uint8Array | null;
  leave(connection: Connection): void;
}

export interface ConnectionParts {
  readonly commits: CommitQueue;
  readonly clock: Clock;
  readonly log: Log;
}

/** One socket in one room. */
export class Connection {
  readonly id: symbol = Symbol('connection');
  #session: Session;
  /** Whether it gets *stored* and *refused* instead of an echo. */
  readonly wantsStored: boolean;
  readonly #socket: WebSocket;
  readonly #room: RoomSide;
  readonly #parts: ConnectionParts;
  #isOpen = true;
  #isAlive = true;
  #frames = 0;
  #stored = 0;
  /** Word of what is stored is on its way. */
  #isTelling = false;
  #inFlight = 0;
  #resyncs = 0;
  #chatter = CHATTER_AT_ONCE;
  #chatterAt = 0;
  readonly #asked: Uint8Array[] = [];

  constructor(
    socket: WebSocket,
    session: Session,
    wantsStored: boolean,
    room: RoomSide,
    parts: ConnectionParts,
  ) {
    this.#socket = socket;
    this.#session = session;
    this.wantsStored = wantsStored;
    this.#room = room;
    this.#parts = parts;
    socket.on('message', (data, isBinary) => this.#guard(() => this.#receive(data, isBinary)));
    socket.on('pong', () => (this.#isAlive = true));
    socket.on('error', () => this.#breakOff());
    socket.on('close', () => this.end());
  }

  /** Whose it is, and what they may do at this moment. */
  get session(): Session {
    return this.#session;
  }

  /** What the person may do has changed. */
  renew(session: Session): void {
    this.#session = session;
  }

  /** Begins the conversation: what the relay has, and who is there. */
  greet(): void {
    this.#guard(() => {
      this.#askForMissing();
      this.#sayWhoIsThere();
    });
  }

  /** Sends one frame, however long; a client that has not read what came before is cut off. */
  send(frame: Uint8Array): void {
    if (!this.#isOpen) return;
    if (this.#socket.bufferedAmount > MOST_BUFFERED) this.#cutOff();
    else this.#socket.send(frame);
  }

  /** Closes with a code of the closed list. */
  close(code: ErrorCode): void {
    if (!this.#isOpen) return;
    this.end();
    this.#socket.close(ERRORS[code].close, code);
  }

  /** Sends something, and cuts off a client that has not been heard of since the last call. */
  keepAlive(frame: Uint8Array): void {
    if (!this.#isAlive) {
      this.#cutOff();
      return;
    }
    this.#isAlive = false;
    this.send(frame);
    if (this.#isOpen) this.#socket.ping();
  }

  /** Leaves the room; nothing is sent any more. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#room.leave(this);
  }

  /**
   * The other side does not keep to the protocol: `ws` has sent the code and would read on until the other closes, however
   * much that is. Not reading is all that keeps 64 MB out of memory.
   */
  #breakOff(): void {
    this.end();
    setImmediate(() => this.#socket.pause());
    this.#parts.clock.after(BREAK_OFF_MS, () => this.#socket.terminate());
  }

  /** A disk that cannot be read, or a fault of ours, ends this connection and nothing else. */
  #guard(serve: () => void): void {
    try {
      serve();
    } catch (error) {
      this.close(reportFault(this.#parts.log, 'live.failed', error));
    }
  }

  #cutOff(): void {
    this.end();
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#isOpen) return;
    this.#isAlive = true;
    const message = isBinary && Buffer.isBuffer(data) ? decodeRoomMessage(data) : null;
    if (!message?.ok) {
      this.close('malformed');
      return;
    }
    const { value } = message;
    const isEdit = value.type === 'sync-step-2' || value.type === 'update';
    if (!isEdit && !this.#mayChat()) {
      this.close('rate-limited');
      return;
    }
    switch (value.type) {
      case 'sync-step-1':
        this.#ask(value.stateVector);
        break;
      case 'sync-step-2':
        void this.#submit(value.update, true);
        break;
      case 'update':
        void this.#submit(value.update, false);
        break;
      case 'awareness': {
        const failure = this.#room.hear(this, value.update);
        if (failure) this.close(failure.code);
        break;
      }
      case 'query-awareness':
        this.#sayWhoIsThere();
        break;
      case 'stored':
      case 'refused':
        this.close('malformed');
        break;
    }
  }

  #mayChat(): boolean {
    const now = this.#parts.clock.now();
    const earned = (Math.max(0, now - this.#chatterAt) / 1000) * CHATTER_PER_SECOND;
    this.#chatter = Math.min(CHATTER_AT_ONCE, this.#chatter + earned) - 1;
    this.#chatterAt = now;
    return this.#chatter >= 0;
  }

  /** Answered one at a time, with whatever else is waiting in between: each may be a whole document. */
  #ask(stateVector: Uint8Array): void {
    const waiting = this.#asked.reduce((sum, { byteLength }) => sum + byteLength, stateVector.byteLength);
    if (waiting > MOST_ASKED) this.close('rate-limited');
    else if (this.#asked.push(stateVector) === 1) this.#answerNext();
  }

  #answerNext(): void {
    setImmediate(() => {
      const stateVector = this.#asked.shift();
      if (!stateVector || !this.#isOpen) return;
      this.#guard(() => this.#answer(stateVector));
      if (this.#asked.length > 0) this.#answerNext();
    });
  }

  #answer(stateVector: Uint8Array): void {
    const update = this.#room.updateSince(stateVector);
    if (update.ok) this.send(encodeRoomMessage({ type: 'sync-step-2', update: update.value }));
    else this.close('malformed');
  }

  async #submit(update: Uint8Array, isStep2: boolean): Promise<void> {
    const frame = ++this.#frames;
    const cost = update.byteLength + FRAME_COST;
    this.#inFlight += cost;
    if (this.#inFlight > MOST_IN_FLIGHT) this.#socket.pause();
    const outcome = await this.#parts.commits.submit({
      document: this.#room.document,
      update,
      actor: this.session.actor,
      device: this.session.device.id,
      area: '',
      at: this.#parts.clock.now(),
      marks: [],
      isStep2,
      connection: this.id,
    });
    this.#inFlight -= cost;
    if (this.#socket.isPaused && this.#inFlight < MOST_IN_FLIGHT / 2) this.#socket.resume();
    this.#guard(() => this.#tell(frame, outcome));
  }

  #tell(frame: number, outcome: Outcome): void {
    if (outcome.status === 'stored') {
      this.#resyncs = 0;
      this.#stored = frame;
      if (this.wantsStored && !this.#isTelling) {
        this.#isTelling = true;
        queueMicrotask(() => this.#tellStored());
      }
      return;
    }
    const { code, paths = [] } = outcome.failure;
    if (code === 'unavailable' || code === 'internal') {
      this.close(code);
      return;
    }
    if (this.wantsStored) this.send(encodeRoomMessage({ type: 'refused', frame, code, paths }));
    if (code === 'resync' && ++this.#resyncs <= MOST_RESYNCS) this.#askForMissing();
    else if (code === 'resync' || !this.wantsStored) this.close(code);
  }

  /** One message for all frames of a batch. */
  #tellStored(): void {
    this.#isTelling = false;
    this.send(encodeRoomMessage({ type: 'stored', frames: this.#stored }));
  }

  #askForMissing(): void {
    this.send(encodeRoomMessage({ type: 'sync-step-1', stateVector: this.#room.stateVector() }));
  }

  #sayWhoIsThere(): void {
    const update = this.#room.everybody();
    if (update) this.send(encodeRoomMessage({ type: 'awareness', update }));
  }
}
