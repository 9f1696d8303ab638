import type { InstantMs, Random } from '@rukun/core/foundation';
import type { StoredDevice } from '../storage/records.ts';
import type { StorageReader, StorageWriter } from '../storage/storage.ts';
import { beginSession, type Tokens } from './tokens.ts';

const DEVICE_ID_BYTES = 9;
const SHORTEST_TAG = 3;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const LETTERS = DIGITS.slice(10);

/** What a newly enrolled device is told; the tokens are nowhere else. */
export interface Enrolment {
  readonly device: StoredDevice;
  readonly tokens: Tokens;
}

/** Enrols a device for a person, with tokens and a tag of its own. `refreshMs`: how long it stays signed in unused. */
export function enrolDevice(
  writer: StorageWriter,
  random: Random,
  person: string,
  label: string,
  at: InstantMs,
  refreshMs: number,
): Enrolment {
  const id = Buffer.from(random.bytes(DEVICE_ID_BYTES)).toString('hex');
  const tag = drawTag(writer, random);
  writer.addDevice({ id, person, tag, label, enrolledAt: at });
  const tokens = beginSession(writer, random, id, at, refreshMs);
  return { device: { id, person, tag, lastSeenAt: at }, tokens };
}

/**
 * A tag nobody had: base36 ending in a letter, so that tag + decimal counter reads in one way only. Drawn, not counted:
 * a relay restored from a backup must not give out again what it forgot to have given.
 */
function drawTag(reader: StorageReader, random: Random): string {
  for (let attempt = 0; ; attempt++) {
    const length = SHORTEST_TAG + Math.floor(attempt / 4);
    const pick = (from: string) => from.charAt(Math.floor(random.next() * from.length));
    const middle = Array.from({ length: length - 2 }, () => pick(DIGITS)).join('');
    const tag = pick(LETTERS) + middle + pick(LETTERS);
    if (!reader.isTagTaken(tag)) return tag;
  }
}
