/**
 * Fractional index: a text that sorts between two others, so that two people can insert members at the same place
 * without renumbering. Digits are 0-9a-z; a key never ends in '0'.
 */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A key strictly between `before` and `after`; '' stands for the open end on either side. */
export function orderBetween(before: string, after: string): string {
  let key = '';
  for (let position = 0; ; position++) {
    const low = position < before.length ? DIGITS.indexOf(before.charAt(position)) : 0;
    const bounded = after !== '' && after.startsWith(key);
    const high = bounded && position < after.length ? DIGITS.indexOf(after.charAt(position)) : DIGITS.length;
    if (high - low > 1) return key + DIGITS.charAt((low + high) >> 1);
    key += DIGITS.charAt(low);
  }
}
