import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  type KeyObject,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryKeyInfo } from '@rukun/core/protocol';
import { StorageUnavailable } from '../storage/storage.ts';

/** In the data folder, beside the database; not in its backups. */
const FILE = 'vault-recovery.pem';
const MODULUS_BITS = 3072;
const PEM_BLOCK = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/g;

/** What devices seal the data keys of their vaults to (RSA-OAEP, SHA-256): who forgot the PIN loses nothing. */
export interface RecoveryKeys {
  /** The public part of the key to seal to. */
  current(): RecoveryKeyInfo;
  /** The data key that was sealed for that person; null if the key is not here or it was sealed for somebody else. */
  open(keyId: string, sealed: Uint8Array, person: string): Uint8Array | null;
}

/**
 * The keys of a file in PEM (PKCS 8): the first is sealed to, older ones after it still open what was sealed to them.
 * Throws {@link StorageUnavailable} where the file is not there or holds no such key.
 */
export function recoveryKeysOf(file: string): RecoveryKeys {
  let keys: KeyObject[];
  try {
    keys = (readFileSync(file, 'utf8').match(PEM_BLOCK) ?? []).map((pem) => createPrivateKey(pem));
  } catch {
    throw new StorageUnavailable(`the recovery key in ${file} cannot be read`);
  }
  const [first] = keys;
  if (!first || keys.some((key) => key.asymmetricKeyType !== 'rsa'))
    throw new StorageUnavailable(`there is no RSA key in ${file}`);
  return recoveryKeys(first, keys);
}

/** The keys of a data folder; one is made where there is none, readable for its owner only. */
export function recoveryKeysIn(folder: string): RecoveryKeys {
  const file = join(folder, FILE);
  if (!existsSync(file)) writeKey(file, newKey());
  return recoveryKeysOf(file);
}

/** A key that is forgotten with the process, made when it is first asked for. */
export function passingRecoveryKeys(): RecoveryKeys {
  let made: RecoveryKeys | null = null;
  const keys = (): RecoveryKeys => {
    if (made === null) {
      const key = newKey();
      made = recoveryKeys(key, [key]);
    }
    return made;
  };
  return {
    current: () => keys().current(),
    open: (keyId, sealed, person) => keys().open(keyId, sealed, person),
  };
}

function recoveryKeys(first: KeyObject, all: readonly KeyObject[]): RecoveryKeys {
  const current = infoOf(first);
  const byId = new Map(all.map((key) => [infoOf(key).id, key]));
  return {
    current: () => current,
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

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS }).privateKey;
}

/** On disk before anything is sealed to it. */
function writeKey(file: string, key: KeyObject): void {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeSync(descriptor, key.export({ type: 'pkcs8', format: 'pem' }));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new StorageUnavailable(`the recovery key cannot be written: ${String(code)}`);
  }
}
