import { seededRandom } from '../support/seeded-random.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

interface Held {
  readonly owner: object;
  readonly release: () => void;
}

/**
 * Everything that takes time in a simulated run waits here until the run lets it go on: writes to a disk, messages on the
 * network. What waits in one lane keeps its order; which lane goes next is drawn.
 */
export class World {
  readonly seed: number;
  readonly random: ReturnType<typeof seededRandom>;
  readonly clock = new VirtualClock();
  readonly #lanes = new Map<string, Held[]>();
  #numbers = 0;

  constructor(seed: number) {
    this.seed = seed;
    this.random = seededRandom(seed);
  }

  /** True once in `times` on average. */
  once(times: number): boolean {
    return this.random.below(times) === 0;
  }

  /** A number nobody had. */
  next(): number {
    return ++this.#numbers;
  }

  /** Resolves when the run lets `owner` go on; never, once the owner is gone. */
  hold(lane: string, owner: object): Promise<void> {
    return new Promise((release) => {
      const waiting = this.#lanes.get(lane);
      if (waiting) waiting.push({ owner, release });
      else this.#lanes.set(lane, [{ owner, release }]);
    });
  }

  /** The owner is gone: nothing of it goes on. */
  drop(owner: object): void {
    for (const [lane, waiting] of this.#lanes) {
      const left = waiting.filter((each) => each.owner !== owner);
      if (left.length > 0) this.#lanes.set(lane, left);
      else this.#lanes.delete(lane);
    }
  }

  /** Lets one thing go on and everything follow from it; false if nothing waits. */
  async step(): Promise<boolean> {
    const lanes = [...this.#lanes.keys()];
    if (lanes.length === 0) return false;
    const lane = this.random.pick(lanes);
    const waiting = this.#lanes.get(lane) ?? [];
    waiting.shift()?.release();
    if (waiting.length === 0) this.#lanes.delete(lane);
    await settle();
    return true;
  }

  /** Lets everything go on until nothing waits any more. */
  async finish(): Promise<void> {
    for (let steps = 0; await this.step(); steps++)
      if (steps > 20_000) throw new Error('the run never comes to rest');
  }
}

/** Runs what is ready: promises, and the commit queue, which works between two of them. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round++)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}
