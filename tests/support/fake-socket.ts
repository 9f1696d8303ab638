import { decodeRoomMessage, encodeRoomMessage, type RoomMessage } from '@rukun/core/protocol';

/** Stands in for the network under a live connection, nothing else: what is sent is kept, the test plays the relay. */
export class FakeSocket {
  static readonly opened: FakeSocket[] = [];
  static #waiting: ((socket: FakeSocket) => void)[] = [];

  /** The class, as `WebSocket` is used. */
  static asWebSocket(): typeof WebSocket {
    return FakeSocket as unknown as typeof WebSocket;
  }

  /** The next connection that is made. */
  static next(): Promise<FakeSocket> {
    return new Promise((resolve) => {
      FakeSocket.#waiting.push(resolve);
    });
  }

  readonly url: string;
  readonly protocols: readonly string[];
  readonly sent: RoomMessage[] = [];
  readonly OPEN = 1;
  readyState = 0;
  binaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string, protocols: readonly string[] = []) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.opened.push(this);
    // The provider sets its handlers after the constructor.
    queueMicrotask(() => FakeSocket.#waiting.shift()?.(this));
  }

  send(data: Uint8Array): void {
    const message = decodeRoomMessage(data);
    if (message.ok) this.sent.push(message.value);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The relay accepts the connection. */
  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The relay says something. */
  say(message: RoomMessage): void {
    const bytes = encodeRoomMessage(message);
    this.onmessage?.({ data: bytes.slice().buffer });
  }

  /** The relay (or the link) ends it. */
  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '' });
  }

  /** Sync frames that carry edits, in order: what *stored* counts. */
  get counted(): readonly RoomMessage[] {
    return this.sent.filter(({ type }) => type === 'sync-step-2' || type === 'update');
  }
}
