import { gzipSync } from 'node:zlib';
import { applyUpdate, Doc } from 'yjs';
import { fail, ok, type InstantMs, type Result } from '@rukun/core/foundation';
import { Household, LOCAL, type HouseholdSnapshot, type Value } from '@rukun/core/household';
import type { DocumentName, SignInAnswer } from '@rukun/core/protocol';
import { exchangeAll, type ExchangeReport } from '@rukun/core/sync';
import { exchangeParts } from '../support/exchange-parts.ts';
import { MemoryDocumentStore } from '../support/memory-document-store.ts';
import { PASSWORD } from '../relay/support/open-relay.ts';

/** What the link does to one request: nothing, or it is cut before the relay has it, or before its answer is here. */
export type Link = () => 'good' | 'no-way-out' | 'answer-lost';

/** One value somebody wrote, for the accounts at the end. */
export interface Written {
  readonly document: DocumentName;
  readonly question: string;
  readonly value: Value;
  readonly by: string;
  readonly at: InstantMs;
}

interface Sheet {
  readonly doc: Doc;
  readonly household: Household;
}

/** A phone or laptop of one person: families in a store, edits first kept there, sent when there is a link. */
export class Phone {
  readonly store: MemoryDocumentStore;
  readonly written: Written[] = [];
  readonly person: string;
  link: Link = () => 'good';
  now: InstantMs = 0;
  readonly #url: () => string;
  readonly #token: string;
  readonly #tag: string;
  readonly #parts = exchangeParts();
  readonly #sheets = new Map<DocumentName, Sheet>();
  #counter = 0;
  #kept: Promise<unknown> = Promise.resolve();

  private constructor(url: () => string, { accessToken, me }: SignInAnswer, store: MemoryDocumentStore) {
    this.store = store;
    this.#url = url;
    this.#token = accessToken;
    this.#tag = me.device.tag;
    this.person = me.person.id;
  }

  /** Signs in; `url` says where the relay is at the moment, `store` what the phone has kept. */
  static async signIn(
    url: () => string,
    userName: string,
    store: MemoryDocumentStore = new MemoryDocumentStore(),
  ): Promise<Phone> {
    const body = JSON.stringify({ userName, password: PASSWORD, deviceLabel: 'scenario' });
    const response = await fetch(`${url()}/api/sign-in`, { method: 'POST', body });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
    return new Phone(url, (await response.json()) as SignInAnswer, store);
  }

  /** Takes up a family that came from the relay. */
  async open(document: DocumentName): Promise<Household> {
    const { doc, household } = this.#sheet(document);
    for (const update of await this.store.updates(document)) applyUpdate(doc, update, 'store');
    return household;
  }

  /** Adds a family found on the way. */
  async add(document: DocumentName, area: string): Promise<void> {
    const doc = new Doc({ gc: false });
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    Household.create(doc, { form: 'REGSOSEK22-K', area, origin: 'added', answers: {} });
    for (const update of updates) await this.store.createLocal(document, area, update, this.now);
    await this.open(document);
  }

  /** Answers a question of the family and notes it for the accounts. */
  async answer(document: DocumentName, question: string, value: Value): Promise<void> {
    const household = await this.open(document);
    household.answer({ member: null, question }, value);
    this.written.push({ document, question, value, by: this.person, at: this.now });
    await this.#kept;
  }

  async remark(document: DocumentName, text: string): Promise<void> {
    const household = await this.open(document);
    household.addRemark('', text);
    await this.#kept;
  }

  /** Closes the family; opened again, it is written under a new client id. */
  putAway(document: DocumentName): void {
    this.#sheets.get(document)?.doc.destroy();
    this.#sheets.delete(document);
  }

  async snapshot(document: DocumentName): Promise<HouseholdSnapshot> {
    return (await this.open(document)).snapshot();
  }

  /** Values and authors side by side for a question. */
  async standing(document: DocumentName, question: string): Promise<string[]> {
    const household = await this.open(document);
    return household
      .standing({ member: null, question })
      .map(({ value, by }) => `${value} (${by})`)
      .sort();
  }

  /** One attempt to exchange everything. */
  exchange(): Promise<Result<ExchangeReport>> {
    return exchangeAll(this.store, { exchange: (body) => this.#send(body) }, this.#parts);
  }

  /** Tries until everything went up and came down; `between` happens after every attempt that failed. */
  async exchangeUntilDone(between: () => Promise<void> = () => Promise.resolve()): Promise<number> {
    for (let attempts = 1; attempts <= 200; attempts++) {
      const report = await this.exchange();
      if (report.ok && (await this.store.outbox(1)).length === 0) return attempts;
      await between();
    }
    throw new Error('200 attempts were not enough');
  }

  async #send(body: Uint8Array): Promise<Result<Uint8Array>> {
    const link = this.link();
    if (link === 'no-way-out') return fail('unavailable');
    const response = await fetch(`${this.#url()}/api/exchange`, {
      method: 'POST',
      body: gzipSync(body),
      headers: { authorization: `Bearer ${this.#token}`, 'content-encoding': 'gzip' },
    });
    const answer = new Uint8Array(await response.arrayBuffer());
    return response.ok && link === 'good' ? ok(answer) : fail('unavailable');
  }

  #sheet(document: DocumentName): Sheet {
    const known = this.#sheets.get(document);
    if (known) return known;
    const doc = new Doc({ gc: false });
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === LOCAL) this.#kept = this.store.appendLocal(document, update, this.now);
    });
    const household = new Household(doc, {
      person: this.person,
      now: () => this.now,
      nextId: () => `${this.#tag}${++this.#counter}`,
    });
    const sheet = { doc, household };
    this.#sheets.set(document, sheet);
    return sheet;
  }
}
