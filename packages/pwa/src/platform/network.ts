import {
  ERRORS,
  ERROR_CODES,
  fail,
  isErrorCode,
  ok,
  type ErrorCode,
  type Result,
} from '@rukun/core/foundation';
import { gzip } from './gzip.ts';

/** Long enough for a full exchange over EDGE; a link that is dead is noticed by the next attempt. */
const EXCHANGE_TIMEOUT_MS = 120_000;
const JSON_TIMEOUT_MS = 30_000;
/** What somebody between here and the relay may ask for at most. */
const LONGEST_WAIT_MS = 600_000;

/** The relay over HTTP. Everything that can go wrong comes back as a code; nothing throws. */
export interface Network {
  /** Sends and receives JSON. The answer is not checked yet. */
  json(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    token: string,
    body?: unknown,
  ): Promise<Result<unknown>>;
  /** Fetches bytes. */
  bytes(path: string, token: string): Promise<Result<Uint8Array>>;
  /** Sends and receives an exchange body; `abandoned` ends it as if the link were gone. */
  exchange(token: string, body: Uint8Array, abandoned: AbortSignal): Promise<Result<Uint8Array>>;
  /** Sends what a device that was shut out hands in. */
  handIn(token: string, body: Uint8Array): Promise<Result<Uint8Array>>;
  /** The same for an audit body. */
  audit(token: string, body: Uint8Array, abandoned: AbortSignal): Promise<Result<Uint8Array>>;
  /**
   * Sends a file and reads the answer as it comes, a JSON value a line; they are not checked. `unavailable` if it breaks off. Takes as
   * long as lines keep coming, until it is called off.
   */
  lines(
    path: string,
    token: string,
    file: Blob,
    heard: (line: unknown) => void,
    calledOff: AbortSignal,
  ): Promise<Result<null>>;
}

/** The relay this page came from. */
export function fetchNetwork(origin: string): Network {
  return {
    async json(method, path, token, body) {
      const headers = new Headers(token === '' ? {} : { Authorization: `Bearer ${token}` });
      if (body !== undefined) headers.set('Content-Type', 'application/json');
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const request = new Request(origin + path, { method, headers, ...content });
      const answer = await send(request, AbortSignal.timeout(JSON_TIMEOUT_MS));
      if (!answer.ok) return answer;
      try {
        const text = await answer.value.text();
        return ok(text === '' ? null : (JSON.parse(text) as unknown));
      } catch {
        return fail('unavailable');
      }
    },
    async bytes(path, token) {
      const headers = new Headers({ Authorization: `Bearer ${token}` });
      const answer = await send(
        new Request(origin + path, { headers }),
        AbortSignal.timeout(JSON_TIMEOUT_MS),
      );
      if (!answer.ok) return answer;
      try {
        return ok(new Uint8Array(await answer.value.arrayBuffer()));
      } catch {
        return fail('unavailable');
      }
    },
    exchange: (token, body, abandoned) => post(`${origin}/api/exchange`, token, body, abandoned),
    handIn: (token, body) => post(`${origin}/api/hand-in`, token, body, new AbortController().signal),
    audit: (token, body, abandoned) => post(`${origin}/api/audit`, token, body, abandoned),
    async lines(path, token, file, heard, calledOff) {
      const headers = new Headers({ Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' });
      const answer = await send(
        new Request(origin + path, { method: 'POST', headers, body: file }),
        calledOff,
      );
      return answer.ok ? readLines(answer.value, heard) : answer;
    },
  };
}

/** Sends bytes, packed where the browser can, and receives bytes. */
async function post(
  url: string,
  token: string,
  body: Uint8Array,
  abandoned: AbortSignal,
): Promise<Result<Uint8Array>> {
  const compressed = await gzip(body);
  const headers = new Headers({
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/octet-stream',
  });
  if (compressed !== null) headers.set('Content-Encoding', 'gzip');
  const request = new Request(url, {
    method: 'POST',
    headers,
    body: compressed ?? body.slice(),
  });
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  const timeout = AbortSignal.timeout(EXCHANGE_TIMEOUT_MS);
  for (const signal of [abandoned, timeout]) signal.addEventListener('abort', end);
  try {
    const answer = await send(request, ended.signal);
    return answer.ok ? ok(new Uint8Array(await answer.value.arrayBuffer())) : answer;
  } catch {
    return fail('unavailable');
  } finally {
    for (const signal of [abandoned, timeout]) signal.removeEventListener('abort', end);
  }
}

async function send(request: Request, signal: AbortSignal): Promise<Result<Response>> {
  try {
    const options = {
      signal,
      cache: 'no-store',
      credentials: 'omit',
    } as const;
    const response = await fetch(request, options);
    return response.ok ? ok(response) : await failureOf(response);
  } catch {
    return fail('unavailable');
  }
}

async function readLines(response: Response, heard: (line: unknown) => void): Promise<Result<null>> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let open = '';
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return ok(null);
      const lines = (open + decoder.decode(piece.value, { stream: true })).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines) heard(JSON.parse(line) as unknown);
    }
  } catch {
    return fail('unavailable');
  }
}

async function failureOf(response: Response): Promise<Result<never>> {
  const said = await saidBy(response);
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  if (said.ok || !(seconds > 0)) return said;
  return { ok: false, failure: { ...said.failure, waitMs: Math.min(seconds * 1000, LONGEST_WAIT_MS) } };
}

async function saidBy(response: Response): Promise<Result<never>> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null && 'code' in body && isErrorCode(body.code)) {
    const paths =
      'paths' in body && Array.isArray(body.paths)
        ? body.paths.filter((path) => typeof path === 'string')
        : [];
    return fail(body.code, paths.length > 0 ? paths : undefined);
  }
  return fail(codeOfStatus(response.status));
}

/** For answers that are not the relay's own: a proxy, a captive portal. */
function codeOfStatus(status: number): ErrorCode {
  if (status >= 500) return 'unavailable';
  return ERROR_CODES.find((code) => ERRORS[code].http === status) ?? 'unavailable';
}
