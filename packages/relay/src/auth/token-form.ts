import { createHash, createHmac } from 'node:crypto';
import type { Random } from '@rukun/core/foundation';

const SECRET_BYTES = 32;
const FAMILY_BYTES = 24;
export const SALT_BYTES = 16;

/**
 * A token as it travels: `<common>.<secret>`, base64url. The first part is the same in all tokens of one kind of one device,
 * so that a token that has had its time is told from one that was never given. A token from before there were two kinds
 * is a common part alone.
 */
export interface TokenParts {
  readonly common: string;
  readonly whole: string;
}

/** The parts of what came as a token, or null for what cannot be one. */
export function readToken(text: string): TokenParts | null {
  const found = /^([\w-]{32,64})(?:\.[\w-]{43})?$/.exec(text);
  return found?.[1] === undefined ? null : { common: found[1], whole: text };
}

/** What is stored of a token. Tokens are random, so a plain hash is enough. */
export function hashToken(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** The tokens a new device begins with. */
export function drawTokens(random: Random): { readonly refresh: string; readonly access: string } {
  const family = encode(random.bytes(FAMILY_BYTES));
  const secret = () => encode(random.bytes(SECRET_BYTES));
  return { refresh: `${family}.${secret()}`, access: `${handleOf(family)}.${secret()}` };
}

/**
 * The tokens that follow a refresh token. The same token and salt give the same ones, so that an answer that got lost can
 * be given again; from the salt alone, which is all the storage keeps, nobody can tell them.
 */
export function successorsOf(
  refresh: TokenParts,
  salt: Uint8Array,
): { readonly refresh: string; readonly access: string } {
  const derive = (use: string) =>
    createHmac('sha256', refresh.whole).update(use).update(salt).digest('base64url');
  return {
    refresh: `${refresh.common}.${derive('refresh')}`,
    access: `${handleOf(refresh.common)}.${derive('access')}`,
  };
}

/** What all access tokens of a device begin with; it does not tell what its refresh tokens begin with. */
function handleOf(family: string): string {
  return createHmac('sha256', family).update('handle').digest('base64url').slice(0, 32);
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
