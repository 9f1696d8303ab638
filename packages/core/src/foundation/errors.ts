/**
 * Every expected failure of the product, once. `http` is the status of an answer that carries it, `close` the WebSocket
 * close code (4400-4499: do not retry), `retry` whether the same bytes may be accepted later. The words for people are in
 * the app's messages; the comments are for whoever reads a log or writes another client.
 */
export const ERRORS = {
  /** The bytes or the body are not of the documented form. */
  malformed: { http: 400, close: 4400, retry: false },
  /** A body, frame, update or value is over its limit. */
  'too-large': { http: 413, close: 4413, retry: false },
  /** The protocol version is not spoken here. */
  'wrong-version': { http: 426, close: 4426, retry: false },
  /** No valid token or ticket came with it. */
  unauthenticated: { http: 401, close: 4401, retry: false },
  /** User name and password do not fit. */
  'wrong-credentials': { http: 401, close: 4401, retry: false },
  /** This person may not do this to this document or field. */
  forbidden: { http: 403, close: 4403, retry: false },
  /** No such thing, or not for this person. */
  'not-found': { http: 404, close: 4404, retry: false },
  /** Structs under a client id of another device. */
  'foreign-client': { http: 409, close: 4409, retry: false },
  /** A delete range reaches beyond the known clocks. */
  'unknown-clock': { http: 409, close: 4409, retry: false },
  /** The update has a gap: send what comes before it as well. */
  resync: { http: 409, close: 4000, retry: true },
  /** A type, key, value or root the document does not allow. */
  'bad-content': { http: 422, close: 4422, retry: false },
  /** Too much at once; wait and try again. */
  'rate-limited': { http: 429, close: 4008, retry: true },
  /** The relay cannot store at the moment; nothing was stored. */
  unavailable: { http: 503, close: 1013, retry: true },
  /** A fault of the relay; nothing was stored. */
  internal: { http: 500, close: 1011, retry: true },
  /** The access token is past its time: fetch another with the refresh token. */
  expired: { http: 401, close: 4401, retry: false },
  /** This device was shut out: it hands in what was not stored, then wipes itself. */
  revoked: { http: 401, close: 4401, retry: false },
  /** The one-time password has to be replaced by an own one first. */
  'password-change': { http: 403, close: 4403, retry: false },
  /** The state of the record does not let this person write this field. */
  locked: { http: 409, close: 4409, retry: false },
  /** The area was given to another person too long ago; kept for the supervisor to decide. */
  late: { http: 403, close: 4403, retry: false },
  /** Removed on lawful request; nothing of it is taken again. */
  erased: { http: 410, close: 4410, retry: false },
  /** The request took too long to arrive; send it again. */
  'too-slow': { http: 408, close: 4008, retry: true },
} as const satisfies Record<string, { http: number; close: number; retry: boolean }>;

/** A code from the closed list of expected failures. */
export type ErrorCode = keyof typeof ERRORS;

/** All codes, in the order of their number on the wire (index = number). Append only. */
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** Whether unknown input is one of the codes. */
export function isErrorCode(input: unknown): input is ErrorCode {
  return typeof input === 'string' && Object.hasOwn(ERRORS, input);
}
