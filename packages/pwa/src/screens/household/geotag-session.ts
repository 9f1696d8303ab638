import type { OpenHousehold, PositionControl, PositionReading } from '../../app/app.ts';
import { systemClock } from '../../platform/clock.ts';

/** A position this exact is kept without asking. */
export const GOOD_METRES = 10;
/** Up to here a position is kept when the family is closed; beyond, somebody has to say why. */
export const FAIR_METRES = 30;

export type GeotagFailure = 'denied' | 'unavailable';

/** Looks for the position of the dwelling in the background while a family is open. Never blocks anything. */
export class GeotagSession {
  reading: PositionReading | null = null;
  failure: GeotagFailure | null = null;
  isWatching = false;
  elapsedSeconds = 0;
  readonly #position: PositionControl;
  /** A rebuild after a refusal makes another copy take the place of the household: it is read when it is used. */
  readonly #open: OpenHousehold;
  readonly #changed: () => void;
  #stop: (() => void) | undefined;
  #stopTimer: (() => void) | undefined;
  #kept: PositionReading | null = null;
  /** Somebody works on this family here; a mere look at it from elsewhere must not place its dwelling. */
  #isVisit = false;

  constructor(position: PositionControl, open: OpenHousehold, changed: () => void) {
    this.#position = position;
    this.#open = open;
    this.#changed = changed;
  }

  /** Begins (again) to look, from nothing. */
  start(): void {
    this.stop();
    this.reading = null;
    this.failure = null;
    this.isWatching = true;
    this.elapsedSeconds = 0;
    this.#stop = this.#position.watch(
      (reading) => this.#better(reading),
      (reason) => this.#failed(reason),
    );
    this.#tick();
    this.#changed();
  }

  /** Stops looking; the best position so far stays. */
  stop(): void {
    this.#stop?.();
    this.#stopTimer?.();
    this.#stop = undefined;
    this.isWatching = false;
  }

  /** Something was entered or the position was looked at: from now on a good position is kept by itself. */
  visit(): void {
    this.#isVisit = true;
    this.#keepIfGood();
  }

  /** Writes the best position. `reason` says why an inexact one is kept. */
  keep(reason = ''): void {
    const { reading } = this;
    if (!reading || reading === this.#kept) return;
    this.#kept = reading;
    this.#open.household.addFix({ ...reading, manual: false, reason });
    this.stop();
    this.#changed();
  }

  /** Leaving the family: a fair position is kept, an inexact one waits for somebody's word. */
  leave(): void {
    if (this.#isVisit && this.reading && this.reading.accuracyMetres <= FAIR_METRES) this.keep();
    this.stop();
  }

  #better(reading: PositionReading): void {
    this.reading = reading;
    this.failure = null;
    this.#keepIfGood();
    this.#changed();
  }

  #keepIfGood(): void {
    if (this.#isVisit && this.isWatching && this.reading && this.reading.accuracyMetres <= GOOD_METRES)
      this.keep();
  }

  #failed(reason: GeotagFailure): void {
    if (this.reading === null) this.failure = reason;
    this.stop();
    this.#changed();
  }

  #tick(): void {
    this.#stopTimer = systemClock.after(1000, () => {
      this.elapsedSeconds++;
      if (this.elapsedSeconds >= 60) this.stop();
      else this.#tick();
      this.#changed();
    });
  }
}
