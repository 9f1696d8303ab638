import { fail, ok, type Clock, type Result } from '@rukun/core/foundation';
import type { Me, TokenAnswer } from '@rukun/core/protocol';
import type { Network } from '../platform/network.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { SessionStore, StoredSession } from '../stores/session-store.ts';

/** A token this near to its end is not sent with a long request any more. */
const TOO_NEAR_MS = 30_000;
/** What tabs do one at a time: whatever changes the stored session. */
const LOCK = 'tokens';

export interface TokensParts {
  readonly store: Pick<SessionStore, 'read' | 'write'>;
  readonly tabs: Tabs;
  readonly network: Pick<Network, 'json'>;
  readonly clock: Clock;
}

/**
 * The tokens of the signed-in person. What is stored is the truth, for all tabs: whoever finds the access token past its
 * time fetches the next pair, alone, stores it, and only then uses it. A tab that dies in between, or an answer that is
 * lost, costs nothing: the relay takes the refresh token it has seen last once more. Tokens the relay says it does not know are
 * kept until the next sign-in: it may have been the wrong relay, or an older copy of its data.
 */
export class Tokens {
  readonly #parts: TokensParts;
  #session: StoredSession | null = null;
  #renewing: Promise<Result<string>> | null = null;

  constructor(parts: TokensParts) {
    this.#parts = parts;
  }

  /** Whom it acts for, with the tokens it has now. */
  get session(): StoredSession | null {
    return this.#session;
  }

  /** The refresh token; '' while nobody is signed in. */
  get refresh(): string {
    return this.#session?.token ?? '';
  }

  /** Acts for this session from now on; null: for nobody. */
  use(session: StoredSession | null): void {
    this.#session = session;
  }

  /** Stores a session in the place of whatever is stored. Rejects if the device cannot. */
  async store(session: StoredSession): Promise<void> {
    await this.#alone(() => this.#parts.store.write(session));
  }

  /** Stores what changed about the person; left alone if another session has been stored meanwhile. */
  async keep(me: Me): Promise<void> {
    await this.#change((stored) => ({ ...stored, me }));
  }

  /** A token that should be good for a while; asks the relay for the next one if it is past its time. */
  async access(): Promise<Result<string>> {
    const session = this.#session;
    if (session === null) return fail('unavailable');
    const { access = '', accessUntil = 0 } = session;
    const leftMs = accessUntil - this.#parts.clock.now();
    return access !== '' && leftMs > TOO_NEAR_MS ? ok(access) : this.renew(access);
  }

  /** The token after `spent`, which the relay no longer takes. One at a time, in all tabs. */
  renew(spent: string): Promise<Result<string>> {
    const renewing = this.#renewing ?? this.#alone(() => this.#renew(spent));
    this.#renewing = renewing;
    const over = (): void => {
      if (this.#renewing === renewing) this.#renewing = null;
    };
    renewing.then(over, over);
    return renewing;
  }

  async #renew(spent: string): Promise<Result<string>> {
    const mine = this.#session;
    if (mine === null) return fail('unavailable');
    const stored = await this.#parts.store.read(mine.me.person.id).catch(() => null);
    // Another tab has signed in or out; this one hears of it.
    if (stored === null || !isSame(stored, mine)) return fail('unavailable');
    if (stored.token === '') return fail('unauthenticated');
    const leftMs = (stored.accessUntil ?? 0) - this.#parts.clock.now();
    if (stored.access !== undefined && stored.access !== spent && leftMs > 0) return this.#take(stored);
    const answer = await this.#parts.network.json('POST', '/api/refresh', '', { refreshToken: stored.token });
    if (!answer.ok) return answer;
    const tokens = parseTokens(answer.value);
    if (tokens === null) return fail('malformed');
    const next = { ...stored, ...storedTokens(tokens, this.#parts.clock.now()) };
    try {
      await this.#parts.store.write(next);
    } catch {
      // A full device: the old refresh token stays good until the new one is used, so the new one is not.
      return this.#take({ ...next, token: stored.token });
    }
    return this.#take(next);
  }

  #take(session: StoredSession): Result<string> {
    const mine = this.#session;
    if (mine === null || !isSame(session, mine)) return fail('unavailable');
    this.#session = { ...session, me: mine.me };
    return ok(session.access ?? '');
  }

  async #change(change: (stored: StoredSession) => StoredSession): Promise<void> {
    const mine = this.#session;
    if (mine === null) return;
    await this.#alone(async () => {
      const stored = await this.#parts.store.read(mine.me.person.id);
      if (stored === null || !isSame(stored, mine)) return;
      await this.#parts.store.write(change(stored));
    });
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#parts.tabs.alone(LOCK, work);
  }
}

/** What is kept of tokens that came at a moment. */
export function storedTokens(tokens: TokenAnswer, at: number): Omit<StoredSession, 'me'> {
  const { refreshToken, accessToken, expiresInMs } = tokens;
  return { token: refreshToken, access: accessToken, accessUntil: at + expiresInMs };
}

/** The tokens of an answer, or null if there are none. */
export function parseTokens(value: unknown): TokenAnswer | null {
  if (typeof value !== 'object' || value === null) return null;
  const { accessToken, refreshToken, expiresInMs, mustChangePassword } = value as Record<string, unknown>;
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string') return null;
  if (typeof expiresInMs !== 'number' || !(expiresInMs >= 0)) return null;
  return { accessToken, refreshToken, expiresInMs, mustChangePassword: mustChangePassword === true };
}

function isSame(one: StoredSession, other: StoredSession): boolean {
  return one.me.device.id === other.me.device.id;
}
