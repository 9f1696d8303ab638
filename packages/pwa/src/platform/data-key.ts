import type { RecoveryKeyInfo } from '@rukun/core/protocol';

/**
 * The keys of a vault, as the browser's cryptography handles them: the bytes of a data key come to light only where the
 * centre gives it back. Everything here rejects only if the browser's cryptography fails.
 */

/** A data key as it is kept: AES-256-GCM under another key. */
export interface WrappedKey {
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

/** How a PIN became a key. */
export interface PinKey {
  readonly pin: string;
  readonly salt: Uint8Array;
  /** Of PBKDF2-SHA-256. */
  readonly rounds: number;
  /** HMAC-SHA-256; never leaves the device's key store. */
  readonly deviceSecret: CryptoKey;
}

const AES = { name: 'AES-GCM', length: 256 } as const;
const NONCE_BYTES = 12;

/** A fresh data key. It can be taken out only to be wrapped: what is worked with is {@link openWrapped}'s. */
export function newDataKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
}

/** A data key from its bytes, which the centre gave back. */
export function dataKeyOf(subtle: SubtleCrypto, bytes: Uint8Array): Promise<CryptoKey> {
  return subtle.importKey('raw', bytes.slice(), AES, true, ['encrypt', 'decrypt']);
}

/** The secret of a device that goes into every key made of a PIN. */
export function newDeviceSecret(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);
}

/** The key that a PIN makes on this device: slow on purpose, and of no use without the device's secret. */
export async function keyOfPin(subtle: SubtleCrypto, by: PinKey): Promise<CryptoKey> {
  const typed = await subtle.importKey('raw', new TextEncoder().encode(by.pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const slow = await subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: by.salt.slice(), iterations: by.rounds },
    typed,
    256,
  );
  return wrappingKey(subtle, await subtle.sign('HMAC', by.deviceSecret, slow));
}

/** The key that the secret of an authenticator makes (WebAuthn PRF). */
export async function keyOfAuthenticator(
  subtle: SubtleCrypto,
  secret: Uint8Array,
  salt: Uint8Array,
): Promise<CryptoKey> {
  const base = await subtle.importKey('raw', secret.slice(), 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode('rukun vault');
  const how = { name: 'HKDF', hash: 'SHA-256', salt: salt.slice(), info };
  return wrappingKey(subtle, await subtle.deriveBits(how, base, 256));
}

function wrappingKey(subtle: SubtleCrypto, bytes: ArrayBuffer): Promise<CryptoKey> {
  return subtle.importKey('raw', bytes, AES, false, ['wrapKey', 'unwrapKey']);
}

/** Wraps a data key; it opens for that person's slot only. */
export async function wrapKey(
  subtle: SubtleCrypto,
  by: CryptoKey,
  person: string,
  key: CryptoKey,
  nonce: Uint8Array,
): Promise<WrappedKey> {
  const bytes = await subtle.wrapKey('raw', key, by, algorithmOf(nonce, person));
  return { nonce, bytes: new Uint8Array(bytes) };
}

/** A nonce is used once: both keys live long. */
export function nonceFrom(bytes: (length: number) => Uint8Array): Uint8Array {
  return bytes(NONCE_BYTES);
}

/** The data key again; null if it was wrapped under another key. `forWrapping`: it can be taken out to be wrapped anew. */
export async function openWrapped(
  subtle: SubtleCrypto,
  by: CryptoKey,
  person: string,
  wrapped: WrappedKey,
  forWrapping = false,
): Promise<CryptoKey | null> {
  const algorithm = algorithmOf(wrapped.nonce, person);
  try {
    return await subtle.unwrapKey('raw', wrapped.bytes.slice(), by, algorithm, AES, forWrapping, [
      'encrypt',
      'decrypt',
    ]);
  } catch {
    return null;
  }
}

/** The same key, never to be taken out again. */
export async function keptInside(subtle: SubtleCrypto, key: CryptoKey): Promise<CryptoKey> {
  return dataKey(subtle, await subtle.exportKey('raw', key));
}

function dataKey(subtle: SubtleCrypto, bytes: ArrayBuffer): Promise<CryptoKey> {
  return subtle.importKey('raw', bytes, AES, false, ['encrypt', 'decrypt']);
}

/** The data key sealed to the centre's recovery key for that person. */
export async function sealToCentre(
  subtle: SubtleCrypto,
  { spki }: RecoveryKeyInfo,
  person: string,
  key: CryptoKey,
): Promise<Uint8Array> {
  const centre = await subtle.importKey(
    'spki',
    Uint8Array.from(atob(spki), (each) => each.charCodeAt(0)),
    { name: 'RSA-OAEP', hash: 'SHA-256' },
    false,
    ['wrapKey'],
  );
  const label = new TextEncoder().encode(person);
  return new Uint8Array(await subtle.wrapKey('raw', key, centre, { name: 'RSA-OAEP', label }));
}

function algorithmOf(nonce: Uint8Array, person: string): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce.slice(), additionalData: new TextEncoder().encode(person) };
}
