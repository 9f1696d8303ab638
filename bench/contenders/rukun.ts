import { join } from 'node:path';
import type { Result } from '@rukun/core/foundation';
import {
  decodeRoomMessage,
  encodeRoomMessage,
  ROOM_MESSAGE,
  SUBPROTOCOLS,
  type DocumentName,
} from '@rukun/core/protocol';
import { exchangeAll, LinkPace } from '@rukun/core/sync';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { applyUpdate, Doc } from 'yjs';
import { fetchNetwork } from '../../packages/pwa/src/platform/network.ts';
import { systemClock, systemRandom } from '../../packages/relay/src/monitoring/system.ts';
import { demoApi } from '../../tests/support/demo-api.ts';
import { MemoryDocumentStore } from '../../tests/support/memory-document-store.ts';
import { EMPTY_STATE_VECTOR } from '../documents/edits.ts';
import { prelistUpdate, stockName, type GeneratedHousehold } from '../documents/households.ts';
import { freePort, ServerProcess } from '../machine/server-process.ts';
import type { Dialect, Door } from './bare-socket.ts';
import type { Centre, Contender, Phone, Sitting } from './contender.ts';
import { newFolder, removeFolder } from './data-folder.ts';
import { untilContent } from './until-content.ts';

const MAIN = join(import.meta.dirname, '../../packages/relay/src/main.ts');
const OFFICER = 'petugas1';
/** Devices that live connections are spread over, each signed in when it is first needed. */
const DEVICES = 50;
/** Households brought in by one exchange when a centre is stocked. */
const STOCK_BATCH = 1_000;

/** Rukun's own relay with its demonstration data, gated and stored before anything is acknowledged. */
export const rukun: Contender = {
  name: 'rukun',
  takesPart: 'abcdefgh',
  open: () => RukunCentre.open(),
  async openStocked(documents) {
    const centre = await RukunCentre.open();
    let phone = await centre.phone();
    await phone.catchUp(centre.port);
    for (let from = 0; from < documents; from += STOCK_BATCH) {
      for (let index = from; index < Math.min(documents, from + STOCK_BATCH); index++)
        await phone.create(stockName(index), prelistUpdate(index, centre.area));
      await phone.catchUp(centre.port);
      phone = await phone.emptied();
    }
    return centre;
  },
};

class RukunCentre implements Centre {
  readonly #data = newFolder('rukun');
  readonly port: number;
  #server: ServerProcess | null = null;
  readonly #devices: ReturnType<typeof demoApi>[] = [];
  /** The sign-in that was begun last. */
  #last: Promise<unknown> = Promise.resolve();
  #turn = 0;
  area = '';
  person = '';

  private constructor(port: number) {
    this.port = port;
  }

  static async open(): Promise<RukunCentre> {
    const centre = new RukunCentre(await freePort());
    await centre.start();
    const { me } = await centre.#device(0);
    centre.person = me.person.id;
    centre.area = me.areas[0]?.id ?? '';
    return centre;
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('the server is not running');
    return this.#server;
  }

