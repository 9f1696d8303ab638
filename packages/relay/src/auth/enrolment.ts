import { createHash } from 'node:crypto';
import type { InstantMs, Random } from '@rukun/core/foundation';
import type { StoredDevice } from '../storage/records.ts';
import type { StorageReader, StorageWriter } from '../storage/storage.ts';

const TOKEN_BYTES = 32;
const DEVICE_ID_BYTES = 9;
const SHORTEST_TAG = 3;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const LETTERS = DIGITS.slice(10);

/** What a newly enrolled device is told; the token is nowhere else. */
export interface Enrolment {
  readonly device: StoredDevice;
  readonly token: string;
}

/** Enrols a device for a person, with a token and a tag of its own. */
export function enrolDevice(
  writer: StorageWriter,
  random: Random,
  person: string,
  label: string,
  at: InstantMs,
): Enrolment {
  const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
  const id = Buffer.from(random.bytes(DEVICE_ID_BYTES)).toString('hex');
  const tag = drawTag(writer, random);
  writer.addDevice({ id, person, tag, label, tokenHash: hashToken(token), enrolledAt: at });
  return { device: { id, person, tag, lastSeenAt: at }, token };
}

/** What is stored of a token. Tokens are random, so a plain hash is enough. */
export function hashToken(token: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(token).digest());
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
