import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { fail, ok, type Result } from '@rukun/core/foundation';

const unpack = promisify(gunzip);
const pack = promisify(gzip);

/** Smaller bodies are not worth compressing. */
const SMALLEST_PACKED = 512;

/** What a body may be called: what it is, nothing, or what clients call a text they say nothing about. Never a form's. */
const TYPES = {
  json: /^(application\/json|text\/plain)\s*(;|$)/i,
  bytes: /^application\/octet-stream\s*(;|$)/i,
} as const;

/** Reads a request's body, at most `mostBytes` of it; `too-large` as soon as it is clear that there is more. */
async function readBody(
  request: Request,
  kind: keyof typeof TYPES,
  mostBytes: number,
): Promise<Result<Uint8Array>> {
  const type = request.headers.get('content-type');
  if (type !== null && !TYPES[kind].test(type)) return fail('malformed', ['content-type']);
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > mostBytes) return fail('too-large');
  if (!request.body) return ok(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body) {
      length += chunk.byteLength;
      if (length > mostBytes) return fail('too-large');
      chunks.push(chunk);
    }
  } catch {
    return fail('malformed');
  }
  return ok(Buffer.concat(chunks));
}

/** A body that is read as it comes has more than it may; thrown by {@link streamBody}. */
export class BodyTooLarge extends Error {}

/** A request's body piece by piece, at most `mostBytes` of it. */
export async function* streamBody(request: Request, mostBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > mostBytes) throw new BodyTooLarge();
    yield chunk;
  }
}

/** Reads a body that may be gzip (`Content-Encoding`); `mostBytes` bounds it as sent, `mostUnpacked` afterwards. */
export async function readPackedBody(
  request: Request,
  mostBytes: number,
  mostUnpacked: number,
): Promise<Result<Uint8Array>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return fail('malformed');
  const body = await readBody(request, 'bytes', mostBytes);
  if (!body.ok || encoding === 'identity') return body;
  try {
    return ok(await unpack(body.value, { maxOutputLength: mostUnpacked }));
  } catch (error) {
    const isBomb = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    return fail(isBomb ? 'too-large' : 'malformed');
  }
}

/** Reads a JSON object; `malformed` for anything else. */
export async function readJson(
  request: Request,
  mostBytes: number,
): Promise<Result<Readonly<Record<string, unknown>>>> {
  const body = await readBody(request, 'json', mostBytes);
  if (!body.ok) return body;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.value));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? ok(value as Record<string, unknown>) : fail('malformed');
  } catch {
    return fail('malformed');
  }
}

/** An answer of bytes, gzipped where the client takes it and it is worth it. */
export async function packedResponse(request: Request, body: Uint8Array): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream', vary: 'accept-encoding' };
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!takesGzip || body.byteLength < SMALLEST_PACKED) return new Response(toBody(body), { headers });
  return new Response(await pack(body), { headers: { ...headers, 'content-encoding': 'gzip' } });
}

function toBody(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
