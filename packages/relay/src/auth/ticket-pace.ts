import type { Clock, InstantMs } from '@rukun/core/foundation';
import { TokenBucket, type Rate } from './token-bucket.ts';

/** How fast tickets are given out. */
export interface TicketLimits {
  /** To all devices together: what the relay can greet while it also serves those who are there. */
  readonly all: Rate;
  /** To one device. */
  readonly device: Rate;
  /** How long after its turn a device may come before it has to queue anew. Covers the random part it waits by itself. */
  readonly graceMs: number;
}

const TICKET_LIMITS: TicketLimits = {
  all: { perSecond: 500, burst: 1000 },
  device: { perSecond: 50, burst: 200 },
  graceMs: 15_000,
};

/** Devices in the queue, and those with a bucket of their own; each is about 150 bytes. */
const MOST_DEVICES = 100_000;
/** Turns come a little slower than tickets, so that who is a little early or late finds one. */
const TURNS_PER_TICKET = 0.9;

/**
 * Paces those who come back after a restart. Who finds no ticket left gets a turn in a queue, and is told how long until
 * then: so they come back spread over the time it takes, in the order they asked, instead of in one wave. A turn is kept
 * for its device, asking early changes nothing.
 */
export class TicketPace {
  readonly #clock: Clock;
  readonly #limits: TicketLimits;
  readonly #all: TokenBucket;
  readonly #turnMs: number;
  readonly #devices = new Map<string, TokenBucket>();
  /** When the turn of each device is, in order. */
  readonly #turns = new Map<string, InstantMs>();
  #nextTurn: InstantMs = 0;

  constructor(clock: Clock, limits: TicketLimits = TICKET_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
    this.#all = new TokenBucket(limits.all, clock.now());
    this.#turnMs = 1000 / (limits.all.perSecond * TURNS_PER_TICKET);
  }

  /** How long a device has to wait, ms; 0 takes one ticket. */
  admit(device: string): number {
    const now = this.#clock.now();
    const own = this.#bucketOf(device, now);
    const ownWait = own.waitMs(now);
    if (ownWait > 0) return ownWait;
    this.#dropPast(now);
    const turn = this.#turns.get(device);
    if (turn !== undefined && turn > now) return turn - now;
    const isFree = turn !== undefined || this.#turns.size === 0 || this.#all.isFull(now);
    if (isFree && this.#all.waitMs(now) === 0) {
      this.#turns.delete(device);
      this.#all.take(now);
      own.take(now);
      return 0;
    }
    return this.#queue(device, now);
  }

  /** The end of the queue. One that is full grows no longer: who comes then gets a turn when it comes again. */
  #queue(device: string, now: InstantMs): number {
    this.#turns.delete(device);
    if (this.#turns.size < MOST_DEVICES) {
      this.#nextTurn = Math.max(this.#nextTurn, now) + this.#turnMs;
      this.#turns.set(device, this.#nextTurn);
    }
    return this.#nextTurn - now;
  }

  /** Who did not come is not waited for. */
  #dropPast(now: InstantMs): void {
    for (const [device, turn] of this.#turns) {
      if (turn + this.#limits.graceMs > now) break;
      this.#turns.delete(device);
    }
    const wasSetBack = this.#nextTurn - now > (MOST_DEVICES + 1) * this.#turnMs;
    if (wasSetBack) this.#turns.clear();
    if (this.#turns.size === 0) this.#nextTurn = now;
  }

  #bucketOf(device: string, now: InstantMs): TokenBucket {
    const known = this.#devices.get(device);
    if (known) return known;
    if (this.#devices.size >= MOST_DEVICES) {
      for (const [other, bucket] of this.#devices) if (bucket.isFull(now)) this.#devices.delete(other);
    }
    const bucket = new TokenBucket(this.#limits.device, now);
    if (this.#devices.size < MOST_DEVICES) this.#devices.set(device, bucket);
    return bucket;
  }
}
