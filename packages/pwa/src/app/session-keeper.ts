import { fail, ok, type Clock, type Random, type Result, Value } from '@rukun/core/foundation';
import type { AreaInfo, Me, PersonInfo, SignInAnswer } from '@rukun/core/protocol';
import type { Network } from '../platform/network.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { Keyring } from '../stores/keyring.ts';
import type { SessionStore, StoredSession } from '../stores/session-store.ts';
import type { Vault } from '../stores/vault.ts';
import type { Session } from './app.ts';
import type { LockKeeper } from './lock-keeper.ts';
import { RelayClient } from './relay-client.ts';
import { storedTokens, Tokens } from './tokens.ts';
import type { VaultKeys } from './vault-keys.ts';

/** What a session needs. */
export interface SessionParts {
  readonly store: SessionStore;
  readonly keyring: Keyring;
  readonly keys: VaultKeys;
  readonly lock: LockKeeper;
  readonly vault: Vault;
  readonly tabs: Tabs;
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly subtle: SubtleCrypto;
  /** The screens are gone: resolves once everything that is open is closed and stored. */
  leave(): Promise<void>;
  /** Families with answers that the device could not store. */
  unsaved(): number;
  /** The name of a person's vault on this device. */
  vaultName(person: string): string;
  /** What lists of devices call this one. */
  readonly deviceLabel: string;
}

/** What of a sign-in failed: the password fits, but the centre cannot open the vault on this device. */
const VAULT_KEY = 'vault-key';

