import { ROOM_MESSAGE, SYNC_MESSAGE } from '@rukun/core/protocol';

/** A WebSocket class that reports every sync frame that carries edits (step 2, update) before it is sent. */
export function countingSocket(
  Socket: typeof WebSocket,
  sending: (kind: 'step-2' | 'update') => void,
): typeof WebSocket {
  return class CountingSocket extends Socket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      // Both numbers are below 128: one byte each.
      if (data instanceof Uint8Array && data[0] === ROOM_MESSAGE.sync) {
        if (data[1] === SYNC_MESSAGE.step2) sending('step-2');
        else if (data[1] === SYNC_MESSAGE.update) sending('update');
      }
      super.send(data);
    }
  };
}
