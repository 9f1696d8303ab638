/** How a passphrase became a key, and what the seal covers besides the bytes. */
export interface PassphraseKey {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  /** Of PBKDF2-SHA-256. */
  readonly rounds: number;
  readonly nonce: Uint8Array;
  /** Not hidden, but not to be changed either. */
  readonly covered: Uint8Array;
}

/** The cryptography of the browser; undefined where it gives none (plain http). */
export function browserCrypto(): SubtleCrypto | undefined {
  return crypto.subtle;
}

/** Seals bytes with AES-256-GCM. Takes a second or more on a slow phone: that is what protects a weak passphrase. */
export async function sealWith(
  subtle: SubtleCrypto,
  by: PassphraseKey,
  bytes: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = await subtle.encrypt(algorithm(by), await keyOf(subtle, by), bytes.slice());
  return new Uint8Array(sealed);
}

/** Opens sealed bytes; null if the passphrase is another one. */
export async function openWith(
  subtle: SubtleCrypto,
  by: PassphraseKey,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const key = await keyOf(subtle, by);
  try {
    return new Uint8Array(await subtle.decrypt(algorithm(by), key, sealed.slice()));
  } catch {
    return null;
  }
}

function algorithm({ nonce, covered }: PassphraseKey): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce.slice(), additionalData: covered.slice() };
}

async function keyOf(subtle: SubtleCrypto, { passphrase, salt, rounds }: PassphraseKey): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(passphrase.normalize('NFC').trim());
  const base = await subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: salt.slice(), iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
