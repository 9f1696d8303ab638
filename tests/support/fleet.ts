import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { Household, isAnswerKey, LOCAL, type Place } from '@rukun/core/household';
import { judge, Scratch, type Judgement } from '@rukun/core/sync';

/** One commit of the relay: an author's update and what the relay added to it. */
interface Commit {
  readonly updates: readonly Uint8Array[];
  readonly device: string;
}

/** The relay's commit path on one document, in memory. */
export class OneDocumentRelay {
  static readonly CLIENT = 7;
  readonly log: Commit[] = [];
  readonly #owners = new Map<number, string>();
  readonly #times = new Map<string, number>();
  #scratch = Scratch.open([]);

  get doc(): Doc {
    return this.#scratch.doc;
  }

  commit(device: string, update: Uint8Array, at = 0): Judgement {
    const judgement = judge(this.#scratch, update, {
      device,
      owner: (client) => this.#owners.get(client) ?? null,
      relayClient: OneDocumentRelay.CLIENT,
      mayWrite: () => null,
      isAnswer: isAnswerKey,
      authorOf: (client, clock) => ({
        by: this.#owners.get(client) ?? '',
        at: this.#times.get(`${client}-${clock}`) ?? 0,
      }),
      authorOfNew: () => ({ by: device, at }),
    });
    if (judgement.verdict === 'refused') {
      this.#scratch = Scratch.open(this.log.flatMap((commit) => commit.updates));
      return judgement;
    }
    for (const client of judgement.claims) this.#owners.set(client, device);
    for (const { client, clock } of judgement.writes) this.#times.set(`${client}-${clock}`, at);
    this.log.push({ device, updates: judgement.relayUpdate ? [update, judgement.relayUpdate] : [update] });
    return judgement;
  }
}

/** A device with one household open: keeps the log of its raw local updates until the relay has stored them. */
export class FleetDevice {
  readonly name: string;
  readonly doc: Doc;
  readonly household: Household;
  readonly #relay: OneDocumentRelay;
  #unsent: Uint8Array[] = [];
  /** How many of the relay's commits have arrived here. */
  received = 0;
  #counter = 0;

  constructor(name: string, client: number, relay: OneDocumentRelay) {
    this.name = name;
    this.#relay = relay;
    this.doc = new Doc({ gc: false });
    this.doc.clientID = client;
    this.household = new Household(this.doc, {
      person: name,
      now: () => 0,
      nextId: () => `${name}x${++this.#counter}`,
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === LOCAL) this.#unsent.push(update);
    });
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
    const judgement = this.#relay.commit(this.name, mergeUpdates(this.#unsent), at);
    if (judgement.verdict === 'accepted') this.#unsent = [];
    return judgement;
  }

  /** Takes over everything the relay has. */
  down(): void {
    const commits = this.#relay.log.slice(this.received);
    for (const { updates } of commits) for (const update of updates) applyUpdate(this.doc, update, 'relay');
    this.received = this.#relay.log.length;
  }
}
