import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '@rukun/core/foundation';

/** What is answered to bytes that are no request within the limits, by what Node calls it. */
const ANSWERS: Readonly<Record<string, { readonly status: number; readonly code: ErrorCode }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'too-slow' },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'too-large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'too-large' },
};
const OTHERWISE = { status: 400, code: 'malformed' } as const;

/** The code of bytes that are no request; null where the other side has only gone. */
export function codeOfClientError({ code = '' }: Error & { code?: string }): ErrorCode | null {
  return code === 'ECONNRESET' ? null : (ANSWERS[code] ?? OTHERWISE).code;
}

/** Answers bytes that are no request within the limits with the documented code and closes the connection. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, code } = ANSWERS[error.code ?? ''] ?? OTHERWISE;
  const body = JSON.stringify({ code });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
