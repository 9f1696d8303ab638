import type { Clock } from '@rukun/core/foundation';
import type { Activity } from '../platform/activity.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import type { Tabs } from '../platform/tabs.ts';

/** How often other tabs are told that somebody is there. */
const TELL_MS = 10_000;

/** What it watches. */
export interface IdleParts {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly surroundings: Surroundings;
  readonly tabs: Tabs;
  /** Nobody used any tab for as long as was set. */
  idle(): void;
}

/**
 * Watches for a time without input in any tab. A timer stands still while the phone sleeps, so the clock is looked at as well
 * as soon as somebody looks at the app.
 */
export class IdleLock {
  readonly #parts: IdleParts;
  #limitMs: number | null = null;
  #inputAt = 0;
  #toldAt = 0;
  #cancel: (() => void) | null = null;

  constructor(parts: IdleParts) {
    this.#parts = parts;
    parts.activity.onInput(() => {
      this.#input(true);
    });
    parts.tabs.onMessage((message) => {
      if (message.type === 'active') this.#input(false);
    });
    parts.surroundings.onChange(() => {
      this.#look();
    });
  }

  /** Begins to watch, or with null ends it. */
  watch(limitMs: number | null): void {
    this.#limitMs = limitMs;
    this.#cancel?.();
    this.#cancel = null;
    if (limitMs === null) return;
    this.#inputAt = this.#parts.clock.now();
    this.#wait(limitMs);
  }

  /** The time is over, and nobody has looked yet. */
  isOver(): boolean {
    return this.#limitMs !== null && this.#parts.clock.now() - this.#inputAt >= this.#limitMs;
  }

  #input(isOwn: boolean): void {
    if (this.#limitMs === null) return;
    const { clock, tabs } = this.#parts;
    const now = clock.now();
    // What wakes a phone that slept too long is the finder's touch.
    if (this.isOver()) {
      this.#look();
      return;
    }
    this.#inputAt = now;
    if (!isOwn || Math.abs(now - this.#toldAt) < TELL_MS) return;
    this.#toldAt = now;
    tabs.tell({ type: 'active' });
  }

  #wait(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#parts.clock.after(delayMs, () => {
      this.#cancel = null;
      this.#look(true);
    });
  }

  #look(isTimer = false): void {
    if (this.#limitMs === null) return;
    const idleMs = this.#parts.clock.now() - this.#inputAt;
    if (this.isOver()) {
      this.watch(null);
      this.#parts.idle();
    } else if (isTimer || this.#cancel === null) {
      // A clock that was set back must not keep it open for longer than was set.
      this.#wait(Math.min(this.#limitMs, this.#limitMs - idleMs));
    }
  }
}
