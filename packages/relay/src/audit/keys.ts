import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { StorageUnavailable } from '../storage/storage.ts';

const KEY_BYTES = 32;

/** A key of the audit chain. */
export interface AuditKey {
  /** Says which one, and nothing about it. */
  readonly id: string;
  readonly secret: Uint8Array;
}

/** The keys of a chain: entries are made under the last one, earlier ones are there to verify what came before. */
export class AuditKeys {
  readonly current: AuditKey;
  readonly #byId: ReadonlyMap<string, AuditKey>;

  private constructor(keys: readonly AuditKey[], current: AuditKey) {
    this.current = current;
    this.#byId = new Map(keys.map((key) => [key.id, key]));
  }

  /** One key that is nowhere else: for storages in memory. */
  static fresh(): AuditKeys {
    const key = toKey(randomBytes(KEY_BYTES));
    return new AuditKeys([key], key);
  }

  /** The keys in a text, one per line, 32 bytes in base64url each, the present one last. Null if that is not what it is. */
  static parse(text: string): AuditKeys | null {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const keys = lines.map((line) => toKey(Buffer.from(line.trim(), 'base64url')));
    const current = keys.at(-1);
    const isWhole = keys.every(({ secret }) => secret.byteLength === KEY_BYTES);
    return current && isWhole ? new AuditKeys(keys, current) : null;
  }

  /** The key of that id, or null if it is not here. */
  find(id: string): AuditKey | null {
    return this.#byId.get(id) ?? null;
  }
}

/**
 * The keys in a file; one that is not there is made, readable for its owner only. Throws {@link StorageUnavailable} for
 * one that cannot be read or made, or holds something else.
 */
export function openKeyFile(file: string): AuditKeys {
  if (!existsSync(file)) guardFile(file, () => makeKeyFile(file));
  return readKeyFile(file);
}

/** The keys in a file that is there. Throws as {@link openKeyFile}. */
function readKeyFile(file: string): AuditKeys {
  const keys = AuditKeys.parse(guardFile(file, () => readFileSync(file, 'utf8')));
  if (!keys) throw new StorageUnavailable(`${file} holds no audit key (32 bytes in base64url)`);
  return keys;
}

/** Under its name only once it is whole and on disk. */
function makeKeyFile(file: string): void {
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const handle = openSync(part, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  linkSync(part, file);
  rmSync(part);
}

function guardFile<T>(file: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new StorageUnavailable(`audit key ${file}: ${typeof code === 'string' ? code : 'cannot be used'}`);
  }
}

function toKey(secret: Uint8Array): AuditKey {
  const id = createHash('sha256').update('rukun audit key').update(secret).digest('hex').slice(0, 8);
  return { id, secret: new Uint8Array(secret) };
}
