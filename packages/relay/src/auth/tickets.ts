import type { Clock, Random } from '@rukun/core/foundation';
import { LIMITS, type DocumentName } from '@rukun/core/protocol';

const TICKET_BYTES = 24;
/** Unused tickets in memory; each is about 300 bytes. */
const MOST_TICKETS = 50_000;
/** Of one device: a later one takes the place of the oldest, so that nobody uses up those of all. */
const MOST_PER_DEVICE = 100;

interface Ticket {
  readonly device: string;
  readonly document: DocumentName;
  readonly expiresAt: number;
}

/** Tickets for live connections: one use, short-lived, for one device and one document. In memory only. */
export class Tickets {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tickets = new Map<string, Ticket>();
  /** The unused tickets of each device, oldest first. */
  readonly #byDevice = new Map<string, Set<string>>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A fresh ticket, or null if there are too many unused ones. */
  issue(device: string, document: DocumentName): string | null {
    this.#dropExpired();
    const own = this.#byDevice.get(device) ?? new Set<string>();
    const [oldest] = own;
    if (oldest !== undefined && own.size >= MOST_PER_DEVICE) this.#forget(oldest, device);
    if (this.#tickets.size >= MOST_TICKETS) return null;
    const ticket = Buffer.from(this.#random.bytes(TICKET_BYTES)).toString('base64url');
    const expiresAt = this.#clock.now() + LIMITS.ticketMs;
    this.#tickets.set(ticket, { device, document, expiresAt });
    this.#byDevice.set(device, own.add(ticket));
    return ticket;
  }

  /** Uses a ticket up; the id of the device it was issued to, or null if it is not good for this document now. */
  redeem(ticket: string, document: DocumentName): string | null {
    const found = this.#tickets.get(ticket);
    if (!found) return null;
    this.#forget(ticket, found.device);
    if (found.document !== document || found.expiresAt < this.#clock.now()) return null;
    return found.device;
  }

  /** The device is shut out: so are its tickets. */
  forgetDevice(device: string): void {
    for (const ticket of this.#byDevice.get(device) ?? []) this.#tickets.delete(ticket);
    this.#byDevice.delete(device);
  }

  /** Tickets are in the order of their expiry. */
  #dropExpired(): void {
    const now = this.#clock.now();
    for (const [ticket, { device, expiresAt }] of this.#tickets) {
      if (expiresAt >= now) break;
      this.#forget(ticket, device);
    }
  }

  #forget(ticket: string, device: string): void {
    this.#tickets.delete(ticket);
    const own = this.#byDevice.get(device);
    own?.delete(ticket);
    if (own?.size === 0) this.#byDevice.delete(device);
  }
}
