import { createHash } from 'node:crypto';
import type { InstantMs } from '@rukun/core/foundation';
import type { SignInFailures } from '../storage/accounts.ts';
import type { StorageReader, StorageWriter } from '../storage/storage.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** From so many failures on, the next attempt has to wait so long. */
type Step = readonly [failures: number, waitMs: number];

interface Policy {
  readonly steps: readonly Step[];
  /** One failure is forgiven for each of these that passes without another. */
  readonly forgiveMs: number;
}

/**
 * How attempts to sign in are slowed down. A user name has few, whether somebody has it or not. An address has many more:
 * mobile networks put thousands of phones behind one. Whoever is signed in notices nothing of either.
 */
const POLICIES = {
  name: {
    steps: [
      [5, 10 * SECOND],
      [6, 30 * SECOND],
      [7, MINUTE],
      [8, 2 * MINUTE],
      [9, 5 * MINUTE],
      [10, 15 * MINUTE],
    ],
    forgiveMs: 60 * MINUTE,
  },
  /** Of whoever is signed in and changes the password: nobody else counts against them. */
  own: {
    steps: [
      [5, 10 * SECOND],
      [6, 30 * SECOND],
      [7, MINUTE],
      [8, 2 * MINUTE],
      [9, 5 * MINUTE],
      [10, 15 * MINUTE],
    ],
    forgiveMs: 60 * MINUTE,
  },
  address: {
    steps: [
      [100, 10 * SECOND],
      [120, 30 * SECOND],
      [140, 2 * MINUTE],
      [160, 5 * MINUTE],
      [200, 15 * MINUTE],
    ],
    forgiveMs: 30 * SECOND,
  },
} as const satisfies Record<string, Policy>;

type Kind = keyof typeof POLICIES;

/** After so long nothing of it counts any more. */
const KEPT_MS = 24 * 60 * MINUTE;
/** Names and addresses with failures; those with the fewest make room. About 100 bytes each. */
const MOST_KEPT = 20_000;

/** What an attempt is counted under. The name or address itself is not kept: people type passwords into the wrong field. */
export interface AttemptKeys {
  readonly kind: 'name' | 'own';
  /** Of the user name, or of the person. */
  readonly name: Uint8Array;
  readonly address: Uint8Array;
}

/** An attempt to sign in by a user name. */
export function attemptKeys(name: string, address: string): AttemptKeys {
  return { kind: 'name', name: keyOf('name', name), address: keyOf('address', address) };
}

/** An attempt of a signed-in person to tell the own password. */
export function ownAttemptKeys(person: string, address: string): AttemptKeys {
  return { kind: 'own', name: keyOf('own', person), address: keyOf('address', address) };
}

/** What became of the wish to try. */
export interface Attempt {
  /** How long it has to wait, ms; 0: it was counted as a failure until it is told to have succeeded. */
  readonly waitMs: number;
  /** With this one the name or address has to wait from now on, ms; else 0. */
  readonly lockedForMs: number;
}

/**
 * Takes an attempt, before its password is looked at: many at once are many failures. One that comes while its name or
 * address has to wait does not count, so that waiting ends.
 */
export function beginAttempt(writer: StorageWriter, keys: AttemptKeys, now: InstantMs): Attempt {
  const waitMs = Math.max(
    waitOf(writer.accounts.signInFailures(keys.name), now),
    waitOf(writer.accounts.signInFailures(keys.address), now),
  );
  if (waitMs > 0) return { waitMs, lockedForMs: 0 };
  const lockedForMs = Math.max(
    count(writer, keys.kind, keys.name, now),
    count(writer, 'address', keys.address, now),
  );
  writer.accounts.boundSignInFailures(now - KEPT_MS, MOST_KEPT);
  return { waitMs: 0, lockedForMs };
}

/** The password was right: the name starts anew, and the address has this attempt back. */
export function attemptSucceeded(writer: StorageWriter, keys: AttemptKeys, now: InstantMs): void {
  writer.accounts.clearSignInFailures(keys.name);
  giveBack(writer, 'address', keys.address, now);
}

/** The password was not looked at. */
export function attemptNotMade(writer: StorageWriter, keys: AttemptKeys, now: InstantMs): void {
  giveBack(writer, keys.kind, keys.name, now);
  giveBack(writer, 'address', keys.address, now);
}

/** Somebody entitled gave the person a new password: the wait is over. */
export function forgiveName(writer: StorageWriter, userName: string): void {
  writer.accounts.clearSignInFailures(keyOf('name', userName));
}

/** How long nobody can sign in as this person, ms; 0: at once. */
export function waitOfName(reader: StorageReader, userName: string, now: InstantMs): number {
  return waitOf(reader.accounts.signInFailures(keyOf('name', userName)), now);
}

function waitOf(failures: SignInFailures | null, now: InstantMs): number {
  if (failures === null) return 0;
  // A clock that was set back does not make anybody wait longer than the step says.
  return Math.max(0, Math.min(failures.blockedUntil - now, failures.blockedUntil - failures.at));
}

/** Counts one failure more; how long there is to wait after it, ms. */
function count(writer: StorageWriter, kind: Kind, key: Uint8Array, now: InstantMs): number {
  const failures = standing(writer, kind, key, now) + 1;
  const waitMs = stepOf(kind, failures);
  writer.accounts.putSignInFailures(key, { count: failures, at: now, blockedUntil: now + waitMs });
  return waitMs;
}

/** One failure less. A wait that the others brought about goes on. */
function giveBack(writer: StorageWriter, kind: Kind, key: Uint8Array, now: InstantMs): void {
  const failures = standing(writer, kind, key, now) - 1;
  if (failures <= 0) {
    writer.accounts.clearSignInFailures(key);
    return;
  }
  const blockedUntil =
    stepOf(kind, failures) > 0 ? (writer.accounts.signInFailures(key)?.blockedUntil ?? now) : now;
  writer.accounts.putSignInFailures(key, { count: failures, at: now, blockedUntil });
}

/** How long to wait after so many failures, ms. */
function stepOf(kind: Kind, failures: number): number {
  return POLICIES[kind].steps.findLast(([from]) => failures >= from)?.[1] ?? 0;
}

/** The failures that still count. */
function standing(reader: StorageReader, kind: Kind, key: Uint8Array, now: InstantMs): number {
  const failures = reader.accounts.signInFailures(key);
  if (failures === null) return 0;
  const forgiven = Math.floor(Math.max(0, now - failures.at) / POLICIES[kind].forgiveMs);
  return Math.max(0, failures.count - forgiven);
}

function keyOf(kind: Kind, text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`${kind}:${text}`).digest());
}
