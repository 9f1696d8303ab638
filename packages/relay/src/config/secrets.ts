import { generateKeyPairSync } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@rukun/core/foundation';

/** Everything a relay keeps secret besides its database, and how each is given or made. */
export const SECRETS = {
  /** What devices seal the data keys of their vaults to: PEM, PKCS 8; older keys after it still open what was sealed to them. */
  'recovery-key': {
    environment: 'RUKUN_RECOVERY_KEY',
    file: 'vault-recovery.pem',
    make: () =>
      generateKeyPairSync('rsa', {
        modulusLength: 3072,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      }).privateKey,
  },
  /** Key of the audit log's chain: 32 bytes, base64. */
  'audit-key': {
    environment: 'RUKUN_AUDIT_KEY',
    file: 'audit-key.txt',
    make: (random: Random) => Buffer.from(random.bytes(32)).toString('base64'),
  },
} as const satisfies Record<string, { environment: string; file: string; make: (random: Random) => string }>;

export type SecretName = keyof typeof SECRETS;

/** All of them, in the order they are told of. */
export const SECRET_NAMES = Object.keys(SECRETS) as readonly SecretName[];

/** What the environment says of one: its text (`RUKUN_X`), or the path of a file that holds it (`RUKUN_X_FILE`). */
export interface GivenSecret {
  readonly text: string | null;
  readonly path: string | null;
}

export type GivenSecrets = Readonly<Record<SecretName, GivenSecret>>;

/** The environment says nothing: they lie in the data folder. */
export const NO_SECRETS: GivenSecrets = {
  'recovery-key': { text: null, path: null },
  'audit-key': { text: null, path: null },
};

/** A secret cannot be read, or is not there and may not be made; `reason` is for the operator and never holds it. */
export class SecretUnavailable extends Error {
  override readonly name = 'SecretUnavailable';
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export interface SecretParts {
  /** The data folder, or `:memory:` to keep what is made in memory only. */
  readonly data: string;
  /** Nothing is made by itself. */
  readonly production: boolean;
  readonly given: GivenSecrets;
  readonly random: Random;
  /** Whether something hangs on the one there was already: then none is made in its place. */
  readonly isInUse: (name: SecretName) => boolean;
}

/** The secrets of one relay, each read when it is first asked for. */
export class Secrets {
  readonly #parts: SecretParts;
  readonly #known = new Map<SecretName, string>();

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /**
   * The text of a secret, without white space around it: from the environment, from the file it names, or from the file in the
   * data folder. Outside production one that is nowhere is made there, readable for its owner only, unless the database was
   * worked on under another. Throws {@link SecretUnavailable}.
   */
  read(name: SecretName): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const text = this.#given(name) ?? this.#kept(name) ?? this.#make(name);
    if (text.trim() === '') throw new SecretUnavailable(`${name} is empty`);
    this.#known.set(name, text.trim());
    return text.trim();
  }

  /** The file a secret is in, or would be in; null if the environment holds it, or memory. */
  pathOf(name: SecretName): string | null {
    const { text, path } = this.#parts.given[name];
    if (text !== null) return null;
    if (path !== null) return path;
    return this.#parts.data === ':memory:' ? null : join(this.#parts.data, SECRETS[name].file);
  }

  #given(name: SecretName): string | null {
    const { text, path } = this.#parts.given[name];
    if (text !== null && path !== null) {
      const { environment } = SECRETS[name];
      throw new SecretUnavailable(`${environment} and ${environment}_FILE are both set; which one holds?`);
    }
    return text ?? (path === null ? null : readSecretFile(name, path));
  }

  #kept(name: SecretName): string | null {
    const path = this.pathOf(name);
    return path !== null && existsSync(path) ? readSecretFile(name, path) : null;
  }

  #make(name: SecretName): string {
    const { data, production, random, isInUse } = this.#parts;
    const { environment, file } = SECRETS[name];
    if (isInUse(name))
      throw new SecretUnavailable(
        `${name} is missing, and what is in the database hangs on it: put ${file} back, or set ${environment}_FILE`,
      );
    if (production) {
      throw new SecretUnavailable(
        `${name} is missing: set ${environment}_FILE, or make ${file} with \`rukun secrets\``,
      );
    }
    return data === ':memory:' ? SECRETS[name].make(random) : makeSecretFile(data, name, random);
  }
}

/** Makes a secret in a folder, readable for its owner only and on disk; its text. Throws {@link SecretUnavailable}. */
export function makeSecretFile(folder: string, name: SecretName, random: Random): string {
  const { file, make } = SECRETS[name];
  const path = join(folder, file);
  if (existsSync(path)) throw new SecretUnavailable(`${path} is there already`);
  const text = make(random).trimEnd();
  try {
    const descriptor = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeSync(descriptor, `${text}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw unavailable(name, path, error);
  }
  return text;
}

function readSecretFile(name: SecretName, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unavailable(name, path, error);
  }
}

function unavailable(name: SecretName, path: string, error: unknown): SecretUnavailable {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') throw error;
  return new SecretUnavailable(`${name} cannot be had from ${path}: ${code}`);
}
