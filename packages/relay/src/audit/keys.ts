import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { SecretUnavailable, type Secrets } from '../config/secrets.ts';

const KEY_BYTES = 32;

/** A key of the audit chain. */
export interface AuditKey {
  /** Says which one, and nothing about it. */
  readonly id: string;
  readonly secret: KeyObject;
}

/** The keys of a chain: entries are made under the first one, earlier ones after it are there to verify what came before. */
export class AuditKeys {
  readonly current: AuditKey;
  readonly #byId: ReadonlyMap<string, AuditKey>;
  readonly #ages: ReadonlyMap<string, number>;

  private constructor(current: AuditKey, all: readonly AuditKey[]) {
    this.current = current;
    this.#byId = new Map(all.map((key) => [key.id, key]));
    this.#ages = new Map(all.map((key, age) => [key.id, age]));
  }

  /** One key that is nowhere else: for storages in memory. */
  static fresh(this: void): AuditKeys {
    const key = toKey(randomBytes(KEY_BYTES));
    return new AuditKeys(key, [key]);
  }

  /** The keys in a text, one per line, 32 bytes in base64 each, the present one first. Null if that is not what it is. */
  static parse(text: string): AuditKeys | null {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const keys = lines.map((line) => toKey(Buffer.from(line.trim(), 'base64')));
    const [current] = keys;
    const isWhole = keys.every(({ secret }) => secret.symmetricKeySize === KEY_BYTES);
    return current && isWhole ? new AuditKeys(current, keys) : null;
  }

  /** The key of that id, or null if it is not here. */
  find(id: string): AuditKey | null {
    return this.#byId.get(id) ?? null;
  }

  /** How many keys are newer than that one; null if it is not here. */
  ageOf(id: string): number | null {
    return this.#ages.get(id) ?? null;
  }
}

/** The keys among the secrets of a relay. Throws {@link SecretUnavailable} where they cannot be had or are none. */
export function auditKeysFrom(secrets: Pick<Secrets, 'read'>): AuditKeys {
  const keys = AuditKeys.parse(secrets.read('audit-key'));
  if (!keys) throw new SecretUnavailable('audit-key holds something else than 32 bytes in base64 a line');
  return keys;
}

function toKey(secret: Uint8Array): AuditKey {
  const id = createHash('sha256').update('rukun audit key').update(secret).digest('hex').slice(0, 8);
  return { id, secret: createSecretKey(secret) };
}
