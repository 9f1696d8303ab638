import { fail, ok, type Result, Value } from '@rukun/core/foundation';
import {
  decodeAuditRequest,
  decodeExchangeRequest,
  decodeHandIn,
  encodeAuditAnswer,
  encodeExchangeAnswer,
  type AuditRequest,
  type Change,
  type ExchangeItem,
  type HandIn,
  type Me,
  type Receipt,
  type RecoveryKeyInfo,
  type TokenAnswer,
} from '@rukun/core/protocol';
import type { App } from '../../packages/pwa/src/app/app.ts';
import type { AppParts } from '../../packages/pwa/src/app/context.ts';
import type { Frames } from '../../packages/pwa/src/platform/frames.ts';
import type { Network } from '../../packages/pwa/src/platform/network.ts';
import type { Surroundings } from '../../packages/pwa/src/platform/surroundings.ts';
import type { TabMessage, Tabs } from '../../packages/pwa/src/platform/tabs.ts';
import { plainSeal } from '../../packages/pwa/src/stores/plain-seal.ts';
import { FakeSocket } from './fake-socket.ts';
import { seededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const AREA = '7102030004000100';

/** A signed-in officer with one area; a supervisor with `role`. */
export function meOf(role: 'officer' | 'supervisor' = 'officer'): Me {
  const officer = { id: 'p-officer', name: 'Ani', role: 'officer', code: '0101' } as const;
  const supervisor = { id: 'p-supervisor', name: 'Budi', role: 'supervisor', code: '201' } as const;
  const area = {
    id: AREA,
    name: 'JAGA I',
    village: 'Kawiley',
    kecamatan: 'Kauditan',
    regency: 'Minahasa Utara',
    province: 'Sulawesi Utara',
    codesAreMadeUp: true,
    officer: officer.id,
    supervisor: supervisor.id,
    target: 40,
    dueDate: '',
  };
  return {
    person: role === 'officer' ? officer : supervisor,
    device: { id: `d-${role}`, tag: role === 'officer' ? 'k3f' : 's7b' },
    neighbours: [],
    areas: [area],
    people: [officer, supervisor],
    boards: [],
    enumeration: { from: '2026-11-01', to: '2026-12-15' },
    isDemo: true,
  };
}

/** Callbacks come in the next microtask: nothing waits for a paint. */
export const promptFrames: Frames = {
  next: (callback) => {
    queueMicrotask(callback);
  },
  idle: (callback) => {
    queueMicrotask(callback);
  },
};

/** A device whose link a test switches. */
export class SwitchedSurroundings implements Surroundings {
  #isOnline: boolean;
  readonly #listeners = new Set<() => void>();

  constructor(isOnline = true) {
    this.#isOnline = isOnline;
  }

  isOnline(): boolean {
    return this.#isOnline;
  }

  isVisible(): boolean {
    return true;
  }

  onChange(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const listener of this.#listeners) listener();
  }
}

/** Tabs of one device in one page: the first one leads. */
export class SharedTabs {
  readonly #tabs = new Set<(message: TabMessage) => void>();
  #hasLeader = false;
  readonly #alone = new Map<string, Promise<unknown>>();

  open(): Tabs {
    let hear: (message: TabMessage) => void = () => undefined;
    const listeners = new Set<(message: TabMessage) => void>();
    hear = (message) => {
      for (const listener of listeners) listener(message);
    };
    this.#tabs.add(hear);
    return {
      lead: (work) => {
        if (this.#hasLeader) return;
        this.#hasLeader = true;
        work();
      },
      alone: (name, work) => {
        const run = (this.#alone.get(name) ?? Promise.resolve()).then(work, work);
        this.#alone.set(
          name,
          run.catch(() => undefined),
        );
        return run;
      },
      tell: (message) => {
        for (const other of this.#tabs)
          if (other !== hear) queueMicrotask(() => other(structuredClone(message)));
      },
      onMessage: (heard) => {
        listeners.add(heard);
        return () => listeners.delete(heard);
      },
    };
  }
}

/** The relay's HTTP side as a script: it stores what it is sent and hands out what a test has put there. */
export class ScriptedNetwork implements Network {
  me: Me;
  /** null: the relay answers; else every request fails with it. */
  failure: 'unavailable' | 'unauthenticated' | 'revoked' | null = null;
  readonly items: ExchangeItem[] = [];
  readonly tickets: string[] = [];
  /** Sent down with the next exchange. */
  readonly changes: Change[] = [];
  receiptOf: (item: ExchangeItem) => Receipt = ({ document, upTo }) => ({ document, upTo, status: 'stored' });
  exchanges = 0;
  readonly handedIn: HandIn[] = [];
  handInFailure: 'unavailable' | null = null;
  /** What the relay names to be sealed to; null: it has none. */
  recoveryKey: RecoveryKeyInfo | null = null;
  /** Pairs of tokens given out. */
  pairs = 0;
  epoch = 'e1';
  readonly audits: AuditRequest[] = [];
  /** While it is set, the answers of exchanges are on their way until it resolves. */
  slow: Promise<void> | null = null;

  constructor(me: Me) {
    this.me = me;
  }

  json(_method: string, path: string): Promise<Result<unknown>> {
    if (path === '/api/hand-in') return Promise.resolve(ok({ recoveryKey: this.recoveryKey }));
    if (this.failure !== null) return Promise.resolve(fail(this.failure));
    if (path === '/api/sign-in') return Promise.resolve(ok({ ...this.#nextTokens(), me: this.me }));
    if (path === '/api/refresh') return Promise.resolve(ok(this.#nextTokens()));
    if (path === '/api/me') return Promise.resolve(ok(this.me));
    if (path === '/api/tickets') {
      const ticket = `t${this.tickets.length + 1}`;
      this.tickets.push(ticket);
      return Promise.resolve(ok({ ticket }));
    }
    return Promise.resolve(ok(null));
  }

  #nextTokens(): TokenAnswer {
    const number = ++this.pairs;
    const tokens = { accessToken: `access${number}`, refreshToken: `refresh${number}` };
    return { ...tokens, expiresInMs: 15 * 60_000, mustChangePassword: false };
  }

  bytes(): Promise<Result<Uint8Array>> {
    return Promise.resolve(fail(this.failure ?? 'not-found'));
  }

  async exchange(_token: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    if (this.failure !== null) return fail(this.failure);
    const request = decodeExchangeRequest(body);
    if (!request.ok) return request;
    this.exchanges++;
    this.items.push(...request.value.items);
    const answer = {
      epoch: this.epoch,
      more: false,
      isRecovering: false,
      receipts: request.value.items.map((item) => this.receiptOf(item)),
      changes: this.changes.splice(0),
      erasures: { upTo: 0, documents: [] },
      feeds: [{ shard: AREA.slice(0, 4), cursor: this.exchanges, held: [AREA], pending: [] }],
    };
    const encoded = encodeExchangeAnswer(answer);
    await this.slow;
    return ok(encoded);
  }

  lines(): Promise<Result<null>> {
    return Promise.resolve(fail(this.failure ?? 'not-found'));
  }

  /** What a device that was shut out handed in. */
  handIn(_token: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    if (this.handInFailure !== null) return Promise.resolve(fail(this.handInFailure));
    const handedIn = decodeHandIn(body);
    if (!handedIn.ok) return Promise.resolve(handedIn);
    this.handedIn.push(handedIn.value);
    return Promise.resolve(ok(new Uint8Array()));
  }

  /** Whatever the device holds is what is stored. */
  audit(_token: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    if (this.failure !== null) return Promise.resolve(fail(this.failure));
    const request = decodeAuditRequest(body);
    if (!request.ok) return Promise.resolve(request);
    this.audits.push(request.value);
    return Promise.resolve(ok(encodeAuditAnswer({ epoch: this.epoch, buckets: [], documents: [] })));
  }
}

/** Everybody's PIN. */
export const PIN = '274915';

/** Signs in, and chooses a PIN where one is asked for; `ok` once the app is open. */
export async function enter(app: App, userName: string): Promise<Result<unknown>> {
  const answer = await app.session.signIn(userName, 'secret');
  if (!answer.ok || app.lock.gate.get().at !== 'choose-pin') return answer;
  const chosen = await app.lock.choosePin(PIN);
  // Days pass in an instant here, and nobody touches a screen.
  if (chosen.ok) await app.lock.setIdleMinutes(1_000_000);
  return chosen;
}

/** After a start: opens the vault of whoever was here last, if anybody was. */
export async function unlocked(app: App): Promise<App> {
  const [last] = app.lock.people.get();
  if (last) await app.lock.unlock(last.person, PIN);
  return app;
}

/** All parts of an app around real IndexedDB; time, chance, link and relay are the test's. */
export function appParts(
  changes: Partial<AppParts> & Pick<AppParts, 'network' | 'databasePrefix'>,
  clock: VirtualClock,
): AppParts {
  return {
    clock,
    random: seededRandom(1),
    frames: promptFrames,
    surroundings: new SwitchedSurroundings(),
    tabs: new SharedTabs().open(),
    seal: plainSeal,
    crypto: globalThis.crypto,
    pinRounds: 1_000,
    activity: { onInput: () => () => undefined },
    authenticator: {
      isPossible: () => Promise.resolve(false),
      register: () => Promise.resolve(null),
      secret: () => Promise.resolve(null),
    },
    quota: {
      persist: () => Promise.resolve(true),
      read: () => Promise.resolve({ persisted: true, usage: 0, quota: 2 ** 40 }),
      makeRoom: () => Promise.resolve(0),
      onRefused: () => undefined,
    },
    position: { watch: () => () => undefined },
    version: new Value<{ apply(): void } | null>(null),
    Socket: FakeSocket.asWebSocket(),
    liveUrl: 'ws://relay.test/live',
    deviceLabel: 'test',
    ...changes,
  };
}
