import { Household, type Place } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { OpenDocument, type OpenParts } from '@rukun/core/sync';
import { LiveConnection } from '../../packages/pwa/src/live/live-connection.ts';
import type { SimTab } from './sim-tab.ts';
import type { Given } from './truth.ts';

/** One document on the screen of a tab, as the app has it: an open copy, and a live connection if there is a link. */
export class SimCopy {
  readonly document: DocumentName;
  readonly #tab: SimTab;
  #file: OpenDocument;
  #connection: LiveConnection | null = null;
  #renewing: Promise<void> | null = null;
  #unconfirmed: Given[] = [];

  static async open(tab: SimTab, document: DocumentName): Promise<SimCopy | null> {
    let copy: SimCopy | null = null;
    const file = await OpenDocument.open(
      openParts(tab, () => copy),
      document,
    );
    if (file) copy = new SimCopy(tab, file);
    return copy;
  }

  private constructor(tab: SimTab, file: OpenDocument) {
    this.#tab = tab;
    this.#file = file;
    this.document = file.document;
    this.#connect();
  }

  get person(): string {
    return this.#tab.device.person;
  }

  get file(): OpenDocument {
    return this.#file;
  }

  get household(): Household {
    const { device, world } = this.#tab;
    return new Household(this.#file.doc, {
      person: device.person,
      now: () => world.clock.now(),
      nextId: () => device.nextId(),
    });
  }

  answer(place: Place, value: string): void {
    const { device, truth } = this.#tab;
    const author = { by: device.person, device: device.id };
    this.#unconfirmed.push(truth.give(this.document, place, value, author, this.#file.doc));
    this.household.answer(place, value);
  }

  /** When the copy says that all is stored, that is a promise. */
  changed(): void {
    if (this.#file.save.state !== 'stored' || this.#renewing) return;
    for (const given of this.#unconfirmed.splice(0)) given.isPromised = true;
  }

  renew(): void {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
      this.changed();
    });
  }

  wake(): void {
    this.#connection?.wake();
  }

  /** The tab is gone: nothing is stored, nothing said. */
  crash(): void {
    this.#connection?.close();
  }

  async close(): Promise<void> {
    while (this.#renewing) await this.#renewing;
    this.#connection?.close();
    await this.#file.close();
    this.changed();
  }

  async #renew(): Promise<void> {
    while (this.#file.isPast && !this.#tab.isDead) await this.#replace();
  }

  async #replace(): Promise<void> {
    const past = this.#file;
    this.#connection?.close();
    this.#connection = null;
    await past.settled();
    const left = past.unstored();
    const file = await OpenDocument.open(
      openParts(this.#tab, () => this),
      this.document,
      left,
    );
    if (!file) throw new Error('a rebuilt document is gone');
    this.#file = file;
    file.adopt(past.unstored().slice(left.length));
    past.doc.destroy();
    this.#connect();
    await file.settled();
  }

  #connect(): void {
    const tab = this.#tab;
    const file = this.#file;
    const connection = new LiveConnection(file.doc, file.document, tab.livePorts(), {
      before: async () => {
        await file.settled();
        await tab.send(file.document);
      },
      lastEdit: () => file.lastEdit,
      received: (update) => {
        file.receivedThere(update);
      },
      stored: (edit) => {
        file.storedThere(edit);
      },
      refused: (edit, code, paths) => {
        connection.close();
        void file.refusedThere(edit, code, paths).then(() => tab.send(file.document));
      },
      denied: () => undefined,
    });
    file.follow((origin) => connection.isOrigin(origin));
    this.#connection = connection;
  }
}

function openParts(tab: SimTab, copy: () => SimCopy | null): OpenParts {
  return {
    store: tab.store,
    clock: tab.world.clock,
    random: tab.world.random,
    reasonOf: () => 'full',
    edited: () => undefined,
    changed: () => copy()?.changed(),
    replaced: () => copy()?.renew(),
  };
}
