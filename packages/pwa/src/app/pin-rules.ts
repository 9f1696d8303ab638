/** Digits of a PIN. */
export const PIN_LENGTH = 6;
/** Wrong PINs after which the PIN opens nothing any more; the way in is a sign-in with a link. */
export const MOST_TRIES = 10;
/** What derives a key from a PIN takes: OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
export const PIN_ROUNDS = 600_000;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** How long the next try has to wait, by the wrong ones so far. */
const WAITS_MS = [0, 0, 0, 0, 0, 30 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 15 * MINUTE_MS];

/** Minutes without input after which the app locks; the person chooses one. */
export const IDLE_MINUTES = [1, 2, 5, 10, 15] as const;
export const DEFAULT_IDLE_MINUTES = 5;

/** Wrong tries on this device: how many, and when the last one was. */
export interface Tries {
  readonly wrong: number;
  readonly lastAt: number;
}

export const NO_TRIES: Tries = { wrong: 0, lastAt: 0 };

/** How long until the next try, ms. A clock that was set back makes the wait begin anew. */
export function waitMsOf({ wrong, lastAt }: Tries, now: number): number {
  const waitMs = WAITS_MS[Math.min(wrong, WAITS_MS.length - 1)] ?? 0;
  return now < lastAt ? waitMs : Math.max(0, lastAt + waitMs - now);
}

/** Tries left before the PIN opens nothing any more. */
export function triesLeft({ wrong }: Tries): number {
  return Math.max(0, MOST_TRIES - wrong);
}

/** Why a PIN is not taken, or null. `codes`: what stands on the person's badge. */
export function weaknessOf(pin: string, codes: readonly string[]): 'form' | 'easy' | null {
  if (!/^\d{6}$/.test(pin)) return 'form';
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  const isRun = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? -1);
  // 121212 and 123123: shorter than it looks.
  const isRepeated = /^(\d{1,3})\1+$/.test(pin);
  const isCode = codes.some((code) => code !== '' && pin === code.replaceAll(/\D/g, '').padStart(6, '0'));
  return isRun || isRepeated || isCode ? 'easy' : null;
}
