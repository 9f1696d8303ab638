import { WebSocket } from 'ws';
import { ERRORS } from '@rukun/core/foundation';

/** What `ws` finds wrong with a frame by itself, and the code stock clients take as "do not retry". */
const CLOSE_CODES: ReadonlyMap<number | undefined, number> = new Map([
  [1002, ERRORS.malformed.close],
  [1007, ERRORS.malformed.close],
  [1009, ERRORS['too-large'].close],
]);

/** A WebSocket that closes with the documented codes. */
export class RoomSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    super.close(CLOSE_CODES.get(code) ?? code, reason);
  }
}
