import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ERROR_CODES, fail, ok, type ErrorCode, type Result } from '../foundation/index.ts';

/**
 * Frames of a live connection, `/live/<document>`. 0 to 3 are y-websocket's own; ours start far above and go only to
 * clients that offered {@link SUBPROTOCOLS.stored}. One message per frame: stock clients read only the first.
 */
export const ROOM_MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  stored: 100,
  refused: 101,
} as const;

/** Kinds of a sync message (y-protocols). */
export const SYNC_MESSAGE = { step1: 0, step2: 1, update: 2 } as const;

/**
 * WebSocket subprotocols a client offers. One of `plain` (a stock y-websocket client: gets a plain echo after the
 * commit) and `stored` (gets *stored* and *refused* instead), and one that carries the ticket.
 */
export const SUBPROTOCOLS = {
  plain: 'rukun.1',
  stored: 'rukun.stored.1',
  ticketPrefix: 'rukun.ticket.',
} as const;

export type RoomMessage =
  | { readonly type: 'sync-step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'sync-step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'query-awareness' }
  /** Everything in the first `frames` sync frames (step 2 and update) of this connection is committed. */
  | { readonly type: 'stored'; readonly frames: number }
  /** Sync frame number `frame` (counting from 1) was refused; nothing of it was stored. */
  | {
      readonly type: 'refused';
      readonly frame: number;
      readonly code: ErrorCode;
      readonly paths: readonly string[];
    };

/** Encodes one message as one frame. */
export function encodeRoomMessage(message: RoomMessage): Uint8Array {
  return encoding.encode((out) => {
    switch (message.type) {
      case 'sync-step-1':
        writeSync(out, SYNC_MESSAGE.step1, message.stateVector);
        break;
      case 'sync-step-2':
        writeSync(out, SYNC_MESSAGE.step2, message.update);
        break;
      case 'update':
        writeSync(out, SYNC_MESSAGE.update, message.update);
        break;
      case 'awareness':
        encoding.writeVarUint(out, ROOM_MESSAGE.awareness);
        encoding.writeVarUint8Array(out, message.update);
        break;
      case 'query-awareness':
        encoding.writeVarUint(out, ROOM_MESSAGE.queryAwareness);
        break;
      case 'stored':
        encoding.writeVarUint(out, ROOM_MESSAGE.stored);
        encoding.writeVarUint(out, message.frames);
        break;
      case 'refused':
        encoding.writeVarUint(out, ROOM_MESSAGE.refused);
        encoding.writeVarUint(out, message.frame);
        encoding.writeUint8(out, ERROR_CODES.indexOf(message.code));
        encoding.writeVarUint(out, message.paths.length);
        for (const path of message.paths) encoding.writeVarString(out, path);
        break;
    }
  });
}

/** Reads one frame; `malformed` if it is none of ours or has bytes left over. */
export function decodeRoomMessage(frame: Uint8Array): Result<RoomMessage> {
  const input = decoding.createDecoder(frame);
  try {
    const message = readMessage(input);
    return message === null || decoding.hasContent(input) ? fail('malformed') : ok(message);
  } catch {
    return fail('malformed');
  }
}

function writeSync(out: encoding.Encoder, kind: number, bytes: Uint8Array): void {
  encoding.writeVarUint(out, ROOM_MESSAGE.sync);
  encoding.writeVarUint(out, kind);
  encoding.writeVarUint8Array(out, bytes);
}

function readMessage(input: decoding.Decoder): RoomMessage | null {
  switch (decoding.readVarUint(input)) {
    case ROOM_MESSAGE.sync: {
      const kind = decoding.readVarUint(input);
      const bytes = decoding.readVarUint8Array(input);
      if (kind === SYNC_MESSAGE.step1) return { type: 'sync-step-1', stateVector: bytes };
      if (kind === SYNC_MESSAGE.step2) return { type: 'sync-step-2', update: bytes };
      return kind === SYNC_MESSAGE.update ? { type: 'update', update: bytes } : null;
    }
    case ROOM_MESSAGE.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(input) };
    case ROOM_MESSAGE.queryAwareness:
      return { type: 'query-awareness' };
    case ROOM_MESSAGE.stored:
      return { type: 'stored', frames: decoding.readVarUint(input) };
    case ROOM_MESSAGE.refused: {
      const frame = decoding.readVarUint(input);
      const code = ERROR_CODES[decoding.readUint8(input)];
      const count = decoding.readVarUint(input);
      if (code === undefined || count > 10_000) return null;
      const paths = Array.from({ length: count }, () => decoding.readVarString(input));
      return { type: 'refused', frame, code, paths };
    }
    default:
      return null;
  }
}
