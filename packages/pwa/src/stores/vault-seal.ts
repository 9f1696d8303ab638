import type { KeyedSeal } from './seal.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** There is no key: the person has to unlock first. */
export class LockedError extends Error {
  constructor() {
    super('the vault is locked');
    this.name = 'LockedError';
  }
}

/**
 * Encrypts under the data key of whoever unlocked: one byte version (1), 12 bytes nonce, then AES-256-GCM with its tag. Rejects with
 * a {@link LockedError} while there is no key.
 */
export class VaultSeal implements KeyedSeal {
  readonly #crypto: Crypto;
  #key: CryptoKey | null = null;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  use(key: CryptoKey | null): void {
    this.#key = key;
  }

  async seal(bytes: Uint8Array): Promise<Uint8Array> {
    const key = this.#unlocked();
    const nonce = this.#crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await this.#crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, asOwn(bytes));
    const whole = new Uint8Array(HEAD_BYTES + sealed.byteLength);
    whole[0] = VERSION;
    whole.set(nonce, 1);
    whole.set(new Uint8Array(sealed), HEAD_BYTES);
    return whole;
  }

  async open(bytes: Uint8Array): Promise<Uint8Array> {
    const key = this.#unlocked();
    if (bytes[0] !== VERSION) throw new Error('not sealed by this version of the app');
    const whole = asOwn(bytes);
    const iv = whole.subarray(1, HEAD_BYTES);
    return new Uint8Array(
      await this.#crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, whole.subarray(HEAD_BYTES)),
    );
  }

  #unlocked(): CryptoKey {
    if (this.#key === null) throw new LockedError();
    return this.#key;
  }
}

/** The browser takes no bytes that another thread may change. */
function asOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
}
