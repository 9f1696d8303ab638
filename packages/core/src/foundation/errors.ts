/**
 * Every expected failure of the product, once. `http` is the status of an answer that carries it, `close` the WebSocket
 * close code (4400-4499: do not retry), `retry` whether the same bytes may be accepted later. The words for people are in
 * the app's messages; `means` is for whoever reads a log or writes another client.
 */
export const ERRORS = {
  malformed: {
    http: 400,
    close: 4400,
    retry: false,
    means: 'the bytes or the body are not of the documented form',
  },
  'too-large': {
    http: 413,
    close: 4413,
    retry: false,
    means: 'a body, frame, update or value is over its limit',
  },
  'wrong-version': { http: 426, close: 4426, retry: false, means: 'the protocol version is not spoken here' },
  unauthenticated: { http: 401, close: 4401, retry: false, means: 'no valid token or ticket came with it' },
  'wrong-credentials': { http: 401, close: 4401, retry: false, means: 'user name and password do not fit' },
  forbidden: {
    http: 403,
    close: 4403,
    retry: false,
    means: 'this person may not do this to this document or field',
  },
  'not-found': { http: 404, close: 4404, retry: false, means: 'no such thing, or not for this person' },
  'foreign-client': {
    http: 409,
    close: 4409,
    retry: false,
    means: 'structs under a client id of another device',
  },
  'unknown-clock': {
    http: 409,
    close: 4409,
    retry: false,
    means: 'a delete range reaches beyond the known clocks',
  },
  resync: {
    http: 409,
    close: 4000,
    retry: true,
    means: 'the update has a gap: send what comes before it as well',
  },
  'bad-content': {
    http: 422,
    close: 4422,
    retry: false,
    means: 'a type, key, value or root the document does not allow',
  },
  'rate-limited': { http: 429, close: 4008, retry: true, means: 'too much at once; wait and try again' },
  unavailable: {
    http: 503,
    close: 1013,
    retry: true,
    means: 'the relay cannot store at the moment; nothing was stored',
  },
  internal: { http: 500, close: 1011, retry: true, means: 'a fault of the relay; nothing was stored' },
  expired: {
    http: 401,
    close: 4401,
    retry: false,
    means: 'the access token is past its time: fetch another with the refresh token',
  },
  revoked: {
    http: 401,
    close: 4401,
    retry: false,
    means: 'this device was shut out: it hands in what was not stored, then wipes itself',
  },
  'password-change': {
    http: 403,
    close: 4403,
    retry: false,
    means: 'the one-time password has to be replaced by an own one first',
  },
  locked: {
    http: 409,
    close: 4409,
    retry: false,
    means: 'the state of the record does not let this person write this field',
  },
  late: {
    http: 403,
    close: 4403,
    retry: false,
    means: 'the area was given to another person too long ago; kept for the supervisor to decide',
  },
  erased: {
    http: 410,
    close: 4410,
    retry: false,
    means: 'removed on lawful request; nothing of it is taken again',
  },
  'too-slow': {
    http: 408,
    close: 4008,
    retry: true,
    means: 'the request took too long to arrive; send it again',
  },
} as const satisfies Record<string, { http: number; close: number; retry: boolean; means: string }>;

/** A code from the closed list of expected failures. */
export type ErrorCode = keyof typeof ERRORS;

/** All codes, in the order of their number on the wire (index = number). Append only. */
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** Whether unknown input is one of the codes. */
export function isErrorCode(input: unknown): input is ErrorCode {
  return typeof input === 'string' && Object.hasOwn(ERRORS, input);
}
