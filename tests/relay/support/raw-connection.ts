import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which a test writes bytes as no well-behaved client would. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  /** Everything the relay said, once it has closed the connection. */
  readonly ended: Promise<string>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1').on('data', (text: string) => (this.#received += text));
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => socket.once('close', () => resolve(this.#received)));
    onTestFinished(() => void socket.destroy());
  }

  static async open(url: string): Promise<RawConnection> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const connection = new RawConnection(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
    return connection;
  }

  /** Header lines as they are, then an empty line. */
  head(...lines: string[]): this {
    return this.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  write(text: string): this {
    this.#socket.write(text, 'latin1');
    return this;
  }
}

/** Status and code of an answer as it came over a connection. */
export function statusAndCode(answer: string): { readonly status: number; readonly code: string | null } {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
  return { status, code: /\{"code":"([\w-]+)"/.exec(answer)?.[1] ?? null };
}
