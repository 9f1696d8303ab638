import type { Me } from '@rukun/core/protocol';
import type { Keyring } from './keyring.ts';
import { openJson, sealJson } from './sealed-json.ts';
import type { Seal } from './seal.ts';
import { storeFailure } from './store-failure.ts';
import { LockedError } from './vault-seal.ts';

/** Who is signed in on this device. */
export interface StoredSession {
  /** The refresh token; '' where an earlier version threw it away because the relay did not take it. */
  readonly token: string;
  /** The access token and until when it is good by this device's clock; none in what was stored by earlier versions. */
  readonly access?: string;
  readonly accessUntil?: number;
  readonly me: Me;
}

/** Keeps the session of a person in their slot, sealed under the key of their vault: it can be read while they are unlocked. */
export class SessionStore {
  readonly #keyring: Keyring;
  readonly #seal: Seal;
  readonly #holder: () => string | null;

  /** `holder`: whose key the seal works under. */
  constructor(keyring: Keyring, seal: Seal, holder: () => string | null) {
    this.#keyring = keyring;
    this.#seal = seal;
    this.#holder = holder;
  }

  /** The session of a person, or null; rejects while they are not unlocked. */
  async read(person: string): Promise<StoredSession | null> {
    const slot = await this.#keyring.slot(person);
    this.#check(person);
    return slot?.session ? ((await openJson(this.#seal, slot.session)) as StoredSession) : null;
  }

  /** The session as it is kept; rejects while its person is not unlocked. */
  async sealed(session: StoredSession): Promise<Uint8Array> {
    this.#check(session.me.person.id);
    return sealJson(this.#seal, session);
  }

  /** Keeps the session; resolves when it is stored. */
  async write(session: StoredSession): Promise<void> {
    const { person, recoveryKey } = session.me;
    const bytes = await this.sealed(session);
    const slot = await this.#keyring.change(person.id, (before) =>
      before === null
        ? null
        : {
            ...before,
            session: bytes,
            maskedName: masked(person.name),
            role: person.role,
            centreKey: recoveryKey ?? before.centreKey,
          },
    );
    if (slot === null) throw storeFailure('there is no slot for the session');
  }

  /** What is under another's key would open for nobody. */
  #check(person: string): void {
    if (this.#holder() !== person) throw new LockedError();
  }

  /** Forgets the session; the slot stays. */
  async clear(person: string): Promise<void> {
    await this.#keyring.change(person, (slot) => slot && { ...slot, session: null });
  }
}

/** What a lock screen may show of a name: `Siti Wulandari` is `S••• W•••`. */
export function masked(name: string): string {
  return name
    .trim()
    .split(/\s+/)
    .map((word) => `${word.charAt(0).toUpperCase()}•••`)
    .join(' ');
}
