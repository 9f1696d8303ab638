import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { systemClock } from '../platform/clock.ts';

/** A pause in typing after which an answer is written. */
const PAUSE_MS = 350;

const waiting = new Set<PendingWrite>();

/** Writes everything that is typed and not written yet: before leaving a page, when the app is hidden or closed. */
export function flushWrites(): void {
  for (const write of waiting) write.flush();
}

/** Writes once after a pause, not per keystroke; at the latest when its element goes away. */
export class PendingWrite implements ReactiveController {
  #cancel: (() => void) | undefined;
  #write: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Replaces what will be written after the pause. */
  after(write: () => void): void {
    this.#cancel?.();
    this.#write = write;
    waiting.add(this);
    this.#cancel = systemClock.after(PAUSE_MS, () => this.flush());
  }

  /** Keeps a write for when the page is left, for what has a button of its own to be written by. */
  hold(write: () => void): void {
    this.drop();
    this.#write = write;
    waiting.add(this);
  }

  /** Writes what waits, now. */
  flush(): void {
    const write = this.#write;
    this.drop();
    write?.();
  }

  /** Forgets what waits. */
  drop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#write = undefined;
    waiting.delete(this);
  }

  hostDisconnected(): void {
    this.flush();
  }
}
