import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SlowPipe } from './slow-pipe.ts';

/** What a link is like. */
export interface LinkShape {
  readonly name: string;
  /** Round trip, ms; half of it each way. */
  readonly rttMs: number;
  /** To the centre and from it, kbit/s of TCP payload, shared by all connections. */
  readonly upKbit: number;
  readonly downKbit: number;
}

/** What went over a link. */
export interface Traffic {
  /** Bytes of TCP payload. */
  readonly up: number;
  readonly down: number;
  readonly connections: number;
  /** How often a connection began to send after it had received or was new, all connections together. */
  readonly turns: number;
  /** The same, of the connection that did it most: round trips that had to wait for each other. */
  readonly depth: number;
}

/**
 * A TCP proxy that is as slow as a mobile link: one queue each way for all connections, paid for by the byte, then half a
 * round trip. A new connection may send after one round trip, as TCP does. What is not modelled (TLS, slow start, loss,
 * headers of IP) would cost whoever sends more and connects more often more.
 */
export class ShapedLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #up: SlowPipe;
  readonly #down: SlowPipe;
  readonly #turns: number[] = [];
  readonly #rttMs: number;

  private constructor(server: Server, { rttMs, upKbit, downKbit }: LinkShape) {
    this.#server = server;
    this.#rttMs = rttMs;
    this.#up = new SlowPipe(upKbit, rttMs / 2);
    this.#down = new SlowPipe(downKbit, rttMs / 2);
  }

  /** Opens the link to a port of this machine on a free one. */
  static async open(port: number, shape: LinkShape): Promise<ShapedLink> {
    const server = createServer({ allowHalfOpen: true });
    const link = new ShapedLink(server, shape);
    server.on('connection', (near) => link.#join(near, port));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What has gone over it so far. */
  traffic(): Traffic {
    return {
      up: this.#up.bytes,
      down: this.#down.bytes,
      connections: this.#turns.length,
      turns: this.#turns.reduce((sum, turns) => sum + turns, 0),
      depth: Math.max(0, ...this.#turns),
    };
  }

  /** Cuts every connection and lets nobody in. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    this.#up.close();
    this.#down.close();
    await closed;
  }

  #join(near: Socket, port: number): void {
    const number = this.#turns.push(0) - 1;
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let isSending = false;
    const opensAt = performance.now() + this.#rttMs;
    for (const [from, to, pipe] of [
      [near, far, this.#up],
      [far, near, this.#down],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => {
        if (from === near && !isSending) this.#turns[number] = (this.#turns[number] ?? 0) + 1;
        isSending = from === near;
        pipe.carry(chunk, opensAt, (part) => to.write(part));
      });
      from.on('end', () => pipe.carry(null, opensAt, () => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        pipe.carry(null, opensAt, () => to.end());
      });
    }
  }
}
