/**
 * What the sync frames of one live connection carried: frame number → the highest edit of this sitting that, with all
 * before it, is in the frames up to there. Counting restarts with the connection (DESIGN.md section 5).
 */
export class FrameLedger {
  /** Index: frame number - 1. -1: nothing can be concluded from it. */
  readonly #reaches: number[] = [];
  #isWhole = false;
  #refusedFrom = Number.POSITIVE_INFINITY;

  /** A frame goes out while `edit` is the last edit applied in memory. */
  sent(kind: 'step-2' | 'update', edit: number): void {
    // Only after a step 2, which repeats all the relay lacks, does an update frame prove anything about what came before.
    if (kind === 'step-2') this.#isWhole = true;
    this.#reaches.push(this.#isWhole ? edit : -1);
  }

  /** The relay committed the first `frames` frames: returns up to which edit everything is stored there, -1 for none. */
  stored(frames: number): number {
    const counted = Math.min(frames, this.#refusedFrom - 1, this.#reaches.length);
    return counted < 1 ? -1 : (this.#reaches[counted - 1] ?? -1);
  }

  /** The relay refused one frame: what later frames carry proves nothing any more. Returns the edit it reached to. */
  refused(frame: number): number {
    this.#refusedFrom = Math.min(this.#refusedFrom, frame);
    return this.#reaches[frame - 1] ?? -1;
  }
}
