import { ContentAny, decodeUpdate, Item, mergeUpdates } from 'yjs';
import { ErasedPlaces } from '../../documents/erased.ts';
import type { Random } from '../../foundation/index.ts';
import type { TimeMark } from '../../protocol/index.ts';
import { Scratch } from '../commit/scratch.ts';
import type { MovedRun } from './moved-structs.ts';
import { replay } from './replay.ts';

/** An edit that is in no log yet, and when its parts were written. */
interface Waiting {
  readonly update: Uint8Array;
  readonly marks: readonly TimeMark[];
}

/**
 * What may still be taken in of an edit that waited while something of its document was erased: the same where nothing of it is
 * about that, else the rest of it, written anew under fresh client ids as a device does it; null where nothing is left. One that
 * builds on what is not in `known` stays as it is, for the commit path to say so.
 */
export function withoutErased(known: readonly Uint8Array[], edit: Waiting, random: Random): Waiting | null {
  const { doc } = Scratch.open(known);
  const erased = ErasedPlaces.of(doc);
  if (!erased || hasGap(known, edit.update)) return edit;
  const { rows, moved } = replay(known, [{ update: edit.update, at: 0 }], random, [], erased);
  const written = rows.flatMap(({ update }) => decodeUpdate(update).structs.map(({ id }) => id.client));
  const clients = new Set(written);
  const isWhole = moved.every(([, , , client]) => clients.has(client)) && !isEmptied(edit.update);
  if (isWhole) return edit;
  if (rows.length === 0) return null;
  const marks = moved.filter(([, , , client]) => clients.has(client)).flatMap((run) => marksOf(edit, run));
  return { update: mergeUpdates(rows.map(({ update }) => update)), marks };
}

function hasGap(known: readonly Uint8Array[], update: Uint8Array): boolean {
  try {
    Scratch.open([...known, update]);
    return false;
  } catch {
    return true;
  }
}

/** Whether values were taken out of it already. */
function isEmptied(update: Uint8Array): boolean {
  return decodeUpdate(update).structs.some(
    (struct) => struct instanceof Item && !(struct.content instanceof ContentAny),
  );
}

/** The times of a run of structs, at where it stands now. */
function marksOf({ marks }: Waiting, [client, clock, length, toClient, toClock]: MovedRun): TimeMark[] {
  const own = marks.filter((mark) => mark.client === client && mark.clock < clock + length);
  const first = own
    .filter((mark) => mark.clock <= clock)
    .reduce<TimeMark | null>((last, mark) => (last && last.clock > mark.clock ? last : mark), null);
  const later = own.filter((mark) => mark.clock > clock);
  return [...(first ? [{ ...first, clock }] : []), ...later].map((mark) => ({
    client: toClient,
    clock: toClock + mark.clock - clock,
    at: mark.at,
  }));
}
