import type { Clock, Random } from '@rukun/core/foundation';
import type { Me, RecoveryKeyInfo } from '@rukun/core/protocol';
import type { Authenticator } from '../platform/authenticator.ts';
import {
  dataKeyOf,
  keptInside,
  keyOfAuthenticator,
  keyOfPin,
  newDataKey,
  newDeviceSecret,
  nonceFrom,
  openWrapped,
  sealToCentre,
  wrapKey,
  type WrappedKey,
} from '../platform/data-key.ts';
import type { AuthenticatorLock, Keyring, KeySlot, PinLock } from '../stores/keyring.ts';
import type { KeyedSeal } from '../stores/seal.ts';
import { masked } from '../stores/session-store.ts';
import { storeFailure } from '../stores/store-failure.ts';
import type { UnlockAnswer } from './app.ts';
import { DEFAULT_IDLE_MINUTES, MOST_TRIES, NO_TRIES, triesLeft, waitMsOf } from './pin-rules.ts';

const SALT_BYTES = 16;
const AUTHENTICATOR_SALT_BYTES = 32;

/** What keys are made with. */
export interface KeyParts {
  readonly subtle: SubtleCrypto;
  readonly seal: KeyedSeal;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  /** Rounds of new PINs; a slot remembers its own. */
  readonly pinRounds: number;
  readonly authenticator: Authenticator;
}

/** A person's data key, in memory only while they are unlocked. */
export interface HeldKey {
  readonly person: string;
  readonly key: CryptoKey;
}

/** Makes, opens and forgets the data keys of the people on this device. */
export class VaultKeys {
  readonly #parts: KeyParts;
  #held: HeldKey | null = null;

  constructor(parts: KeyParts) {
    this.#parts = parts;
  }

  /** Who is unlocked. */
  get held(): HeldKey | null {
    return this.#held;
  }

  /** Unlocks by a key that is known already. */
  hold(held: HeldKey | null): void {
    this.#held = held;
    this.#parts.seal.use(held?.key ?? null);
  }

  /** A fresh key, or the one the centre gave back; to be given to {@link lockBy}. */
  async newKey(bytes?: Uint8Array): Promise<CryptoKey> {
    const { subtle } = this.#parts;
    return bytes === undefined ? newDataKey(subtle) : dataKeyOf(subtle, bytes);
  }

