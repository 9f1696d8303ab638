import { createID, type ID } from 'yjs';

/**
 * Structs that a rebuild wrote anew, as runs: client id and clock there were, how many, client id and clock of the first now. A
 * struct that was left out has in its place the one it had replaced, as a run of one; -1, -1 where there was none.
 */
export type MovedRun = readonly [
  client: number,
  clock: number,
  length: number,
  toClient: number,
  toClock: number,
];

/** Runs of one document that are kept: enough for edits that come late, from a tab that has not heard of a rebuild. */
export const MOST_MOVED_RUNS = 1_000;

/** Where structs went in this rebuild and in earlier ones. */
export class MovedStructs {
  readonly #earlier: readonly MovedRun[];
  readonly #now = new Map<string, ID | null>();

  constructor(earlier: readonly MovedRun[] = []) {
    this.#earlier = earlier;
  }

  /** What stands in the place of a struct now; undefined for one that was not moved. */
  find({ client, clock }: ID): ID | null | undefined {
    let at: ID | null | undefined = this.#step(client, clock);
    for (let next = at; next; next = this.#step(next.client, next.clock)) at = next;
    // The last step may have led to nothing.
    if (at && this.#step(at.client, at.clock) === null) return null;
    return at;
  }

  set({ client, clock }: ID, to: ID | null): void {
    this.#now.set(`${client}-${clock}`, to);
  }

  /** What this rebuild moved. */
  runs(): MovedRun[] {
    const runs: [number, number, number, number, number][] = [];
    for (const [key, to] of this.#now) {
      const [client = 0, clock = 0] = key.split('-').map(Number);
      const last = runs.at(-1);
      const follows =
        last !== undefined &&
        to !== null &&
        last[0] === client &&
        last[1] + last[2] === clock &&
        last[3] === to.client &&
        last[4] + last[2] === to.clock;
      if (follows) last[2]++;
      else runs.push([client, clock, 1, to?.client ?? -1, to?.clock ?? -1]);
    }
    return runs;
  }

  #step(client: number, clock: number): ID | null | undefined {
    const now = this.#now.get(`${client}-${clock}`);
    if (now !== undefined) return now;
    const run = this.#earlier.find(
      ([from, first, length]) => from === client && clock >= first && clock < first + length,
    );
    if (!run) return undefined;
    return run[3] < 0 ? null : createID(run[3], run[4] + clock - run[1]);
  }
}
