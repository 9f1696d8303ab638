import { fail, ok, type Clock, type Result, Value } from '@rukun/core/foundation';
import type { AreaInfo, Me, PersonInfo } from '@rukun/core/protocol';
import type { Network } from '../platform/network.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { SessionStore, StoredSession } from '../stores/session-store.ts';
import type { Vault } from '../stores/vault.ts';
import type { Session } from './app.ts';
import { RelayClient } from './relay-client.ts';
import { storedTokens, Tokens } from './tokens.ts';

/** What a session needs. */
export interface SessionParts {
  readonly store: SessionStore;
  readonly vault: Vault;
  readonly tabs: Tabs;
  readonly network: Network;
  readonly clock: Clock;
  /** The screens are gone: resolves once everything that is open is closed and stored. */
  leave(): Promise<void>;
  /** Families with answers that the device could not store. */
  unsaved(): number;
  /** The name of a person's vault on this device. */
  vaultName(person: string): string;
  /** What lists of devices call this one. */
  readonly deviceLabel: string;
}

/** Who is signed in on this device. Everybody has a vault of their own; only one is open. */
export class SessionKeeper implements Session {
  readonly me = new Value<Me | null>(null);
  /** The relay, as this person. */
  readonly client: RelayClient;
  readonly #parts: SessionParts;
  readonly #tokens: Tokens;
  /** The vault that is open; it stays open when the token expires. */
  #vault: string | null = null;
  #people = new Map<string, PersonInfo>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#tokens = new Tokens(parts);
    this.client = new RelayClient(parts.network, this.#tokens);
    parts.tabs.onMessage((message) => {
      if (message.type === 'session') void this.restore().catch(() => undefined);
    });
  }

  /** Takes up what is stored: after a start, or when another tab signed in or out. */
  async restore(): Promise<void> {
    const stored = await this.#parts.store.read();
    await this.#become(stored === null || stored.token === '' ? null : stored);
  }

  async signIn(userName: string, password: string): Promise<Result<Me>> {
    const answer = await this.client.signIn({ userName, password, deviceLabel: this.#parts.deviceLabel });
    if (!answer.ok) return answer;
    const { me, ...tokens } = answer.value;
    const session = { ...storedTokens(tokens, this.#parts.clock.now()), me };
    try {
      await this.#tokens.store(session);
    } catch {
      // Signed in at the relay, but the device cannot keep it: better to say so now than after a day of work.
      return fail('internal');
    }
    await this.#become(session);
    this.#parts.tabs.tell({ type: 'session' });
    return ok(me);
  }

  async signOut(force: boolean): Promise<{ readonly unstored: number; readonly done: boolean }> {
    if (this.me.get() === null) return { unstored: 0, done: true };
    const { vault, store, tabs } = this.#parts;
    const waiting = (await vault.waitingCount()) + this.#parts.unsaved();
    if (waiting > 0 && !force) return { unstored: waiting, done: false };
    const token = this.#tokens.refresh;
    await this.#leave();
    // What was still being typed is stored by now.
    const unstored = await vault.waitingCount();
    vault.database.revoke();
    // Everything is at the centre: nothing has to stay behind. Otherwise all of it does, until this person is back.
    if (unstored === 0) await vault.empty();
    await store.clear();
    await this.#become(null);
    tabs.tell({ type: 'session' });
    // Nobody waits for a link that may be dead.
    void this.client.signOut(token);
    return { unstored, done: true };
  }

  /** The relay no longer accepts the token: the person signs in again, all data stays. */
  async expire(): Promise<void> {
    const me = this.me.get();
    if (me === null) return;
    // The vault stays open: what is on the screen at this moment is still stored.
    const dropped = this.#tokens.drop().catch(() => undefined);
    this.#tokens.use(null);
    this.me.set(null);
    await dropped;
    this.#parts.tabs.tell({ type: 'session' });
  }

  /** Areas, team and names as the relay has them now. */
  async refresh(): Promise<void> {
    const device = this.me.get()?.device.id;
    if (device === undefined) return;
    const answer = await this.client.me();
    const { session } = this.#tokens;
    if (session?.me.device.id !== device) return;
    if (!answer.ok) {
      if (answer.failure.code === 'unauthenticated') await this.expire();
      return;
    }
    if (JSON.stringify(answer.value) === JSON.stringify(this.me.get())) return;
    await this.#become({ ...session, me: answer.value });
    await this.#tokens.keep(answer.value).catch(() => undefined);
  }

  nameOf(person: string): string {
    return this.personOf(person)?.name ?? '';
  }

  personOf(person: string): PersonInfo | null {
    return this.#people.get(person) ?? null;
  }

  areaOf(area: string): AreaInfo | null {
    const me = this.me.get();
    return me?.areas.concat(me.neighbours).find((each) => each.id === area) ?? null;
  }

  async #become(session: StoredSession | null): Promise<void> {
    const me = session?.me ?? null;
    const vault = me === null ? null : this.#parts.vaultName(me.person.id);
    if (vault !== this.#vault) await this.#leave();
    await this.#parts.vault.database.use(vault);
    this.#vault = vault;
    this.#tokens.use(session);
    this.#people = new Map(me === null ? [] : [...me.people, me.person].map((person) => [person.id, person]));
    this.me.set(me);
  }

  /** Before the vault is closed: no screen, no open document and no exchange works for this person any more. */
  async #leave(): Promise<void> {
    if (this.#vault === null) return;
    this.#tokens.use(null);
    this.me.set(null);
    this.client.abandon();
    await this.#parts.leave();
  }
}
