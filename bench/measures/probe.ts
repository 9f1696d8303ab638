import type { Sitting } from '../contenders/contender.ts';
import { pause } from '../machine/patience.ts';

const PROBE_MS = 20;
/** Longer than this is a wait that somebody caused. */
const UNUSUAL_MS = 4 * PROBE_MS;
/** An attack counts as over when nothing unusual has happened for so long. */
const CALM_MS = 2_000;
const GIVE_UP_MS = 180_000;

/** Two people in a room: one answers every few milliseconds, and it is noted how long the other waits to see it. */
export class Probe {
  readonly #sittings: readonly [Sitting, Sitting];
  readonly #timer: NodeJS.Timeout;
  readonly #unseen = new Map<string, number>();
  #count = 0;
  #calmSince = performance.now();
  /** The longest wait so far, ms, one that is not over included. */
  #longest = 0;

  constructor(writer: Sitting, reader: Sitting) {
    this.#sittings = [writer, reader];
    const seen = reader.doc.getMap('answers');
    seen.observe(({ keysChanged }) => {
      if (!keysChanged.has('catatan')) return;
      // What was seen carries everything before it.
      const latest = Number(seen.get('catatan'));
      for (const [value, at] of this.#unseen) {
        if (Number(value) > latest) break;
        this.#note(performance.now() - at);
        this.#unseen.delete(value);
      }
    });
    this.#timer = setInterval(() => {
      const value = this.#count++;
      this.#unseen.set(String(value), performance.now());
      writer.doc.getMap('answers').set('catatan', value);
    }, PROBE_MS);
  }

  get longest(): number {
    const [waiting] = this.#unseen.values();
    return Math.max(this.#longest, waiting === undefined ? 0 : performance.now() - waiting);
  }

  forget(): void {
    this.#longest = 0;
  }

  /** Resolves when no wait has been unusually long for a while. */
  async calm(): Promise<void> {
    const begun = performance.now();
    this.#calmSince = begun;
    while (performance.now() - this.#calmSince < CALM_MS) {
      const [waiting] = this.#unseen.values();
      if (waiting !== undefined && performance.now() - waiting > UNUSUAL_MS)
        this.#calmSince = performance.now();
      if (performance.now() - begun > GIVE_UP_MS) return;
      await pause(PROBE_MS);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    for (const sitting of this.#sittings) sitting.close();
  }

  #note(waitedMs: number): void {
    this.#longest = Math.max(this.#longest, waitedMs);
    if (waitedMs > UNUSUAL_MS) this.#calmSince = performance.now();
  }
}
