/** One kind of fuzzing. `run` throws when something is wrong with input `index`. */
export interface FuzzTarget {
  readonly name: string;
  run(index: number, tally: Tally): void;
  input(index: number): { readonly bytes: Uint8Array };
}

/** What a run has seen so far. */
export class Tally {
  readonly counts = new Map<string, number>();
  slowestMs = 0;
  slowestIndex = -1;
  /** How long the part under test took with the last input. */
  lastMs = 0;

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Runs the part under test and keeps how long it took. */
  timed<T>(work: () => T): T {
    const start = performance.now();
    const result = work();
    this.lastMs = performance.now() - start;
    return result;
  }
}

/** Whatever takes longer is run again: the machine may have been busy with something else. */
const WORTH_ANOTHER_LOOK_MS = 20;

/** A run that failed: enough to run that one input again. */
class FuzzFailure extends Error {
  readonly index: number;
  readonly bytes: Uint8Array;

  constructor(target: FuzzTarget, seed: number, index: number, cause: unknown) {
    const { bytes } = target.input(index);
    const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    const hex = Buffer.from(bytes.subarray(0, 4000)).toString('hex');
    super(`${target.name}, --seed ${seed} --only ${index}: ${reason}\nbytes ${hex}`);
    this.index = index;
    this.bytes = bytes;
  }
}

/** Runs inputs `from` to `to`; throws with all that is needed to run that input again, at the first that goes wrong. */
export function fuzz(target: FuzzTarget, seed: number, from: number, to: number, tally: Tally): void {
  for (let index = from; index < to; index++) {
    try {
      target.run(index, tally);
      if (tally.lastMs > tally.slowestMs) noteSlow(target, index, tally);
    } catch (error) {
      throw new FuzzFailure(target, seed, index, error);
    }
  }
}

function noteSlow(target: FuzzTarget, index: number, tally: Tally): void {
  let fastest = tally.lastMs;
  for (let again = 0; again < 3 && fastest > WORTH_ANOTHER_LOOK_MS; again++) {
    const other = new Tally();
    target.run(index, other);
    fastest = Math.min(fastest, other.lastMs);
  }
  if (fastest <= tally.slowestMs) return;
  tally.slowestMs = fastest;
  tally.slowestIndex = index;
}
