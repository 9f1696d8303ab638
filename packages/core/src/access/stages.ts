import { orderEvents, stateOf, type StatusEvent } from '../household/index.ts';
import type { Stage } from './table.ts';

/** A turn may be so much above those that are known: an author may have had events in view that are still on their way. */
const MOST_AHEAD = 1000;

/** The stages a household passes through while the events of one update are taken one after another. */
export interface Passage {
  /** In order, the one before the update first. */
  readonly stages: readonly Stage[];
  /** Ids of the events that did not fit where they came. */
  readonly unfit: ReadonlySet<string>;
  /** Ids of the events whose turn is none. */
  readonly malformed: ReadonlySet<string>;
}

/**
 * Works the stages out, from the one the `known` events made. An update may hold a whole day: what was answered while the family was a draft and the `submitted`
 * that ended it arrive as one, and each is judged at a stage it could have been written in. An event counts only where it fits,
 * so that nobody reaches a stage by way of one that was not theirs to reach.
 */
export function passageOf(
  start: Stage,
  known: readonly StatusEvent[],
  written: readonly StatusEvent[],
  fits: (event: StatusEvent, stage: Stage) => boolean,
): Passage {
  let stage = start;
  const stages: Stage[] = [stage];
  const unfit = new Set<string>();
  const malformed = new Set<string>();
  const events = [...known];
  let highest = known.reduce((most, { turn }) => Math.max(most, turn), 0);
  for (const event of orderEvents(written)) {
    if (!Number.isSafeInteger(event.turn) || event.turn < 1 || event.turn > highest + MOST_AHEAD) {
      malformed.add(event.id);
      continue;
    }
    if (!fits(event, stage)) {
      unfit.add(event.id);
      continue;
    }
    highest = Math.max(highest, event.turn);
    const same = events.findIndex(({ id }) => id === event.id);
    if (same >= 0) events.splice(same, 1);
    events.push(event);
    stage = stateOf(events, true);
    stages.push(stage);
  }
  return { stages, unfit, malformed };
}
