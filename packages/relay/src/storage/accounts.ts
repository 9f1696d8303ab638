import type { InstantMs } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';

/**
 * What the storage keeps of one device's sign-in. Of every token only the SHA-256 is there; all of them together let nobody
 * sign in. See `auth/tokens.ts` for what they are for.
 */
export interface StoredSession {
  readonly device: string;
  /** Of the part that all refresh tokens of the device have in common. */
  readonly familyHash: Uint8Array;
  /** Of the refresh token that is next to be used. */
  readonly refreshHash: Uint8Array;
  /** Of the one before it; null before the first use. */
  readonly previousHash: Uint8Array | null;
  /** What the present tokens were derived with from the one before; null before the first use. */
  readonly successorSalt: Uint8Array | null;
  readonly rotatedAt: InstantMs;
  readonly refreshUntil: InstantMs;
  /** Of the part that all access tokens of the device have in common. */
  readonly handleHash: Uint8Array;
  readonly accessHash: Uint8Array;
  readonly accessUntil: InstantMs;
}

/** Why a device is no longer signed in. Only `revoked` shuts it out for good: the others sign in again. */
export type EndReason = 'signed-out' | 'token-reused' | 'password-changed' | 'password-reset' | 'revoked';

export interface DeviceEnd {
  readonly at: InstantMs;
  readonly reason: EndReason;
  /** Person id; '' where the relay did it by itself. */
  readonly by: string;
}

/** A device as lists of devices show it. */
export interface EnrolledDevice {
  readonly id: string;
  readonly person: string;
  readonly label: string;
  readonly enrolledAt: InstantMs;
  readonly lastSeenAt: InstantMs;
  /** Null while it is signed in. */
  readonly end: DeviceEnd | null;
  /** When a revoked device had handed in all that was not stored; null before. */
  readonly handedInAt: InstantMs | null;
}

/** Sign-ins that did not succeed, for one user name or one source address. */
export interface SignInFailures {
  readonly count: number;
  /** Of the latest. */
  readonly at: InstantMs;
  readonly blockedUntil: InstantMs;
}

/** Sign-ins, devices and passwords, as a reader sees them. */
export interface AccountsReader {
  /** Also of a device that was signed out or revoked. */
  sessionByFamily(familyHash: Uint8Array): StoredSession | null;
  sessionByHandle(handleHash: Uint8Array): StoredSession | null;
  enrolledDevice(id: string): EnrolledDevice | null;
  /** All devices a person ever signed in on, the latest first. */
  devicesOf(person: string): readonly EnrolledDevice[];
  /** Whether a revoked device has handed in just this of a document. `content`: the SHA-256 of the opened update. */
  hasHandedIn(device: string, document: DocumentName, content: Uint8Array): boolean;
  /** `key`: a hash, never the name or address itself. */
  signInFailures(key: Uint8Array): SignInFailures | null;
}

/** The same, to be written. */
export interface AccountsWriter extends AccountsReader {
  /** Keeps the session of a device in the place of its former one. */
  putSession(session: StoredSession): void;
  /** Ends a device's sign-in. One that has ended stays as it is, but may still be revoked unless it was signed out. False: it stayed as it was. */
  endDevice(id: string, end: DeviceEnd): boolean;
  noteHandedIn(device: string, document: DocumentName, content: Uint8Array): void;
  /** Nothing is known any more of what was handed in of a document. */
  forgetHandedIn(document: DocumentName): void;
  /** Nothing is left on it; the first time counts. */
  markHandedIn(id: string, at: InstantMs): void;
  setPassword(person: string, passwordHash: string, mustChangePassword: boolean): void;
  putSignInFailures(key: Uint8Array, failures: SignInFailures): void;
  clearSignInFailures(key: Uint8Array): void;
  /** Forgets what is older than `before`, then, beyond `most`, those with the fewest failures, of these the oldest. */
  boundSignInFailures(before: InstantMs, most: number): void;
}
