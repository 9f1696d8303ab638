import type { Option } from './definition.ts';

/** What the digits typed so far choose. `more`: a longer code may follow, or Enter decides. */
export type TypedCode =
  | { readonly state: 'chosen'; readonly code: string }
  | { readonly state: 'more' }
  | { readonly state: 'none' };

const none: TypedCode = { state: 'none' };
const more: TypedCode = { state: 'more' };

function withZero(options: readonly Option[], digits: string): string | undefined {
  const padded = digits.padStart(2, '0');
  return options.find((option) => option.code === padded)?.code;
}

/**
 * Reads the digits an officer types to choose a printed code. A code that no longer one begins with is chosen at once;
 * otherwise Enter (`entered`) chooses it. Where codes have two digits, one digit and Enter choose the code with a zero
 * before it.
 */
export function typedCode(options: readonly Option[], digits: string, entered = false): TypedCode {
  if (digits === '') return options.length > 0 && !entered ? more : none;
  const exact = options.some((option) => option.code === digits);
  const longer = options.some(
    (option) => option.code.length > digits.length && option.code.startsWith(digits),
  );
  if (exact && (entered || !longer)) return { state: 'chosen', code: digits };
  const padded = withZero(options, digits);
  if (entered) return padded === undefined ? none : { state: 'chosen', code: padded };
  return longer || padded !== undefined ? more : none;
}
