import type { Random } from '@rukun/core/foundation';
import { oneByShare, oneOf } from './chance.ts';
import { NAME_GROUPS, type Sex } from './names.ts';

/** Draws a plausible full name, in capitals as on paper. */
export function drawName(random: Random, sex: Sex): string {
  const group = oneByShare(random, NAME_GROUPS);
  const given = group[sex];
  const parts = [oneOf(random, given)];
  if (random.next() < group.second) {
    parts.push(
      oneOf(
        random,
        given.filter((name) => name !== parts[0]),
      ),
    );
  }
  if (group.family.length > 0) parts.push(oneOf(random, group.family));
  return parts.join(' ');
}

/** Women head about one family in six. */
export function drawSex(random: Random): Sex {
  return random.next() < 1 / 6 ? 'female' : 'male';
}

/** `MARIA WOWOR` as people write their own name: `Maria Wowor`. */
export function inTitleCase(name: string): string {
  return name.toLowerCase().replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
