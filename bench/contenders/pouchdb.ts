import { Agent } from 'node:http';
import { join } from 'node:path';
import PouchDB from 'pouchdb';
import { stockName, type GeneratedHousehold } from '../documents/households.ts';
import { freePort, ServerProcess } from '../machine/server-process.ts';
import type { Centre, Contender, Phone } from './contender.ts';
import { newFolder, removeFolder } from './data-folder.ts';

const SERVER = join(import.meta.dirname, '../servers/pouchdb.ts');
const DATABASE = 'households';
const STOCK_BATCH = 1_000;

/** PouchDB and express-pouchdb, both on LevelDB; a household is one JSON document. Nothing live. */
export const pouchdb: Contender = {
  name: 'pouchdb',
  takesPart: 'aefh',
  open: () => PouchCentre.open(newFolder('pouchdb')),
  async openStocked(documents) {
    const folder = newFolder('pouchdb');
    const database = new PouchDB(join(folder, DATABASE));
    for (let from = 0; from < documents; from += STOCK_BATCH) {
      const batch = Array.from({ length: Math.min(STOCK_BATCH, documents - from) }, (_, offset) => ({
        _id: stockName(from + offset),
        family: {
          '101': '71',
          '102': '02',
          '103': '010',
          '107': `JL. MELATI NO. ${offset}`,
          '109': from + offset,
        },
      }));
      await database.bulkDocs(batch);
    }
    await database.close();
    return PouchCentre.open(folder);
  },
};

class PouchCentre implements Centre {
  readonly port: number;
  readonly area = '';
  readonly person = 'petugas';
  readonly #folder: string;
  #server: ServerProcess | null = null;

  private constructor(port: number, folder: string) {
    this.port = port;
    this.#folder = folder;
  }

  static async open(folder: string): Promise<PouchCentre> {
    const centre = new PouchCentre(await freePort(), folder);
    await centre.start();
    return centre;
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('the server is not running');
    return this.#server;
  }

  async start(): Promise<void> {
    const args = [SERVER, String(this.port), this.#folder];
    this.#server = await ServerProcess.start({ args, listening: /listening/ });
    // Clients do so before they replicate; a server that was killed soon after may have forgotten that it has one.
    const made = await fetch(`http://127.0.0.1:${this.port}/${DATABASE}`, { method: 'PUT' });
    if (!made.ok && made.status !== 412) throw new Error(`no database: ${made.status}`);
  }

  phone(): Promise<Phone> {
    return Promise.resolve(new PouchPhone());
  }

  sit(): Promise<never> {
    return Promise.reject(new Error('PouchDB has no live documents'));
  }

  door(): Promise<never> {
    return Promise.reject(new Error('PouchDB has no live documents'));
  }

  async fetch(document: string): Promise<void> {
    const url = `http://127.0.0.1:${this.port}/${DATABASE}/${encodeURIComponent(document)}`;
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${document}: ${answer.status}`);
    await answer.json();
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    removeFolder(this.#folder);
  }
}

class PouchPhone implements Phone {
  readonly #folder = newFolder('pouchdb-phone');
  readonly #local = new PouchDB(join(this.#folder, DATABASE));

  /** The change feed says which there are. */
  expect(): void {}

  async record({ document, answers }: GeneratedHousehold): Promise<void> {
    await this.#local.put({ _id: document, ...answers });
  }

  async edit(document: string, question: string, value: string): Promise<void> {
    const kept = await this.#local.get(document);
    await this.#local.put({ ...kept, family: { ...kept.family, [question]: value } });
  }

  /** One round of replication both ways, over connections that are kept as a browser would. */
  async catchUp(port: number): Promise<void> {
    const agent = new Agent({ keepAlive: true });
    const remote = new PouchDB(`http://127.0.0.1:${port}/${DATABASE}`, {
      skip_setup: true,
      fetch: (url, options) => PouchDB.fetch(url, { ...options, agent }),
    });
    const { push, pull } = await PouchDB.sync(this.#local, remote);
    agent.destroy();
    if (!push.ok || !pull.ok) throw new Error('the replication failed');
  }

  async answer(document: string, question: string): Promise<unknown> {
    const kept = await this.#local.get(document).catch(() => null);
    return kept?.family?.[question];
  }

  async close(): Promise<void> {
    await this.#local.close();
    removeFolder(this.#folder);
  }
}
