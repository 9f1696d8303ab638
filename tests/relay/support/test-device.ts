import { gzipSync } from 'node:zlib';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { Household, LOCAL, type NewHousehold } from '@rukun/core/household';
import {
  decodeExchangeAnswer,
  encodeExchangeRequest,
  type DocumentName,
  type ExchangeAnswer,
  type ExchangeItem,
  type ExchangeRequest,
  type Feed,
  type HistoryEntry,
  type Me,
  type SignInAnswer,
  type TicketAnswer,
  type TokenAnswer,
} from '@rukun/core/protocol';
import { PASSWORD } from './open-relay.ts';

/** Time on the test's devices; whole minutes, as marks carry them. */
export const MINUTE = 60_000;
export const NINE = Date.parse('2026-11-22T09:00:00Z');

/** A copy of one household on a device, with the log of its raw local updates. */
export class HouseholdCopy {
  readonly doc = new Doc({ gc: false });
  readonly household: Household;
  readonly local: Uint8Array[] = [];
  at = NINE;
  #counter = 0;

  constructor(person: string, tag: string) {
    this.household = new Household(this.doc, {
      person,
      now: () => this.at,
      nextId: () => `${tag}${++this.#counter}`,
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === LOCAL) this.local.push(update);
    });
  }

  receive(update: Uint8Array): void {
    applyUpdate(this.doc, update, 'relay');
  }

  answer(question: string, value: string | number | null): void {
    this.household.answer({ member: null, question }, value);
  }

  answers(): Readonly<Record<string, unknown>> {
    return this.household.snapshot().answers;
  }

  standing(question: string): { value: unknown; by: string; at: number }[] {
    const answers = this.household.standing({ member: null, question });
    return answers.map(({ value, by, at }) => ({ value, by, at }));
  }
}

/** A signed-in device that speaks to the relay over HTTP and remembers where it stands. */
export class TestDevice {
  readonly url: string;
  /** The access token; another once the relay has said that it is past its time. */
  token: string;
  refreshToken: string;
  readonly me: Me;
  readonly copies = new Map<DocumentName, HouseholdCopy>();
  epoch = '';
  feeds: readonly Feed[] = [];
  erasures = 0;

  private constructor(url: string, { accessToken, refreshToken, me }: SignInAnswer) {
    this.url = url;
    this.token = accessToken;
    this.refreshToken = refreshToken;
    this.me = me;
  }

  static async signIn(url: string, userName: string, password = PASSWORD): Promise<TestDevice> {
    const body = JSON.stringify({ userName, password, deviceLabel: 'test' });
    const response = await fetch(`${url}/api/sign-in`, { method: 'POST', body });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
    return new TestDevice(url, (await response.json()) as SignInAnswer);
  }

  /** Asks with the access token; one that is past its time is replaced on the way, as the app does it. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.fetchOnce(path, init);
    if (response.status !== 401) return response;
    const { code } = (await response.clone().json()) as { code?: unknown };
    if (code !== 'expired') return response;
    await this.refresh();
    return this.fetchOnce(path, init);
  }

  fetchOnce(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    return fetch(this.url + path, { ...init, headers });
  }

  /** Fetches the next pair of tokens. */
  async refresh(): Promise<void> {
    const body = JSON.stringify({ refreshToken: this.refreshToken });
    const response = await fetch(`${this.url}/api/refresh`, { method: 'POST', body });
    if (!response.ok) throw new Error(`refresh answered ${response.status}`);
    const answer = (await response.json()) as TokenAnswer;
    this.token = answer.accessToken;
    this.refreshToken = answer.refreshToken;
  }

  /** Posts bytes as they are to the exchange. */
  post(body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch('/api/exchange', { method: 'POST', body: new Uint8Array(body), headers });
  }

  /** One exchange; what comes in is applied to the copies and moves the position on. */
  async exchange(
    items: readonly ExchangeItem[] = [],
    position: Partial<ExchangeRequest> = {},
  ): Promise<ExchangeAnswer> {
    const request = {
      epoch: this.epoch,
      feeds: this.feeds,
      answerBytes: 0,
      wanted: [],
      erasures: this.erasures,
      ...position,
      items,
    };
    const response = await this.post(gzipSync(encodeExchangeRequest(request)), {
      'content-encoding': 'gzip',
    });
    if (!response.ok) throw new Error(`the exchange answered ${response.status}`);
    const answer = decodeExchangeAnswer(new Uint8Array(await response.arrayBuffer()));
    if (!answer.ok) throw new Error(`an unreadable answer: ${answer.failure.code}`);
    const { epoch, feeds, changes, erasures } = answer.value;
    Object.assign(this, { epoch, feeds, erasures: erasures.upTo });
    for (const { document, update } of changes) this.copy(document).receive(update);
    return answer.value;
  }

  copy(document: DocumentName): HouseholdCopy {
    let copy = this.copies.get(document);
    if (!copy) {
      copy = new HouseholdCopy(this.me.person.id, this.me.device.tag);
      this.copies.set(document, copy);
    }
    return copy;
  }

  create(document: DocumentName, area: string, answers: NewHousehold['answers'] = {}): HouseholdCopy {
    const copy = this.copy(document);
    Household.create(copy.doc, { form: 'REGSOSEK22-K', area, origin: 'added', answers });
    return copy;
  }

  /** All raw local updates of a copy as one item; `area` for a household that is new. */
  item(document: DocumentName, area = ''): ExchangeItem {
    const copy = this.copy(document);
    const marks = [{ client: copy.doc.clientID, clock: 0, at: copy.at }];
    return {
      document,
      area,
      upTo: copy.local.length,
      marks,
      update: mergeUpdates(copy.local),
      isCompact: false,
      isVouched: false,
    };
  }

  async ticket(document: string): Promise<string> {
    const response = await this.fetch('/api/tickets', { method: 'POST', body: JSON.stringify({ document }) });
    if (!response.ok) throw new Error(`tickets answered ${response.status}`);
    return ((await response.json()) as TicketAnswer).ticket;
  }

  async history(document: DocumentName): Promise<HistoryEntry[]> {
    const response = await this.fetch(`/api/documents/${document}/history`);
    if (!response.ok) throw new Error(`history answered ${response.status}`);
    return (await response.json()) as HistoryEntry[];
  }
}
