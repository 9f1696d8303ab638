import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { encode, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { applyUpdate, Doc } from 'yjs';
import { EMPTY_STATE_VECTOR } from '../documents/edits.ts';
import { prelistUpdate, stockName, type GeneratedHousehold } from '../documents/households.ts';
import { pooled } from '../machine/patience.ts';
import { freePort, ServerProcess } from '../machine/server-process.ts';
import type { Dialect, Door } from './bare-socket.ts';
import type { Centre, Contender, Phone, Sitting } from './contender.ts';
import { newFolder, removeFolder } from './data-folder.ts';
import { untilContent } from './until-content.ts';

const SERVER = join(import.meta.dirname, '../servers/hocuspocus.ts');
const HOST = '127.0.0.1';
/** Documents opened at once over one socket; beyond 100 unauthenticated ones the server closes it. */
const AT_ONCE = 90;
const MESSAGE = { sync: 0, auth: 2, syncStatus: 8 } as const;
const TOKEN = 'bench';

/** Hocuspocus with SQLite: acknowledges what it has applied, and stores two to ten seconds later. */
export const hocuspocus: Contender = {
  name: 'hocuspocus',
  takesPart: 'abcdefgh',
  open: () => HocuspocusCentre.open(newFolder('hocuspocus')),
  async openStocked(documents) {
    const folder = newFolder('hocuspocus');
    // The server makes the table.
    const empty = await HocuspocusCentre.open(folder);
    await empty.server.stop();
    const database = new DatabaseSync(join(folder, 'db.sqlite'));
    const insert = database.prepare('INSERT INTO "documents" ("name", "data") VALUES (?, ?)');
    database.exec('BEGIN');
    for (let index = 0; index < documents; index++) insert.run(stockName(index), prelistUpdate(index, ''));
    database.exec('COMMIT');
    database.close();
    await empty.start();
    return empty;
  },
};

class HocuspocusCentre implements Centre {
  readonly port: number;
  readonly area = '';
  readonly person = 'petugas';
  readonly #folder: string;
  #server: ServerProcess | null = null;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async open(folder: string): Promise<HocuspocusCentre> {
    const centre = new HocuspocusCentre(await freePort(), folder);
    await centre.start();
    return centre;
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('the server is not running');
    return this.#server;
  }

  async start(): Promise<void> {
    const args = [SERVER, String(this.port), join(this.#folder, 'db.sqlite')];
    this.#server = await ServerProcess.start({ args, listening: /listening/ });
  }

  phone(): Promise<Phone> {
    return Promise.resolve(new HocuspocusPhone());
  }

  async sit(document: string): Promise<Sitting> {
    const doc = new Doc();
    const socket = openSocket(this.port);
    await synced(socket, document, doc);
    return { doc, close: () => socket.destroy() };
  }

  door(document: string): Promise<Door> {
    const url = `ws://${HOST}:${this.port}`;
    return Promise.resolve({ url, protocols: [], dialect: dialect(document), settleMs: 0 });
  }

  fetch(document: string): Promise<void> {
    return untilContent(this.sit(document));
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    removeFolder(this.#folder);
  }
}

class HocuspocusPhone implements Phone {
  readonly #docs = new Map<string, Doc>();

  expect(documents: readonly string[]): void {
    for (const document of documents) this.#docs.set(document, new Doc());
  }

  record({ document, merged }: GeneratedHousehold): Promise<void> {
    const doc = new Doc();
    applyUpdate(doc, merged);
    this.#docs.set(document, doc);
    return Promise.resolve();
  }

  edit(document: string, question: string, value: string): Promise<void> {
    this.#docs.get(document)?.getMap('answers').set(question, value);
    return Promise.resolve();
  }

  /** All documents over one socket. */
  async catchUp(port: number): Promise<void> {
    if (this.#docs.size === 0) return;
    const socket = openSocket(port);
    await pooled([...this.#docs], AT_ONCE, async ([document, doc]) => {
      const provider = await synced(socket, document, doc);
      provider.destroy();
    });
    socket.destroy();
  }

  answer(document: string, question: string): Promise<unknown> {
    return Promise.resolve(this.#docs.get(document)?.getMap('answers').get(question));
  }

  close(): Promise<void> {
    for (const doc of this.#docs.values()) doc.destroy();
    return Promise.resolve();
  }
}

function openSocket(port: number): HocuspocusProviderWebsocket {
  return new HocuspocusProviderWebsocket({ url: `ws://${HOST}:${port}`, WebSocketPolyfill: WebSocket });
}

/** Attaches the stock provider, without awareness; resolves once both have what the other had and SyncStatus says so. */
function synced(
  websocketProvider: HocuspocusProviderWebsocket,
  document: string,
  doc: Doc,
): Promise<HocuspocusProvider> {
  return new Promise((resolve) => {
    const provider = new HocuspocusProvider({
      name: document,
      document: doc,
      token: TOKEN,
      awareness: null,
      websocketProvider,
    });
    let hasState = false;
    const look = (): void => {
      if (hasState && provider.unsyncedChanges === 0) resolve(provider);
    };
    provider.on('synced', () => {
      hasState = true;
      look();
    });
    provider.on('unsyncedChanges', look);
    provider.attach();
  });
}

/** Every frame begins with the document's name; SyncStatus answers each update. */
function dialect(document: string): Dialect {
  const kindOf = (frame: Uint8Array): number => {
    const input = createDecoder(frame);
    readVarString(input);
    return readVarUint(input);
  };
  const sync = (kind: number, bytes: Uint8Array): Uint8Array =>
    encode((out) => {
      writeVarString(out, document);
      writeVarUint(out, MESSAGE.sync);
      writeVarUint(out, kind);
      writeVarUint8Array(out, bytes);
    });
  const hello = encode((out) => {
    writeVarString(out, document);
    writeVarUint(out, MESSAGE.auth);
    writeVarUint(out, 0);
    writeVarString(out, TOKEN);
    writeVarString(out, '4.8.0');
  });
  return {
    hello: [hello],
    isWelcome: (frame) => kindOf(frame) === MESSAGE.auth,
    update: (update) => sync(2, update),
    ask: () => sync(0, EMPTY_STATE_VECTOR),
    acknowledged: (frame, before) => (kindOf(frame) === MESSAGE.syncStatus ? before + 1 : before),
  };
}