  /**
   * Gives a person a slot with that PIN and their session, and unlocks it. False where a slot is there whose key is not this one,
   * which is left as it is: another tab was first. `over`: what the centre opened. Rejects if it cannot be stored.
   */
  async lockBy(
    pin: string,
    me: Me,
    key: CryptoKey,
    over: Uint8Array | null,
    session: () => Promise<Uint8Array>,
  ): Promise<boolean> {
    const { subtle, keyring, clock } = this.#parts;
    const { person, recoveryKey = null } = me;
    const lock = await this.#lockOf(pin, person.id, key);
    const centre = recoveryKey && (await this.#sealed(recoveryKey, person.id, key));
    this.hold({ person: person.id, key: await keptInside(subtle, key) });
    let stored: KeySlot | null = null;
    try {
      const sealed = await session();
      stored = await keyring.change(person.id, (slot) =>
        slot && !(over && slot.centre && indexedDB.cmp(over, slot.centre.sealed) === 0)
          ? slot
          : {
              idleMinutes: DEFAULT_IDLE_MINUTES,
              ...slot,
              session: sealed,
              person: person.id,
              maskedName: masked(person.name),
              role: person.role,
              usedAt: clock.now(),
              pin: lock,
              tries: NO_TRIES,
              centre: centre ?? slot?.centre ?? null,
              centreKey: recoveryKey ?? slot?.centreKey ?? null,
            },
      );
    } finally {
      if (stored?.pin !== lock) this.hold(null);
    }
    return this.#held !== null;
  }

  /** Tries a PIN. The try is counted and stored before it is made: ending the app takes nothing back. */
  async unlock(person: string, pin: string): Promise<UnlockAnswer> {
    try {
      const counted = await this.#count(person);
      if ('answer' in counted) return counted.answer;
      const { slot, lock } = counted;
      const by = await this.#keyOfPin(pin, lock);
      const key = await openWrapped(this.#parts.subtle, by, person, lock.key);
      if (key === null) return await this.#wrong(slot);
      this.hold({ person, key });
      await this.#opened(slot, by, lock.key);
      return { is: 'open' };
    } catch (error) {
      return { is: 'failed', reason: storeFailure(error).reason };
    }
  }

  /** Puts another PIN in the place of the one that opens now. */
  async changePin(before: string, after: string): Promise<UnlockAnswer> {
    const person = this.#held?.person;
    if (person === undefined) throw new Error('nobody is unlocked');
    try {
      const counted = await this.#count(person);
      if ('answer' in counted) return counted.answer;
      const { slot, lock } = counted;
      const key = await this.#open(await this.#keyOfPin(before, lock), person, lock.key);
      if (key === null) return await this.#wrong(slot);
      const pin = await this.#lockOf(after, person, key);
      await this.#parts.keyring.change(person, (now) => now && { ...now, pin, tries: NO_TRIES });
      return { is: 'open' };
    } catch (error) {
      return { is: 'failed', reason: storeFailure(error).reason };
    }
  }

  /** Lets the phone's own lock open the vault as well, for who knows the PIN; `denied` if it keeps no secret or was not let to. */
  async addAuthenticator(pin: string): Promise<UnlockAnswer> {
    const { subtle, random, keyring, authenticator } = this.#parts;
    const person = this.#held?.person;
    if (person === undefined) throw new Error('nobody is unlocked');
    try {
      const counted = await this.#count(person);
      if ('answer' in counted) return counted.answer;
      const { slot, lock } = counted;
      const key = await this.#open(await this.#keyOfPin(pin, lock), person, lock.key);
      if (key === null) return await this.#wrong(slot);
      await keyring.change(person, (now) => now && { ...now, tries: NO_TRIES });
      const salt = random.bytes(AUTHENTICATOR_SALT_BYTES);
      const made = await authenticator.register(slot.maskedName, salt);
      if (made === null) return { is: 'denied' };
      const by = await keyOfAuthenticator(subtle, made.secret, salt);
      const nonce = nonceFrom((length) => random.bytes(length));
      const added: AuthenticatorLock = {
        id: made.id,
        salt,
        key: await wrapKey(subtle, by, person, key, nonce),
      };
      await keyring.change(person, (now) => now && { ...now, authenticator: added });
      return { is: 'open' };
    } catch (error) {
      return { is: 'failed', reason: storeFailure(error).reason };
    }
  }

  /** Opens by the phone's own lock. A PIN that was used up stays so. */
  async unlockByAuthenticator(person: string): Promise<UnlockAnswer> {
    const { subtle, keyring, authenticator } = this.#parts;
    try {
      const [slot, another] = await keyring.slots();
      // The phone knows the fingers of everybody who shares it, not whose is whose.
      if (another || slot?.person !== person || !slot.authenticator) return { is: 'denied' };
      const { id, salt, key: wrapped } = slot.authenticator;
      const secret = await authenticator.secret(id, salt);
      if (secret === null) return { is: 'denied' };
      const by = await keyOfAuthenticator(subtle, secret, salt);
      const key = await openWrapped(subtle, by, person, wrapped);
      if (key === null) return { is: 'denied' };
      this.hold({ person, key });
      await this.#opened(slot, by, wrapped);
      return { is: 'open' };
    } catch (error) {
      return { is: 'failed', reason: storeFailure(error).reason };
    }
  }

  async #count(
    person: string,
  ): Promise<{ readonly answer: UnlockAnswer } | { readonly slot: KeySlot; readonly lock: PinLock }> {
    const now = this.#parts.clock.now();
    let answer: UnlockAnswer | null = null;
    const slot = await this.#parts.keyring.change(person, (before) => {
      if (before === null) return null;
      const tries = now < before.tries.lastAt ? { ...before.tries, lastAt: now } : before.tries;
      // Where only the PIN opens the vault it is never taken away: the last try comes again after the longest wait.
      const most = before.centre === null ? MOST_TRIES - 1 : MOST_TRIES;
      if (before.pin === null || (before.centre !== null && tries.wrong >= MOST_TRIES)) {
        answer = { is: 'used-up' };
        return { ...before, pin: null };
      }
      const waitMs = waitMsOf(tries, now);
      if (waitMs === 0) return { ...before, tries: { wrong: Math.min(tries.wrong + 1, most), lastAt: now } };
      answer = { is: 'wait', waitMs, left: triesLeft(tries) };
      return { ...before, tries };
    });
    if (answer !== null) return { answer };
    return slot?.pin ? { slot, lock: slot.pin } : { answer: { is: 'used-up' } };
  }

  async #wrong(slot: KeySlot): Promise<UnlockAnswer> {
    const left = triesLeft(slot.tries);
    if (left > 0) return { is: 'wrong', left, waitMs: waitMsOf(slot.tries, slot.tries.lastAt) };
    await this.#parts.keyring.change(slot.person, (now) => now && { ...now, pin: null });
    return { is: 'used-up' };
  }

  /**
   * The right PIN: the tries begin anew, and where the centre named another recovery key, the data key is sealed to it. Neither
   * keeps anybody out: what fails here is done at the next unlock.
   */
  async #opened({ person, centreKey, centre }: KeySlot, by: CryptoKey, wrapped: WrappedKey): Promise<void> {
    const { keyring, clock } = this.#parts;
    const usedAt = clock.now();
    try {
      await keyring.change(person, (now) => now && { ...now, tries: NO_TRIES, usedAt });
      if (centreKey === null || centreKey.id === centre?.keyId) return;
      const key = await this.#open(by, person, wrapped);
      const sealed = key && (await this.#sealed(centreKey, person, key));
      if (sealed) await keyring.change(person, (now) => now && { ...now, centre: sealed });
    } catch {
      // The vault is open.
    }
  }

  /** The data key as the centre can open it; null if what the centre named is no key. */
  async #sealed(to: RecoveryKeyInfo, person: string, key: CryptoKey): Promise<KeySlot['centre']> {
    try {
      return { keyId: to.id, sealed: await sealToCentre(this.#parts.subtle, to, person, key) };
    } catch {
      return null;
    }
  }

  /** The data key so that it can be wrapped anew. */
  #open(by: CryptoKey, person: string, wrapped: WrappedKey): Promise<CryptoKey | null> {
    return openWrapped(this.#parts.subtle, by, person, wrapped, true);
  }

  async #lockOf(pin: string, person: string, key: CryptoKey): Promise<PinLock> {
    const { subtle, random, pinRounds: rounds } = this.#parts;
    const salt = random.bytes(SALT_BYTES);
    const nonce = nonceFrom((length) => random.bytes(length));
    const by = await this.#keyOfPin(pin, { salt, rounds });
    return { salt, rounds, key: await wrapKey(subtle, by, person, key, nonce) };
  }

  async #keyOfPin(pin: string, { salt, rounds }: Pick<PinLock, 'salt' | 'rounds'>): Promise<CryptoKey> {
    const { subtle, keyring } = this.#parts;
    const deviceSecret = await keyring.deviceSecret(() => newDeviceSecret(subtle));
    return keyOfPin(subtle, { pin, salt, rounds, deviceSecret });
  }
}
