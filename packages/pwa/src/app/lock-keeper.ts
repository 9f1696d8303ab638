import { fail, ok, Value, type Result } from '@rukun/core/foundation';
import type { Surroundings } from '../platform/surroundings.ts';
import type { Activity } from '../platform/activity.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { Keyring, KeySlot } from '../stores/keyring.ts';
import type { SessionStore, StoredSession } from '../stores/session-store.ts';
import type { Gate, LockControl, LockedPerson, LockSettings, UnlockAnswer } from './app.ts';
import { IdleLock } from './idle-lock.ts';
import { DEFAULT_IDLE_MINUTES, triesLeft, waitMsOf, weaknessOf } from './pin-rules.ts';
import type { KeyParts, VaultKeys } from './vault-keys.ts';

/** What locking needs. */
export interface LockParts extends Pick<KeyParts, 'clock' | 'authenticator'> {
  readonly keys: VaultKeys;
  readonly keyring: Keyring;
  readonly sessions: SessionStore;
  readonly tabs: Tabs;
  readonly activity: Activity;
  readonly surroundings: Surroundings;
  /** What an older version left in clear text is sealed before anything of it is used. */
  sealOlder(person: string, progress: (done: number, of: number) => void): Promise<void>;
  /** The session as an older version left it, or null. */
  older(): Promise<StoredSession | null>;
  /** A session was stored: nothing of an older version's has to be kept. */
  stored(): Promise<void>;
  /** Somebody unlocked: takes up what is stored of them. */
  opened(person: string): Promise<void>;
  /** What stands on the badge of whoever is signed in; '' for nothing. */
  badge(): string;
  /** Closes and stores everything that is open; the key still works meanwhile. */
  leave(): Promise<void>;
}

/** A sign-in that waits for a PIN. */
interface Pending {
  readonly session: StoredSession;
  readonly key: CryptoKey;
  /** What the centre opened: the only slot that may be written over. */
  readonly over: Uint8Array | null;
}

/** Opens and locks the vaults of the people on this device, in all tabs at once. */
export class LockKeeper implements LockControl {
  readonly gate = new Value<Gate>({ at: 'locked' });
  readonly people = new Value<readonly LockedPerson[]>([]);
  readonly settings = new Value<LockSettings>({ idleMinutes: DEFAULT_IDLE_MINUTES, authenticator: null });
  readonly #parts: LockParts;
  readonly #idle: IdleLock;
  #pending: Pending | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** How often it is to be locked once what is under way is done. */
  #shutting = 0;

