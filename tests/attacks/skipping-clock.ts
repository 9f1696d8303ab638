import type { Clock } from '@rukun/core/foundation';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** The machine's time, of which a test can skip some: what would have been due by then is done at once. */
export class SkippingClock implements Clock {
  #skipped = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return Date.now() + this.#skipped;
  }

  after(delayMs: number, callback: () => void): () => void {
    const stop = () => {
      clearTimeout(handle);
      this.#timers.delete(timer);
    };
    const fire = () => {
      stop();
      callback();
    };
    const timer = { at: this.now() + delayMs, fire };
    const handle = setTimeout(fire, delayMs).unref();
    this.#timers.add(timer);
    return stop;
  }

  skip(byMs: number): void {
    this.#skipped += byMs;
    const due = [...this.#timers].filter(({ at }) => at <= this.now()).sort((a, b) => a.at - b.at);
    for (const { fire } of due) fire();
  }
}
