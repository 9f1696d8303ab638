import type { Clock } from '@rukun/core/foundation';

/** When the browser has time for something. */
export interface Frames {
  /** Calls back before the next paint, or after 50 ms where nothing is painted (a tab in the background). */
  next(callback: () => void): void;
  /** Calls back when nothing else is waiting; never at the cost of a key press. */
  idle(callback: () => void): void;
}

const LATEST_MS = 50;
const IDLE_LATEST_MS = 2_000;

/** Frames of this window. */
export function windowFrames(clock: Clock): Frames {
  return {
    next(callback) {
      let isDone = false;
      const once = (): void => {
        if (isDone) return;
        isDone = true;
        cancelAnimationFrame(frame);
        cancelTimer();
        callback();
      };
      const frame = requestAnimationFrame(once);
      const cancelTimer = clock.after(LATEST_MS, once);
    },
    idle(callback) {
      requestIdleCallback(
        () => {
          callback();
        },
        { timeout: IDLE_LATEST_MS },
      );
    },
  };
}
