/** What arrives in one piece, about one packet. */
const SEGMENT_BYTES = 1400;

interface Parcel {
  readonly at: number;
  readonly deliver: () => void;
}

/** One direction of a link: a queue paid for by the byte, and a delay. Order is kept. */
export class SlowPipe {
  readonly #msPerByte: number;
  readonly #delayMs: number;
  readonly #parcels: Parcel[] = [];
  #freeAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  /** Bytes given to it so far. */
  bytes = 0;

  constructor(kbitPerSecond: number, delayMs: number) {
    this.#msPerByte = 8 / kbitPerSecond;
    this.#delayMs = delayMs;
  }

  /** Takes a chunk (null: the end) no earlier than `opensAt` and hands it on in parts once it would have arrived. */
  carry(chunk: Buffer | null, opensAt: number, deliver: (part: Buffer) => void): void {
    if (this.#isClosed) return;
    this.#freeAt = Math.max(this.#freeAt, performance.now(), opensAt);
    if (chunk === null) {
      this.#parcels.push({ at: this.#freeAt + this.#delayMs, deliver: () => deliver(Buffer.alloc(0)) });
    } else {
      this.bytes += chunk.length;
      for (let from = 0; from < chunk.length; from += SEGMENT_BYTES) {
        const part = chunk.subarray(from, from + SEGMENT_BYTES);
        this.#freeAt += part.length * this.#msPerByte;
        this.#parcels.push({ at: this.#freeAt + this.#delayMs, deliver: () => deliver(part) });
      }
    }
    this.#wait();
  }

  close(): void {
    this.#isClosed = true;
    this.#parcels.length = 0;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    const [first] = this.#parcels;
    if (this.#timer || !first) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        const now = performance.now();
        let due = 0;
        while ((this.#parcels[due]?.at ?? Number.POSITIVE_INFINITY) <= now) due++;
        for (const parcel of this.#parcels.splice(0, due)) parcel.deliver();
        this.#wait();
      },
      Math.max(0, first.at - performance.now()),
    );
  }
}
