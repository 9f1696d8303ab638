import type { SimRelay } from './sim-relay.ts';
import type { World } from './world.ts';

/** The relay's end of a simulated connection: as much of `ws` as a room uses. */
export class ServerEnd {
  readonly protocol: string;
  bufferedAmount = 0;
  isPaused = false;
  readonly #client: SimSocket;
  readonly #listeners = new Map<string, ((...parameters: never[]) => void)[]>();
  #isClosed = false;

  constructor(client: SimSocket, protocol: string) {
    this.#client = client;
    this.protocol = protocol;
  }

  on(event: string, listener: (...parameters: never[]) => void): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event: string, ...parameters: unknown[]): void {
    if (this.#isClosed) return;
    if (event === 'close') this.#isClosed = true;
    for (const listener of this.#listeners.get(event) ?? []) listener(...(parameters as never[]));
  }

  send(frame: Uint8Array): void {
    if (!this.#isClosed) this.#client.fromRelay({ frame: frame.slice() });
  }

  close(code: number): void {
    if (this.#isClosed) return;
    this.#client.fromRelay({ code });
    this.emit('close');
  }

  terminate(): void {
    this.close(1006);
  }

  ping(): void {
    this.emit('pong');
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  /** The process is gone: nobody says goodbye. */
  vanish(): void {
    this.#isClosed = true;
  }
}

/** A browser's WebSocket over the simulated network: what is said in one direction keeps its order, or is lost with the link. */
export class SimSocket {
  readonly OPEN = 1;
  readyState = 0;
  binaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #world: World;
  readonly #lane: string;
  readonly #relay: SimRelay;
  #server: ServerEnd | null = null;

  constructor(world: World, relay: SimRelay, url: string, protocols: readonly string[]) {
    this.#world = world;
    this.#relay = relay;
    this.#lane = `socket-${world.next()}`;
    void world.hold(`${this.#lane}-up`, this).then(() => this.#dial(url, protocols));
    relay.sockets.add(this);
  }

  #dial(url: string, protocols: readonly string[]): void {
    this.#server = this.#relay.connect(this, url, protocols);
    const isThere = this.#server !== null;
    this.#down(() => (isThere ? this.#opened() : this.#closed(1006)));
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return;
    const frame = Buffer.from(data);
    void this.#world.hold(`${this.#lane}-up`, this).then(() => this.#server?.emit('message', frame, true));
  }

  close(): void {
    if (this.readyState > 1) return;
    this.#leave();
    queueMicrotask(() => this.onclose?.({ code: 1000, reason: '' }));
  }

  /** The relay says something or ends the connection. */
  fromRelay(said: { readonly frame?: Uint8Array; readonly code?: number }): void {
    this.#down(() => {
      if (said.code !== undefined) this.#closed(said.code);
      else if (said.frame && this.readyState === 1) this.onmessage?.({ data: said.frame.slice().buffer });
    });
  }

  /** The link breaks: what is on its way is lost; the relay may notice much later. */
  cut(): void {
    if (this.readyState > 1) return;
    this.#leave();
    this.onclose?.({ code: 1006, reason: '' });
  }

  #down(then: () => void): void {
    void this.#world.hold(`${this.#lane}-down`, this).then(then);
  }

  #opened(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.();
  }

  #closed(code: number): void {
    if (this.readyState > 1) return;
    this.readyState = 3;
    this.#relay.sockets.delete(this);
    this.onclose?.({ code, reason: '' });
  }

  #leave(): void {
    this.readyState = 3;
    this.#world.drop(this);
    this.#relay.sockets.delete(this);
    const server = this.#server;
    if (server) void this.#world.hold(`${this.#lane}-end`, server).then(() => server.emit('close'));
  }
}