  async start(): Promise<void> {
    const port = String(this.port);
    const profile = process.env['BENCH_PROFILE'];
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    this.#server = await ServerProcess.start({
      args: [...flags, MAIN, 'serve', '--demo', '--port', port, '--data', this.#data],
      listening: /listening http/,
    });
  }

  async phone(): Promise<RukunPhone> {
    const { token } = await demoApi(this.#url(), OFFICER);
    return new RukunPhone(token, this.area);
  }

  async sit(document: string): Promise<Sitting> {
    const doc = new Doc({ gc: false });
    const provider = new WebsocketProvider(`ws://127.0.0.1:${this.port}/live`, document, doc, {
      protocols: await this.#protocols(document),
      disableBc: true,
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    });
    for (const type of [100, 101]) provider.messageHandlers[type] = () => undefined;
    await new Promise<void>((resolve, reject) => {
      provider.once('sync', () => resolve());
      provider.once('connection-close', (event) => reject(new Error(`closed with ${event?.code}`)));
    });
    return { doc, close: () => provider.destroy() };
  }

  async door(document: string): Promise<Door> {
    const url = `ws://127.0.0.1:${this.port}/live/${document}`;
    return { url, protocols: await this.#protocols(document), dialect: DIALECT, settleMs: 0 };
  }

  fetch(document: string): Promise<void> {
    return untilContent(this.sit(document));
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    removeFolder(this.#data);
  }

  async #protocols(document: string): Promise<string[]> {
    const { token } = await this.#device(this.#turn++ % DEVICES);
    const response = await fetch(`${this.#url()}/api/tickets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ document }),
    });
    if (!response.ok) throw new Error(`no ticket: ${response.status}`);
    const { ticket } = (await response.json()) as { ticket: string };
    return [SUBPROTOCOLS.stored, SUBPROTOCOLS.ticketPrefix + ticket];
  }

  #device(number: number): ReturnType<typeof demoApi> {
    const known = this.#devices[number];
    if (known) return known;
    // One after the other: of one name many at once count as guesses.
    const device = this.#last.then(() => demoApi(this.#url(), OFFICER));
    this.#devices[number] = device;
    this.#last = device;
    return device;
  }

  #url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
}

class RukunPhone implements Phone {
  readonly #store = new MemoryDocumentStore();
  readonly #token: string;
  readonly #area: string;
  readonly #parts = { clock: systemClock, random: systemRandom, pace: new LinkPace() };

  constructor(token: string, area: string) {
    this.#token = token;
    this.#area = area;
  }

  /** The relay says itself which there are. */
  expect(): void {}

  async record({ document, updates }: GeneratedHousehold): Promise<void> {
    const [first, ...rest] = updates;
    if (!first) throw new Error('a household without edits');
    await this.#store.createLocal(document, this.#area, first.update, first.at);
    for (const { update, at } of rest) await this.#store.appendLocal(document, update, at);
  }

  async create(document: DocumentName, update: Uint8Array): Promise<void> {
    await this.#store.createLocal(document, this.#area, update, Date.now());
  }

  async edit(document: string, question: string, value: string): Promise<void> {
    const doc = await this.#open(document);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getMap('answers').set(question, value);
    for (const update of updates) await this.#store.appendLocal(document as DocumentName, update, Date.now());
  }

  async catchUp(port: number): Promise<void> {
    const network = fetchNetwork(`http://127.0.0.1:${port}`);
    const never = new AbortController().signal;
    const exchange = (body: Uint8Array): Promise<Result<Uint8Array>> =>
      network.exchange(this.#token, body, never);
    const done = await exchangeAll(this.#store, { exchange }, this.#parts);
    if (!done.ok) throw new Error(`the exchange failed: ${done.failure.code}`);
    const [refused] = done.value.refused;
    if (refused) throw new Error(`not stored: ${JSON.stringify(refused)}`);
  }

  async answer(document: string, question: string): Promise<unknown> {
    return (await this.#open(document)).getMap('answers').get(question);
  }

  /** The same device without its documents: where it stands is all that is kept. */
  async emptied(): Promise<RukunPhone> {
    const phone = new RukunPhone(this.#token, this.#area);
    await phone.#store.takeOver({
      receipts: [],
      changes: [],
      whole: [],
      position: await this.#store.position(),
    });
    return phone;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #open(document: string): Promise<Doc> {
    const doc = new Doc({ gc: false });
    for (const update of await this.#store.updates(document as DocumentName)) applyUpdate(doc, update);
    return doc;
  }
}

/** Frames that count as edits are answered by *stored n*. */
const DIALECT: Dialect = {
  hello: [],
  update: (update) => encodeRoomMessage({ type: 'update', update }),
  ask: () => encodeRoomMessage({ type: 'sync-step-1', stateVector: EMPTY_STATE_VECTOR }),
  acknowledged(frame, before) {
    if (frame[0] !== ROOM_MESSAGE.stored) return before;
    const message = decodeRoomMessage(frame);
    return message.ok && message.value.type === 'stored' ? message.value.frames : before;
  },
};
