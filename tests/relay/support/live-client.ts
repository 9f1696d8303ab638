import { WebSocket } from 'ws';
import { onTestFinished } from 'vitest';
import {
  decodeRoomMessage,
  encodeRoomMessage,
  SUBPROTOCOLS,
  type DocumentName,
  type RoomMessage,
} from '@rukun/core/protocol';
import type { TestDevice } from './test-device.ts';

type Kind = RoomMessage['type'];
type Of<K extends Kind> = Extract<RoomMessage, { type: K }>;

/** A raw live connection: sees every frame, sends any bytes. Waits for events, never for time. */
export class LiveClient {
  readonly socket: WebSocket;
  readonly received: RoomMessage[] = [];
  readonly closed: Promise<number>;
  #listeners = new Set<() => void>();

  constructor(url: string, document: string, protocols: readonly string[], autoPong = true) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/live/${document}`, [...protocols], {
      autoPong,
    });
    this.socket.on('message', (data: Buffer) => {
      const message = decodeRoomMessage(data);
      if (!message.ok) throw new Error('the relay sent an unreadable frame');
      this.received.push(message.value);
      for (const listener of this.#listeners) listener();
    });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', (code) => resolve(code)));
  }

  /** Connects with a fresh ticket; resolves when the relay's first sync step 1 is there. */
  static async open(
    device: TestDevice,
    document: DocumentName,
    protocol: 'plain' | 'stored' = 'stored',
    autoPong = true,
  ): Promise<LiveClient> {
    const ticket = await device.ticket(document);
    const protocols = [SUBPROTOCOLS[protocol], SUBPROTOCOLS.ticketPrefix + ticket];
    const client = new LiveClient(device.url, document, protocols, autoPong);
    onTestFinished(() => client.socket.terminate());
    await client.next('sync-step-1');
    return client;
  }

  send(message: RoomMessage): void {
    this.socket.send(encodeRoomMessage(message));
  }

  /** The first message of a kind, or the first that fits; waits for it if it is not there yet. */
  next<K extends Kind>(kind: K, fits: (message: Of<K>) => boolean = () => true): Promise<Of<K>> {
    const find = () =>
      this.received.find((message): message is Of<K> => message.type === kind && fits(message as Of<K>));
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (!found) return;
        this.#listeners.delete(look);
        resolve(found);
      };
      this.#listeners.add(look);
      void this.closed.then((code) => reject(new Error(`closed with ${code} before ${kind}`)));
      look();
    });
  }

  count(kind: Kind): number {
    return this.received.filter(({ type }) => type === kind).length;
  }
}
