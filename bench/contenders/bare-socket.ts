import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { pause } from '../machine/patience.ts';

/** What a contender's frames look like. */
export interface Dialect {
  /** Sent when the connection opens, in this order. */
  readonly hello: readonly Uint8Array[];
  /** The frame that carries one update. */
  update(update: Uint8Array): Uint8Array;
  /** The frame that asks for the whole document. */
  ask(): Uint8Array;
  /** Whether this frame says that updates may be sent. Without it, the open socket does. */
  isWelcome?(frame: Uint8Array): boolean;
  /** How many updates are acknowledged now that this frame came, given how many were before. */
  acknowledged(frame: Uint8Array, before: number): number;
}

/** Where and how a bare socket comes in. */
export interface Door {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly dialect: Dialect;
  /** Waits so long after the welcome, ms, since the document is still being read and comes as updates like any other. */
  readonly settleMs: number;
}

/** A WebSocket without a document behind it, so that what is measured is the server. */
export class BareSocket {
  readonly #socket: WebSocket;
  readonly #dialect: Dialect;
  /** How many of the updates sent the server has acknowledged in its own way. */
  acknowledged = 0;
  /** Called when {@link acknowledged} grew. */
  onAcknowledged: (() => void) | null = null;
  /** The close code once the server has closed it; null while it is open. */
  closedWith: number | null = null;

  private constructor(socket: WebSocket, dialect: Dialect) {
    this.#socket = socket;
    this.#dialect = dialect;
    socket.on('close', (code) => (this.closedWith = code));
    socket.on('error', () => (this.closedWith ??= 1006));
  }

  /** Connects and resolves once updates may be sent. */
  static async open({ url, protocols, dialect, settleMs }: Door): Promise<BareSocket> {
    const socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, maxPayload: 0 });
    const bare = new BareSocket(socket, dialect);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => {
        for (const frame of dialect.hello) socket.send(frame);
        if (!dialect.isWelcome) resolve();
      });
      socket.on('message', (data: Buffer) => {
        if (dialect.isWelcome?.(data)) resolve();
        bare.#receive(data);
      });
      socket.once('close', (code) => reject(new Error(`the connection was closed with ${code}`)));
      socket.once('error', reject);
    });
    await pause(settleMs);
    bare.acknowledged = 0;
    return bare;
  }

  /** Sends each update as a frame of its own, all in one write: otherwise it is this process that is measured. */
  send(updates: readonly Uint8Array[]): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const raw = (this.#socket as unknown as { _socket: Socket })['_socket'];
    raw.cork();
    for (const update of updates) this.#socket.send(this.#dialect.update(update));
    raw.uncork();
  }

  close(): void {
    this.#socket.terminate();
  }

  #receive(frame: Uint8Array): void {
    const before = this.acknowledged;
    this.acknowledged = this.#dialect.acknowledged(frame, before);
    if (this.acknowledged !== before) this.onAcknowledged?.();
  }
}
