import { expect, test } from 'vitest';
import { drawOneTimePassword } from '../../../packages/relay/src/auth/one-time-password.ts';
import { seededRandom } from '../../support/seeded-random.ts';

test('a one-time password has at least 50 bits, in syllables that are told apart', () => {
  const random = seededRandom(7);
  const drawn = Array.from({ length: 5_000 }, () => drawOneTimePassword(random));
  expect(
    drawn.every((password) => /^([bhjklmrstw][aeiou]){2}(-([bhjklmrstw][aeiou]){2}){4}$/.test(password)),
  ).toBe(true);
  expect(new Set(drawn).size).toBe(drawn.length);
  for (const unfit of ['babi', 'mati']) expect(drawn.join(' ')).not.toContain(unfit);
  const syllables = new Map<string, number>();
  for (const syllable of drawn.join('-').replaceAll('-', '').match(/../g) ?? [])
    syllables.set(syllable, (syllables.get(syllable) ?? 0) + 1);
  const bits = [...syllables.values()].reduce((sum, count) => {
    const share = count / (drawn.length * 10);
    return sum - share * Math.log2(share);
  }, 0);
  expect(bits * 10).toBeGreaterThan(50);
});
