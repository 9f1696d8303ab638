import type { Outcome, Submission } from './submission.ts';

/** A submission whose outcome somebody waits for. */
export interface Waiting {
  readonly submission: Submission;
  readonly resolve: (outcome: Outcome) => void;
}

/** A device whose last submission took longer than this waits apart from the others. */
const SLOW_MS = 5;
/** Slow devices that are remembered after all they sent is done. */
const MOST_REMEMBERED = 1000;

interface Lane {
  readonly waiting: Waiting[];
  isSlow: boolean;
}

/**
 * What waits to be committed, a lane for each device. Of one device it comes out in order; between devices in turns, so that
 * nobody waits for all that somebody else has sent; and of devices that take long one at a time, and alone.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  #turn: string[] = [];
  #isSlowTurn = false;
  #count = 0;

  /** How many wait. */
  get size(): number {
    return this.#count;
  }

  add(waiting: Waiting): void {
    const { device } = waiting.submission;
    let lane = this.#lanes.get(device);
    if (!lane) this.#lanes.set(device, (lane = { waiting: [], isSlow: false }));
    lane.waiting.push(waiting);
    this.#count++;
  }

  /** The next ones for one transaction, while there is `room` for more; tell {@link took} of each how long it took. */
  *batch(room: () => boolean): Iterable<Waiting> {
    const slow = this.#isSlowTurn ? this.#first((lane) => lane.isSlow) : null;
    this.#isSlowTurn = !this.#isSlowTurn;
    const only = slow ?? (this.#first((lane) => !lane.isSlow) ? null : this.#first(() => true));
    if (only) {
      yield this.#take(only);
      return;
    }
    while (room()) {
      const device = this.#next();
      if (device === null) return;
      yield this.#take(device);
    }
  }

  /** How long a device's submission took, ms. */
  took(device: string, ms: number): void {
    const lane = this.#lanes.get(device);
    if (lane) lane.isSlow = ms > SLOW_MS;
    if (!lane || lane.waiting.length > 0) return;
    if (!lane.isSlow || this.#lanes.size > MOST_REMEMBERED) this.#lanes.delete(device);
  }

  /** Takes at most `most` out, of one device in order. */
  drain(most: number): Waiting[] {
    const taken: Waiting[] = [];
    for (const [device, { waiting }] of this.#lanes) {
      taken.push(...waiting.splice(0, most - taken.length));
      if (waiting.length === 0) this.#lanes.delete(device);
    }
    this.#count -= taken.length;
    return taken;
  }

  /** The next of the devices that are not slow, in turns. */
  #next(): string | null {
    for (let isNewRound = this.#turn.length === 0; ; isNewRound = true) {
      if (isNewRound) this.#turn = [...this.#lanes.keys()].reverse();
      for (let device = this.#turn.pop(); device !== undefined; device = this.#turn.pop()) {
        const lane = this.#lanes.get(device);
        if (lane && !lane.isSlow && lane.waiting.length > 0) return device;
      }
      if (isNewRound) return null;
    }
  }

  #first(fits: (lane: Lane) => boolean): string | null {
    for (const [device, lane] of this.#lanes) if (lane.waiting.length > 0 && fits(lane)) return device;
    return null;
  }

  #take(device: string): Waiting {
    const lane = this.#lanes.get(device);
    const waiting = lane?.waiting.shift();
    if (!lane || !waiting) throw new Error('a lane that is empty');
    if (lane.isSlow) {
      // To the end of the line of those that are slow.
      this.#lanes.delete(device);
      this.#lanes.set(device, lane);
    }
    this.#count--;
    return waiting;
  }
}
