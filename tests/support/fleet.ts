import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, getState, mergeUpdates } from 'yjs';
import type { Random } from '@rukun/core/foundation';
import { Household, isAnswerKey, LOCAL, UndoHistory, type Place } from '@rukun/core/household';
import { type MovedRun, judge, rebuiltOf, Scratch, type Judgement } from '@rukun/core/sync';

/** The relay's commit path on one document, in memory. */
export class OneDocumentRelay {
  /** What was committed, in order, as it goes out to everybody: an author's update, then what the relay added to it. */
  readonly messages: Uint8Array[] = [];
  readonly #client: number;
  readonly #owners = new Map<number, string>();
  /** Of each client id the last clock of each run, in order, with who wrote it. */
  readonly #authors = new Map<number, { clock: number; by: string; at: number }[]>();
  #scratch = Scratch.open([]);

  constructor(client = 7) {
    this.#client = client;
  }

  get doc(): Doc {
    return this.#scratch.doc;
  }

  commit(device: string, update: Uint8Array, at = 0, person = device): Judgement {
    const author = { by: person, at };
    const judgement = judge(this.#scratch, update, {
      device,
      owner: (client) => this.#owners.get(client) ?? null,
      relayClient: this.#client,
      mayWrite: () => null,
      isAnswer: isAnswerKey,
      authorOf: (client, clock) =>
        this.#authors.get(client)?.find((run) => run.clock >= clock) ?? { by: '', at: 0 },
      authorOfNew: () => author,
    });
    if (judgement.verdict === 'refused') {
      this.#scratch = Scratch.open(this.messages);
      return judgement;
    }
    for (const client of judgement.claims) this.#owners.set(client, device);
    for (const { client, clock } of [...judgement.writes].sort((a, b) => a.clock - b.clock)) {
      const runs = this.#authors.get(client) ?? [];
      this.#authors.set(client, [...runs, { clock, ...author }]);
    }
    this.messages.push(update);
    if (judgement.relayUpdate) this.messages.push(judgement.relayUpdate);
    return judgement;
  }
}

interface FleetParts {
  /** Who works on it; its name where nothing else is said. */
  readonly person?: string;
  /** Another tab of the same device: both write into one log. */
  readonly besides?: FleetDevice;
}

/** A device with one household open in a tab: keeps the log of its raw local updates until the relay has stored them. */
export class FleetDevice {
  readonly name: string;
  readonly person: string;
  readonly #relay: OneDocumentRelay;
  readonly #unsent: Uint8Array[];
  readonly #tabs: FleetDevice[];
  #open: { readonly doc: Doc; readonly household: Household; readonly history: UndoHistory };
  /** How many of the relay's messages have arrived here. */
  received = 0;
  #counter = 0;

  constructor(
    name: string,
    client: number,
    relay: OneDocumentRelay,
    { person = name, besides }: FleetParts = {},
  ) {
    this.name = name;
    this.person = person;
    this.#relay = relay;
    this.#unsent = besides ? besides.#unsent : [];
    this.#tabs = besides ? besides.#tabs : [];
    this.#tabs.push(this);
    this.#open = this.#opened(client, []);
  }

  get doc(): Doc {
    return this.#open.doc;
  }

  get household(): Household {
    return this.#open.household;
  }

  get history(): UndoHistory {
    return this.#open.history;
  }

  get unsent(): readonly Uint8Array[] {
    return this.#unsent;
  }

  get hasUnsent(): boolean {
    return this.#unsent.length > 0;
  }

  answer(place: Place, value: string | number | null): void {
    this.household.answer(place, value);
  }

  /** Sends everything unsent as one item. */
  up(at = 0): Judgement | null {
    if (this.#unsent.length === 0) return null;
    const judgement = this.#relay.commit(this.name, mergeUpdates(this.#unsent), at, this.person);
    if (judgement.verdict === 'accepted') this.#unsent.length = 0;
    return judgement;
  }

  /** Sends the first so many unsent rows one by one, as over a live connection. */
  upRows(rows: number, at = 0): Judgement[] {
    const sent = this.#unsent.slice(0, rows);
    const judgements = sent.map((update) => this.#relay.commit(this.name, update, at, this.person));
    this.#unsent.splice(0, sent.length);
    return judgements;
  }

  /** What the relay lacks of this copy, as on a reconnect, or (`whole`) the whole copy. The log stays as it is. */
  upCopy(at = 0, whole = false): Judgement {
    const vector = whole ? undefined : encodeStateVector(this.#relay.doc);
    return this.#relay.commit(this.name, encodeStateAsUpdate(this.doc, vector), at, this.person);
  }

  /** Takes over everything the relay has, or the next so many messages of it. */
  down(messages = Infinity): void {
    const news = this.#relay.messages.slice(this.received, this.received + messages);
    for (const update of news) applyUpdate(this.doc, update, 'relay');
    this.received += news.length;
  }

  /** Takes over what another tab of this device holds. */
  takeOver(tab: FleetDevice): void {
    applyUpdate(this.doc, encodeStateAsUpdate(tab.doc), 'tab');
  }

  /** Opens the same log, that of all tabs, in a new copy: under a new client id, without steps to undo. */
  reload(client: number): void {
    const stored = this.#tabs.map((tab) => encodeStateAsUpdate(tab.doc));
    this.#open = this.#opened(client, stored);
  }

  /** What a refusal of its structs leads to: all unsent edits are written anew, and every tab opens the result. Returns what moved. */
  rebuild(random: Random): readonly MovedRun[] {
    const known = this.#relay.messages.map((update, index) => ({
      row: index + 1,
      update,
      at: 0,
      isLocal: false,
    }));
    const unsent = this.#unsent.map((update, index) => ({
      row: known.length + index + 1,
      update,
      at: 0,
      isLocal: true,
    }));
    const rebuilt = rebuiltOf(
      'household/one',
      {
        generation: 0,
        storedUpTo: 0,
        onceStoredUpTo: 0,
        rebuilds: 0,
        moved: [],
        refusal: { code: 'foreign-client', paths: [], upTo: known.length + unsent.length, hasWhole: true },
        rows: [...known, ...unsent],
      },
      random,
    );
    this.#unsent.splice(0, this.#unsent.length, ...rebuilt.rows.map(({ update }) => update));
    for (const tab of this.#tabs) {
      tab.#open = tab.#opened(freshClient(random), [...this.#relay.messages, ...this.#unsent]);
      tab.received = this.#relay.messages.length;
    }
    return rebuilt.moved;
  }

  /** Whether the relay has a struct of this copy. */
  isStored(client: number, clock: number): boolean {
    return clock < getState(this.#relay.doc.store, client);
  }

  #opened(client: number, stored: readonly Uint8Array[]) {
    const doc = new Doc({ gc: false });
    for (const update of stored) applyUpdate(doc, update, 'stored');
    doc.clientID = client;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === LOCAL) this.#unsent.push(update);
    });
    const household = new Household(doc, {
      person: this.person,
      now: () => 0,
      nextId: () => `${this.name}x${++this.#counter}`,
    });
    return { doc, household, history: new UndoHistory(doc, () => undefined) };
  }
}

/** A client id as Yjs draws it, by seeded chance. */
export function freshClient(random: Random): number {
  return 1 + Math.floor(random.next() * (2 ** 32 - 2));
}
