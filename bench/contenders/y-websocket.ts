import { join } from 'node:path';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { LeveldbPersistence } from 'y-leveldb';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { applyUpdate, decodeStateVector, Doc, encodeStateVector } from 'yjs';
import { encodeRoomMessage, ROOM_MESSAGE, SYNC_MESSAGE } from '@rukun/core/protocol';
import { EMPTY_STATE_VECTOR } from '../documents/edits.ts';
import { prelistUpdate, stockName, type GeneratedHousehold } from '../documents/households.ts';
import { pause, pooled } from '../machine/patience.ts';
import { freePort, ServerProcess } from '../machine/server-process.ts';
import type { Dialect, Door } from './bare-socket.ts';
import type { Centre, Contender, ContenderName, Phone, Sitting } from './contender.ts';
import { newFolder, removeFolder } from './data-folder.ts';
import { untilContent } from './until-content.ts';

const SERVER = join(import.meta.dirname, '../node_modules/@y/websocket-server/src/server.js');
const HOST = '127.0.0.1';
/**
 * Documents opened at once. With edits to send fewer, since a provider gives up a connection that hears nothing for 30 s,
 * and on a slow link the last of 200 would.
 */
const AT_ONCE = { dirty: 32, clean: 1_000 };

/** The stock server without persistence, as it starts by default. */
export const yWebsocket = contender('y-websocket', 'abcgh', false);

/** The stock server with its own LevelDB persistence: written, not synced, and never acknowledged. */
export const yWebsocketLeveldb = contender('y-websocket+leveldb', 'bcdefg', true);

function contender(name: ContenderName, takesPart: string, isKept: boolean): Contender {
  return {
    name,
    takesPart,
    open: () => YWebsocketCentre.open(isKept),
    async openStocked(documents) {
      const folder = newFolder(name);
      const store = new LeveldbPersistence(folder);
      const indices = Array.from({ length: documents }, (_, index) => index);
      await pooled(indices, 64, async (index) => {
        await store.storeUpdate(stockName(index), prelistUpdate(index, ''));
      });
      await store.destroy();
      return YWebsocketCentre.open(isKept, folder);
    },
  };
}

/** It has read a document by then. */
const READ_MS = 500;
/** A document that has not come by then is not there. */
const LATE_MS = 1_500;

class YWebsocketCentre implements Centre {
  readonly port: number;
  readonly area = '';
  readonly person = 'petugas';
  readonly #folder: string | null;
  #server: ServerProcess | null = null;

  private constructor(port: number, folder: string | null) {
    this.port = port;
    this.#folder = folder;
  }

  static async open(isKept: boolean, folder = isKept ? newFolder('y-websocket') : null): Promise<Centre> {
    const centre = new YWebsocketCentre(await freePort(), folder);
    await centre.start();
    return centre;
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('the server is not running');
    return this.#server;
  }

  async start(): Promise<void> {
    const env = { HOST, PORT: String(this.port) };
    this.#server = await ServerProcess.start({
      args: [SERVER],
      env: this.#folder === null ? env : { ...env, YPERSISTENCE: this.#folder },
      listening: /running at/,
    });
  }

  phone(): Promise<Phone> {
    return Promise.resolve(new YWebsocketPhone());
  }

  async sit(document: string): Promise<Sitting> {
    const doc = new Doc();
    const { provider, done } = connect(this.port, document, doc);
    await done;
    return { doc, close: () => provider.destroy() };
  }

  door(document: string): Promise<Door> {
    const url = `ws://${HOST}:${this.port}/${document}`;
    return Promise.resolve({
      url,
      protocols: [],
      dialect: DIALECT,
      settleMs: this.#folder === null ? 0 : READ_MS,
    });
  }

  fetch(document: string): Promise<void> {
    return untilContent(this.sit(document));
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    if (this.#folder !== null) removeFolder(this.#folder);
  }
}

class YWebsocketPhone implements Phone {
  readonly #docs = new Map<string, Doc>();
  readonly #dirty = new Set<string>();

  expect(documents: readonly string[]): void {
    for (const document of documents) this.#docs.set(document, new Doc());
  }

  record({ document, merged }: GeneratedHousehold): Promise<void> {
    const doc = new Doc();
    applyUpdate(doc, merged);
    this.#docs.set(document, doc);
    this.#dirty.add(document);
    return Promise.resolve();
  }

  edit(document: string, question: string, value: string): Promise<void> {
    this.#docs.get(document)?.getMap('answers').set(question, value);
    this.#dirty.add(document);
    return Promise.resolve();
  }

  async catchUp(port: number): Promise<void> {
    const atOnce = this.#dirty.size > 0 ? AT_ONCE.dirty : AT_ONCE.clean;
    await pooled([...this.#docs], atOnce, async ([document, doc]) => {
      const { provider, done } = connect(port, document, doc);
      await done;
      await lateContent(doc);
      provider.destroy();
    });
    this.#dirty.clear();
  }

  answer(document: string, question: string): Promise<unknown> {
    return Promise.resolve(this.#docs.get(document)?.getMap('answers').get(question));
  }

  close(): Promise<void> {
    for (const doc of this.#docs.values()) doc.destroy();
    return Promise.resolve();
  }
}

/**
 * Connects the stock provider, without awareness. `done` once it has the server's state and, if the server lacked
 * something of ours, once our own edits have come back: the nearest to an acknowledgement there is.
 */
function connect(
  port: number,
  document: string,
  doc: Doc,
): { provider: WebsocketProvider; done: Promise<void> } {
  const provider = new WebsocketProvider(`ws://${HOST}:${port}`, document, doc, {
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  provider.awareness.setLocalState(null);
  let isOwed = true;
  const done = new Promise<void>((resolve) => {
    const read = provider.messageHandlers[ROOM_MESSAGE.sync];
    provider.messageHandlers[ROOM_MESSAGE.sync] = (out, input, ...rest) => {
      const bytes = createDecoder(input.arr.subarray(input.pos));
      const kind = readVarUint(bytes);
      if (kind === SYNC_MESSAGE.step1) isOwed = hasMore(doc, readVarUint8Array(bytes));
      else if (kind === SYNC_MESSAGE.update) isOwed = false;
      read?.(out, input, ...rest);
      if (!isOwed && provider.synced) resolve();
    };
  });
  return { provider, done };
}

/** With persistence the server says that it is in step before it has read the document: what it says then is not believed. */
async function lateContent(doc: Doc): Promise<void> {
  const end = performance.now() + LATE_MS;
  while (doc.store.clients.size === 0 && performance.now() < end) await pause(5);
}

/** Whether the document holds structs that a state vector does not. */
function hasMore(doc: Doc, stateVector: Uint8Array): boolean {
  const theirs = decodeStateVector(stateVector);
  const ours = decodeStateVector(encodeStateVector(doc));
  return [...ours].some(([client, clock]) => clock > (theirs.get(client) ?? 0));
}

/** The server sends every update to everybody in the room, its author too. */
const DIALECT: Dialect = {
  hello: [],
  update: (update) => encodeRoomMessage({ type: 'update', update }),
  ask: () => encodeRoomMessage({ type: 'sync-step-1', stateVector: EMPTY_STATE_VECTOR }),
  acknowledged: (frame, before) =>
    frame[0] === ROOM_MESSAGE.sync && frame[1] === SYNC_MESSAGE.update ? before + 1 : before,
};
