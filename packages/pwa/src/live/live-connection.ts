import {
  type Clock,
  type ErrorCode,
  ERRORS,
  type Failure,
  type Random,
  type Result,
  Value,
} from '@rukun/core/foundation';
import { decodeRoomMessage, ROOM_MESSAGE, SUBPROTOCOLS, type DocumentName } from '@rukun/core/protocol';
import { waitBeforeRetryMs } from '@rukun/core/sync';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type { Doc } from 'yjs';
import type { Surroundings } from '../platform/surroundings.ts';
import { countingSocket } from './counting-socket.ts';
import { FrameLedger } from './frame-ledger.ts';

/** What a live connection needs of the world. */
export interface LivePorts {
  readonly Socket: typeof WebSocket;
  /** `wss://host/live` */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly surroundings: Surroundings;
  /** A ticket for one connection. */
  ticket(document: DocumentName): Promise<Result<string>>;
}

/** What the owner of the document does around it. */
export interface LiveOwner {
  /** Runs before every connection: edits made offline go up with their times first. Never rejects. */
  before(): Promise<void>;
  /** The last edit applied in memory. */
  lastEdit(): number;
  /**
   * The relay sent this update, as it stands there; it is applied. It is what has to be stored: what the open document makes of it also holds
   * what follows from edits that are not at the relay and may never be.
   */
  received(update: Uint8Array): void;
  /** Everything up to this edit is committed at the relay. */
  stored(edit: number): void;
  /** The relay refused a frame that reached to this edit. */
  refused(edit: number, code: ErrorCode, paths: readonly string[]): void;
  /** No ticket was given, and asking again now would not help. */
  denied(failure: Failure): void;
}

const OPENING_MS = 20_000;

/**
 * One open document, live: a y-websocket provider whose connections are ours to make. Each gets a fresh ticket and a
 * count of its own; after a close it waits with jitter, after a close with 4400-4499 it stays closed.
 */
export class LiveConnection {
  readonly state = new Value<'offline' | 'connecting' | 'live'>('offline');
  readonly #document: DocumentName;
  readonly #ports: LivePorts;
  readonly #owner: LiveOwner;
  readonly #provider: WebsocketProvider;
  readonly #stopListening: () => void;
  #ledger = new FrameLedger();
  #attempts = 0;
  #isOver = false;
  #isBusy = false;
  #cancelTimer: () => void = () => undefined;

  constructor(doc: Doc, document: DocumentName, ports: LivePorts, owner: LiveOwner) {
    this.#document = document;
    this.#ports = ports;
    this.#owner = owner;
    this.#provider = new WebsocketProvider(ports.url, document, doc, {
      connect: false,
      disableBc: true,
      WebSocketPolyfill: countingSocket(ports.Socket, (kind) => {
        this.#ledger.sent(kind, owner.lastEdit());
      }),
    });
    const hear = (_out: unknown, input: { readonly arr: Uint8Array }): void => {
      this.#hear(input.arr);
    };
    const sync = this.#provider.messageHandlers[ROOM_MESSAGE.sync];
    if (!sync) throw new Error('a provider that does not sync');
    this.#provider.messageHandlers[ROOM_MESSAGE.sync] = (out, input, provider, ...rest): void => {
      const message = decodeRoomMessage(input.arr);
      sync(out, input, provider, ...rest);
      const isUpdate =
        message.ok && (message.value.type === 'sync-step-2' || message.value.type === 'update');
      if (isUpdate) owner.received(message.value.update);
    };
    this.#provider.messageHandlers[ROOM_MESSAGE.stored] = hear;
    this.#provider.messageHandlers[ROOM_MESSAGE.refused] = hear;
    this.#provider.on('sync', (isSynced) => {
      if (isSynced) this.#synced();
    });
    this.#provider.on('connection-close', (event) => {
      this.#closed(event);
    });
    this.#stopListening = ports.surroundings.onChange(() => {
      this.wake();
    });
    void this.#open();
  }

  get awareness(): Awareness {
    return this.#provider.awareness;
  }

  /** Whether updates with this origin came over this connection. */
  isOrigin(origin: unknown): boolean {
    return origin === this.#provider;
  }

  /** The link may be back: tries at once. */
  wake(): void {
    if (this.#isOver || this.#isBusy || !this.#ports.surroundings.isOnline()) return;
    this.#cancelTimer();
    void this.#open();
  }

  /** Ends it for good. */
  close(): void {
    this.#isOver = true;
    this.#stopListening();
    this.#cancelTimer();
    this.#provider.destroy();
    this.state.set('offline');
  }

  async #open(): Promise<void> {
    if (this.#isBusy || this.#isOver || !this.#ports.surroundings.isOnline()) return;
    this.#isBusy = true;
    this.#attempts++;
    this.state.set('connecting');
    await this.#owner.before();
    const ticket = this.#hasEnded() ? null : await this.#ports.ticket(this.#document);
    if (ticket === null || this.#hasEnded()) return;
    if (!ticket.ok) {
      this.#isBusy = false;
      this.state.set('offline');
      this.#owner.denied(ticket.failure);
      // A household found on the way is not known there before its first exchange.
      if (ERRORS[ticket.failure.code].retry || ticket.failure.code === 'not-found')
        this.#retryLater(ticket.failure.waitMs);
      return;
    }
    this.#ledger = new FrameLedger();
    this.#provider.protocols = [SUBPROTOCOLS.stored, SUBPROTOCOLS.ticketPrefix + ticket.value];
    this.#provider.connect();
    this.#cancelTimer = this.#ports.clock.after(OPENING_MS, () => {
      this.#provider.disconnect();
    });
  }

  #synced(): void {
    this.#cancelTimer();
    this.#attempts = 0;
    this.state.set('live');
  }

  /** `event` is null when this end closed it. */
  #closed(event: CloseEvent | null): void {
    // The provider must not dial again by itself: it has no fresh ticket.
    this.#provider.shouldConnect = false;
    this.#cancelTimer();
    this.#isBusy = false;
    this.state.set('offline');
    const isFinal = event !== null && event.code >= 4400 && event.code < 4500;
    if (isFinal) this.#isOver = true;
    // An exchange fetches what takes the place of this copy.
    if (event?.code === ERRORS.erased.close) void this.#owner.before();
    else this.#retryLater();
  }

  #retryLater(wishMs = 0): void {
    if (this.#isOver) return;
    const waitMs = waitBeforeRetryMs(this.#attempts, this.#ports.random, wishMs);
    this.#cancelTimer = this.#ports.clock.after(waitMs, () => void this.#open());
  }

  #hear(frame: Uint8Array): void {
    const message = decodeRoomMessage(frame);
    if (!message.ok) return;
    if (message.value.type === 'stored') {
      const edit = this.#ledger.stored(message.value.frames);
      if (edit >= 0) this.#owner.stored(edit);
    } else if (message.value.type === 'refused') {
      const { frame: number, code, paths } = message.value;
      const edit = this.#ledger.refused(number);
      // A gap heals with a new handshake, which repeats everything; the rest comes back to its author.
      if (ERRORS[code].retry) this.#provider.disconnect();
      else this.#owner.refused(edit, code, paths);
    }
  }

  #hasEnded(): boolean {
    return this.#isOver;
  }
}