/** Who is signed in on this device. Everybody has a vault of their own; only one is open. */
export class SessionKeeper implements Session {
  readonly me = new Value<Me | null>(null);
  /** The relay, as this person. */
  readonly client: RelayClient;
  readonly #parts: SessionParts;
  readonly #tokens: Tokens;
  /** The vault that is open. */
  #vault: string | null = null;
  #people = new Map<string, PersonInfo>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#tokens = new Tokens(parts);
    this.client = new RelayClient(
      parts.network,
      this.#tokens,
      () => void this.#shutOut().catch(() => undefined),
    );
    parts.tabs.onMessage((message) => {
      if (message.type === 'session') void this.restore().catch(() => undefined);
    });
  }

  /** Takes up what is stored of whoever is unlocked: then, or when another tab signed in or out. */
  async restore(): Promise<void> {
    const { store, keys, lock } = this.#parts;
    if (keys.held === null) return;
    const stored = await store.read(keys.held.person);
    void lock.readSettings().catch(() => undefined);
    await this.#become(stored);
  }

  async signIn(userName: string, password: string, next?: string): Promise<Result<Me>> {
    const answer = await this.#ownSignIn(userName, password, next);
    if (!answer.ok) return answer;
    const { me, ...tokens } = answer.value;
    const session = { ...storedTokens(tokens, this.#parts.clock.now()), me };
    try {
      const isUnlocked = this.#parts.keys.held?.person === me.person.id;
      const admitted = isUnlocked
        ? await this.#goOn(session)
        : await this.#admit(session, tokens.accessToken);
      if (admitted.ok) return ok(me);
      void this.client.signOut(tokens.refreshToken);
      return admitted;
    } catch {
      // Signed in at the relay, but the device cannot keep it: better to say so now than after a day of work.
      return fail('internal');
    }
  }

  /** Signs in, with the own password in the place of a one-time one where it was that. */
  async #ownSignIn(userName: string, password: string, next?: string): Promise<Result<SignInAnswer>> {
    const { deviceLabel } = this.#parts;
    const answer = await this.client.signIn({ userName, password, deviceLabel });
    if (!answer.ok || !answer.value.mustChangePassword) return answer;
    const { accessToken, refreshToken } = answer.value;
    const own = await this.client.replacePassword(accessToken, password, next);
    if (own.ok) return answer;
    void this.client.signOut(refreshToken);
    // The answer may have been lost on its way back: then the own password holds already, and the one-time one never will again.
    const isUnsure = own.failure.code === 'unavailable' && next !== undefined;
    const again = isUnsure && (await this.client.signIn({ userName, password: next, deviceLabel }));
    return again && again.ok ? again : own;
  }

  /** The key of the vault is there: only the session was over. */
  async #goOn(session: StoredSession): Promise<Result<null>> {
    await this.#tokens.store(session);
    await this.#become(session);
    this.#parts.tabs.tell({ type: 'session' });
    return ok(null);
  }

  /** Nothing is stored before there is a PIN. A vault that is here already is opened by the centre. */
  async #admit(session: StoredSession, access: string): Promise<Result<null>> {
    const { lock, keyring } = this.#parts;
    const slot = await keyring.slot(session.me.person.id);
    if (slot === null) {
      await lock.admit(session, 'first');
      return ok(null);
    }
    if (slot.centre === null) return fail('not-found', [VAULT_KEY]);
    const opened = await this.client.openVaultKey(access, slot.centre);
    if (!opened.ok) return opened.failure.code === 'not-found' ? fail('not-found', [VAULT_KEY]) : opened;
    await lock.admit(session, 'forgotten', { bytes: opened.value, sealed: slot.centre.sealed });
    return ok(null);
  }

  /** Everything that is open is stored and closed; the session stays for the next time. */
  async close(): Promise<void> {
    await this.#become(null);
  }

  changePassword(current: string, next: string): Promise<Result<null>> {
    return this.client.changePassword({ current, next });
  }

  async signOut(force: boolean): Promise<{ readonly unstored: number; readonly done: boolean }> {
    const person = this.me.get()?.person.id;
    if (person === undefined) return { unstored: 0, done: true };
    const { vault, store, keyring, lock, tabs } = this.#parts;
    const waiting = (await vault.waitingCount()) + this.#parts.unsaved();
    if (waiting > 0 && !force) return { unstored: waiting, done: false };
    const token = this.#tokens.refresh;
    // Other tabs store what they have and close.
    tabs.tell({ type: 'lock' });
    await this.#leave();
    vault.database.revoke();
    // Everything is at the centre: nothing has to stay behind. Otherwise all of it does, until this person is back: also what
    // another tab was slow to store, and without the key nobody could read it any more.
    const unstored = (await vault.empty()) || (await vault.waitingCount());
    if (unstored > 0) await store.clear(person);
    else await keyring.change(person, () => null);
    await this.#become(null);
    await lock.left();
    // Nobody waits for a link that may be dead.
    void this.client.signOut(token);
    return { unstored, done: true };
  }

  /** The relay has shut this device out. What is on the screen is stored; then all that nobody has is handed in. */
  async #shutOut(): Promise<void> {
    // Seldom needed: it is among the files kept for offline use. Without it nothing happens, and the next contact tries again.
    const { shutOut } = await import('./shut-out.ts');
    const { session } = this.#tokens;
    if (session === null) return;
    // Other tabs store what they have and close.
    this.#parts.tabs.tell({ type: 'lock' });
    await this.#leave();
    const isGone = await shutOut(this.#parts, session.token, session.me.person.id);
    if (isGone) this.#vault = null;
  }

  /** Areas, team and names as the relay has them now. */
  async refresh(): Promise<void> {
    const device = this.me.get()?.device.id;
    if (device === undefined) return;
    const answer = await this.client.me();
    const { session } = this.#tokens;
    if (session?.me.device.id !== device) return;
    // A session that is over is nothing that work depends on: the sync loop says that one has to sign in to send.
    if (!answer.ok) return;
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
    const device = this.me.get()?.device.id ?? null;
    // After a new sign-in this is another device to the relay: what is open is opened again as that one's.
    const isAnother = me !== null && device !== null && me.device.id !== device;
    if (vault !== this.#vault || isAnother) await this.#leave();
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
