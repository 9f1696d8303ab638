import type { Random } from '@rukun/core/foundation';

/**
 * Syllables that are told apart when read aloud and when printed: none of the pairs b/p, d/t, g/k, m/n, and no character
 * that looks like another. 50 of them, 10 a password: 56 bits.
 */
const CONSONANTS = 'bhjklmrstw';
const VOWELS = 'aeiou';
const GROUPS = 5;
/** Bytes one password is made from, at least. */
const ONE_TIME_PASSWORD_BYTES = 4 * GROUPS;
/** Two-syllable words nobody should be given. */
const UNFIT: ReadonlySet<string> = new Set(['babi', 'bisu', 'buta', 'mati', 'susu', 'tete']);

/** A new one-time password, to be told to its owner once: `kuba-rosi-tamu-jeko-wisa`. */
export function drawOneTimePassword(random: Random): string {
  return oneTimePasswordOf(random.bytes(ONE_TIME_PASSWORD_BYTES));
}

/** The password these random bytes stand for; at least 20 of them. */
export function oneTimePasswordOf(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: GROUPS }, (_, group) => groupOf(view.getUint32(4 * group))).join('-');
}

function groupOf(drawn: number): string {
  const syllables = CONSONANTS.length * VOWELS.length;
  const word = syllable(drawn % syllables) + syllable(Math.floor(drawn / syllables) % syllables);
  return UNFIT.has(word) ? groupOf(drawn + 1) : word;
}

function syllable(index: number): string {
  return CONSONANTS.charAt(Math.floor(index / VOWELS.length)) + VOWELS.charAt(index % VOWELS.length);
}
