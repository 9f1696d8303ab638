import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '@rukun/core/foundation';

/** OWASP's minimum for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. About 40 ms. */
const PARAMETERS = { memoryKiB: 19_456, passes: 2, parallelism: 1 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const run = promisify(argon2);

/** Hashes a new password: `argon2id$<KiB>$<passes>$<lanes>$<salt>$<hash>`, the last two base64url. */
export async function hashPassword(password: string, random: Random): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const { memoryKiB, passes, parallelism } = PARAMETERS;
  const hash = await derive(password, salt, memoryKiB, passes, parallelism);
  return ['argon2id', memoryKiB, passes, parallelism, encode(salt), encode(hash)].join('$');
}

/** Whether the password fits; the parameters are those it was hashed with. Throws on a hash not made here. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, memoryKiB, passes, parallelism, salt = '', hash = ''] = stored.split('$');
  if (kind !== 'argon2id') throw new Error('a password hash of an unknown kind');
  const expected = Buffer.from(hash, 'base64url');
  const found = await derive(
    password,
    Buffer.from(salt, 'base64url'),
    Number(memoryKiB),
    Number(passes),
    Number(parallelism),
  );
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function derive(
  password: string,
  salt: Uint8Array,
  memoryKiB: number,
  passes: number,
  parallelism: number,
): Promise<Buffer> {
  return run('argon2id', {
    message: password.normalize('NFC'),
    nonce: salt,
    parallelism,
    tagLength: HASH_BYTES,
    memory: memoryKiB,
    passes,
  });
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
