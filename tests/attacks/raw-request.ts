import { connect } from 'node:net';
import type { Answer } from './scene.ts';

/** Sends bytes as they are, which no HTTP client would do for us, and reads until the relay closes or it is enough. */
export function sendRaw(
  url: string,
  bytes: string | Uint8Array,
  isEnough: (text: string) => boolean = () => false,
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      if (isEnough(text)) socket.destroy();
    });
    socket.once('close', () => resolve(text));
    // Who is cut off in the middle of sending has been answered already.
    socket.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(text);
      else reject(error);
    });
  });
}

/** A request line with a path as it stands, and headers. */
export async function rawRequest(
  url: string,
  line: string,
  headers: readonly string[] = [],
): Promise<Answer & { text: string }> {
  const head = [`${line} HTTP/1.1`, `Host: ${new URL(url).host}`, 'Connection: close', ...headers];
  return rawAnswer(await sendRaw(url, `${head.join('\r\n')}\r\n\r\n`));
}

/** Status and code of an answer as it came. */
export function rawAnswer(text: string): Answer & { text: string } {
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? Number.NaN);
  const code = /"code":"([\w-]+)"/.exec(text)?.[1];
  return { status, text, ...(code === undefined ? {} : { code }) };
}