  constructor(parts: LockParts) {
    this.#parts = parts;
    const { tabs } = parts;
    this.#idle = new IdleLock({ ...parts, idle: () => void this.lock() });
    tabs.onMessage((message) => {
      const { held } = parts.keys;
      if (message.type === 'lock') void this.#shut(() => undefined);
      if (message.type === 'key-wanted' && held && this.#isOpen() && this.#shutting === 0) {
        // The timer may stand still: a tab that should be locked lets nobody in.
        if (this.#idle.isOver()) void this.lock();
        else tabs.tell({ type: 'key', ...held });
      }
      if (message.type === 'key') void this.#alone(() => this.#hear(message.person, message.key));
    });
  }

  /** After a start: other tabs are asked for the key before the person is. */
  async start(): Promise<void> {
    const older = await this.#parts.older();
    await this.#look();
    if (this.people.get().length > 0) this.#parts.tabs.tell({ type: 'key-wanted' });
    else if (older) await this.admit(older, 'older');
  }

  /** The browser has no cryptography: nothing is kept on this device, so nothing is opened. */
  refuse(): void {
    this.gate.set({ at: 'no-crypto' });
  }

  /** Somebody has signed in, or was when the app was updated: they choose a PIN before anything is stored. */
  admit(
    session: StoredSession,
    why: 'first' | 'forgotten' | 'older',
    opened?: { readonly bytes: Uint8Array; readonly sealed: Uint8Array },
  ): Promise<void> {
    return this.#alone(async () => {
      const { keys, tabs } = this.#parts;
      if (keys.held) {
        tabs.tell({ type: 'lock' });
        await this.#close();
      }
      this.#pending = { session, key: await keys.newKey(opened?.bytes), over: opened?.sealed ?? null };
      this.gate.set({ at: 'choose-pin', why, name: session.me.person.name });
      // A phone left here would let its finder choose the PIN.
      this.#idle.watch(DEFAULT_IDLE_MINUTES * 60_000);
    });
  }

  judge(pin: string): 'form' | 'easy' | null {
    return weaknessOf(pin, [this.#pending?.session.me.person.code ?? this.#parts.badge()]);
  }

  choosePin(pin: string): Promise<Result<null>> {
    return this.#alone(async () => {
      const { keys, sessions, tabs } = this.#parts;
      const pending = this.#pending;
      if (pending === null || this.judge(pin) !== null) return fail('malformed');
      const { session, key, over } = pending;
      try {
        if (!(await keys.lockBy(pin, session.me, key, over, () => sessions.sealed(session)))) {
          await this.#close();
          tabs.tell({ type: 'key-wanted' });
          return fail('malformed');
        }
        // What cannot be deleted now is with the next unlock.
        await this.#parts.stored().catch(() => undefined);
      } catch {
        return fail('internal');
      }
      this.#pending = null;
      const isDone = await this.#open(session.me.person.id);
      if (keys.held) tabs.tell({ type: 'key', ...keys.held });
      return isDone ? ok(null) : fail('internal');
    });
  }

  /** The sign-in is given up before there was a PIN. */
  giveUp(): Promise<void> {
    return this.#alone(() => this.#close());
  }

  unlock(person: string, pin: string): Promise<UnlockAnswer> {
    return this.#enter(person, () => this.#parts.keys.unlock(person, pin));
  }

  unlockByAuthenticator(person: string): Promise<UnlockAnswer> {
    return this.#enter(person, () => this.#parts.keys.unlockByAuthenticator(person));
  }

  #enter(person: string, unlock: () => Promise<UnlockAnswer>): Promise<UnlockAnswer> {
    return this.#alone(async () => {
      const { keys, tabs } = this.#parts;
      if (this.#isOpen()) return { is: 'open' };
      const answer = await unlock();
      if (answer.is !== 'open') {
        await this.#list();
        return answer;
      }
      await this.#dropOlder(person).catch(() => undefined);
      if (!(await this.#open(person))) return { is: 'failed', reason: 'failed' };
      if (keys.held) tabs.tell({ type: 'key', ...keys.held });
      return answer;
    });
  }

  lock(): Promise<void> {
    return this.#shut(() => {
      this.#parts.tabs.tell({ type: 'lock' });
    });
  }

  changePin(before: string, after: string): Promise<UnlockAnswer> {
    return this.#alone(() => this.#parts.keys.changePin(before, after));
  }

  addAuthenticator(pin: string): Promise<UnlockAnswer> {
    return this.#alone(async () => {
      const answer = await this.#parts.keys.addAuthenticator(pin);
      await this.readSettings().catch(() => undefined);
      return answer;
    });
  }

  async dropAuthenticator(): Promise<void> {
    const { keys, keyring } = this.#parts;
    if (!keys.held) return;
    await keyring.change(keys.held.person, (slot) => slot && { ...slot, authenticator: null });
    await this.readSettings();
  }

  async setIdleMinutes(idleMinutes: number): Promise<void> {
    const { keys, keyring } = this.#parts;
    if (!keys.held) return;
    await keyring.change(keys.held.person, (slot) => slot && { ...slot, idleMinutes });
    this.#set({ ...this.settings.get(), idleMinutes });
    this.#parts.tabs.tell({ type: 'session' });
  }

  /** What another tab may have set. */
  async readSettings(): Promise<void> {
    const { keys, keyring } = this.#parts;
    const slot = keys.held && (await keyring.slot(keys.held.person));
    if (!slot) return;
    const { settings } = this;
    const isSetUp = (slot.authenticator ?? null) !== null;
    const isOwn = (await keyring.slots()).length === 1;
    // What was possible before still is.
    const authenticator = isSetUp || (isOwn && settings.get().authenticator !== null ? false : null);
    this.#set({ idleMinutes: slot.idleMinutes, authenticator });
    // Some phones never answer: nothing waits for it.
    const offer = (isPossible: boolean): void => {
      const now = settings.get();
      if (isPossible && isOwn && now.authenticator === null) settings.set({ ...now, authenticator: false });
    };
    void this.#parts.authenticator.isPossible().then(offer, () => undefined);
  }

  /** The device was shut out: how far it has come with what has to be done then. */
  showShutOut(is: 'handing-in' | 'waiting' | 'done'): void {
    // Nothing is on the screen any more, and handing in needs the key.
    this.#idle.watch(null);
    this.gate.set({ at: 'shut-out', is });
  }

  /** Whoever was unlocked has signed out. */
  async left(): Promise<void> {
    this.#parts.tabs.tell({ type: 'lock' });
    this.#parts.keys.hold(null);
    this.#idle.watch(null);
    await this.#look();
  }

  #isOpen(): boolean {
    return this.gate.get().at === 'open';
  }

  #set(settings: LockSettings): void {
    this.settings.set(settings);
    if (this.#isOpen() && !this.#idle.isOver()) this.#idle.watch(settings.idleMinutes * 60_000);
  }

  /** The key is in memory. False, and locked again, if the device's database fails. */
  async #open(person: string): Promise<boolean> {
    try {
      await this.#parts.sealOlder(person, (done, of) => {
        this.gate.set({ at: 'sealing', done, of });
      });
      await this.#parts.opened(person);
    } catch {
      await this.#close();
      return false;
    }
    this.gate.set({ at: 'open' });
    // Until it is known what was set, and where that cannot be read.
    this.#idle.watch(DEFAULT_IDLE_MINUTES * 60_000);
    await this.readSettings().catch(() => undefined);
    return true;
  }

  /** Closes after what is under way; nobody gets the key from now on. */
  async #shut(first: () => void): Promise<void> {
    this.#shutting++;
    await this.#alone(async () => {
      first();
      await this.#close();
    }).finally(() => this.#shutting--);
  }

  async #close(): Promise<void> {
    const { keys } = this.#parts;
    this.#pending = null;
    this.#idle.watch(null);
    if (keys.held) {
      // What is on the screen is stored while the key is still there.
      this.gate.set({ at: 'locked' });
      await this.#parts.leave().catch(() => undefined);
      keys.hold(null);
    }
    await this.#look();
  }

  /** Another tab unlocked. */
  async #hear(person: string, key: CryptoKey): Promise<void> {
    const { at } = this.gate.get();
    // A PIN is there by now: nobody has to choose one here.
    const isChosen = this.#pending?.session.me.person.id === person;
    if (at !== 'locked' && at !== 'sign-in' && !isChosen) return;
    this.#pending = null;
    this.#parts.keys.hold({ person, key });
    await this.#open(person);
  }

  /** The app was ended while it took an older version's session over: that is gone on with. */
  async #dropOlder(person: string): Promise<void> {
    const { sessions } = this.#parts;
    const session = await this.#parts.older();
    if (session?.me.person.id !== person) return;
    if ((await sessions.read(person)) === null) await sessions.write(session);
    await this.#parts.stored();
  }

  /** What stands at the door: those who are known here, or a sign-in. */
  async #look(): Promise<void> {
    await this.#list();
    this.gate.set({ at: this.people.get().length > 0 ? 'locked' : 'sign-in' });
  }

  async #list(): Promise<void> {
    const { keyring, clock } = this.#parts;
    const now = clock.now();
    const slots = await keyring.slots();
    this.people.set(slots.map((slot) => personOf(slot, now, slots.length === 1)));
  }

  /** One thing at a time: nobody unlocks while it is being locked. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function personOf(slot: KeySlot, now: number, isOwn: boolean): LockedPerson {
  const { person, maskedName, role, usedAt, pin, tries, authenticator = null } = slot;
  return {
    person,
    maskedName,
    role,
    usedAt,
    hasPin: pin !== null,
    left: triesLeft(tries),
    waitMs: waitMsOf(tries, now),
    hasAuthenticator: isOwn && authenticator !== null,
  };
}
