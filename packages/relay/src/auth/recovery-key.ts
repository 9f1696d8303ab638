import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  type KeyObject,
} from 'node:crypto';
import type { RecoveryKeyInfo } from '@rukun/core/protocol';
import { SECRETS, SecretUnavailable } from '../config/secrets.ts';

const PEM_BLOCK = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/g;

/** What devices seal the data keys of their vaults to (RSA-OAEP, SHA-256): who forgot the PIN loses nothing. */
export interface RecoveryKeys {
  /** The public part of the key to seal to. */
  current(): RecoveryKeyInfo;
  /** Whether that key is here. */
  holds(keyId: string): boolean;
  /** The data key that was sealed for that person; null if the key is not here or it was sealed for somebody else. */
  open(keyId: string, sealed: Uint8Array, person: string): Uint8Array | null;
}

/**
 * The keys of a text in PEM (PKCS 8), read when they are first asked for: the first is sealed to, older ones after it still open
 * what was sealed to them. What reads them throws {@link SecretUnavailable} where there is no such key.
 */
export function recoveryKeysFrom(read: () => string): RecoveryKeys {
  let known: RecoveryKeys | null = null;
  const keys = (): RecoveryKeys => (known ??= parseKeys(read()));
  return {
    current: () => keys().current(),
    holds: (keyId) => keys().holds(keyId),
    open: (keyId, sealed, person) => keys().open(keyId, sealed, person),
  };
}

/** A key that is forgotten with the process, made when it is first asked for. */
export function passingRecoveryKeys(): RecoveryKeys {
  return recoveryKeysFrom(SECRETS['recovery-key'].make);
}

function parseKeys(text: string): RecoveryKeys {
  let keys: KeyObject[];
  try {
    keys = (text.match(PEM_BLOCK) ?? []).map((pem) => createPrivateKey(pem));
  } catch {
    throw new SecretUnavailable('recovery-key holds a key that cannot be read');
  }
  const [first] = keys;
  if (!first || keys.some((key) => key.asymmetricKeyType !== 'rsa'))
    throw new SecretUnavailable('recovery-key holds no RSA key');
  return recoveryKeys(first, keys);
}

function recoveryKeys(first: KeyObject, all: readonly KeyObject[]): RecoveryKeys {
  const current = infoOf(first);
  const byId = new Map(all.map((key) => [infoOf(key).id, key]));
  return {
    current: () => current,
    holds: (keyId) => byId.has(keyId),
    open(keyId, sealed, person) {
      const key = byId.get(keyId);
      if (!key) return null;
      try {
        const oaepLabel = Buffer.from(person, 'utf8');
        const padding = constants.RSA_PKCS1_OAEP_PADDING;
        return new Uint8Array(privateDecrypt({ key, padding, oaepHash: 'sha256', oaepLabel }, sealed));
      } catch {
        return null;
      }
    },
  };
}

function infoOf(key: KeyObject): RecoveryKeyInfo {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return { id: createHash('sha256').update(spki).digest('hex').slice(0, 16), spki: spki.toString('base64') };
}
