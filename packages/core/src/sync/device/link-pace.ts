import { LIMITS } from '../../protocol/index.ts';

/** What one request should take, ms: shorter costs round trips, longer is lost when the link is cut. */
const SHORT_MS = 2_000;
const LONG_MS = 5_000;

/** Bounds of what is sent and asked for at once, bytes before compression. */
const LEAST_BYTES = 8 * 1024;
const FIRST_BYTES = 128 * 1024;

/**
 * How much to send and to ask for in one request: more while requests are quick, less when they are slow or the link is cut.
 * Only what is on its way when the link is cut has to travel again.
 */
export class LinkPace {
  #bytes = FIRST_BYTES;

  /** Bytes before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A request took `tookMs`; `isFull`: it carried as much as it might. */
  succeeded(tookMs: number, isFull: boolean): void {
    if (tookMs > LONG_MS) this.#bytes = Math.max(LEAST_BYTES, Math.floor(this.#bytes / 2));
    else if (isFull && tookMs < SHORT_MS) this.#bytes = Math.min(LIMITS.exchangeAimBytes, this.#bytes * 2);
  }

  /** A request was lost on its way. */
  failed(): void {
    this.#bytes = Math.max(LEAST_BYTES, Math.floor(this.#bytes / 2));
  }
}
