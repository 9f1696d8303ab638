import type { InstantMs } from '@rukun/core/foundation';

export interface Rate {
  readonly perSecond: number;
  /** At most at once, after a pause. */
  readonly burst: number;
}

/** Tokens that come at a rate: in any stretch of time at most `burst` and `perSecond` times its length are taken. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: InstantMs;

  /** Full at first. */
  constructor(rate: Rate, now: InstantMs) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** How long until there is a token, ms; 0 if there is one. */
  waitMs(now: InstantMs): number {
    this.#fill(now);
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) * 1000) / this.#rate.perSecond;
  }

  isFull(now: InstantMs): boolean {
    this.#fill(now);
    return this.#tokens >= this.#rate.burst;
  }

  /** Takes a token that {@link waitMs} said is there. */
  take(now: InstantMs): void {
    this.#fill(now);
    this.#tokens -= 1;
  }

  #fill(now: InstantMs): void {
    // A clock that was set back gives nothing for the way back, and goes on from there.
    const passed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + (passed * this.#rate.perSecond) / 1000);
    this.#filledAt = now;
  }
}
