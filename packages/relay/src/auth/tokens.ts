import { timingSafeEqual } from 'node:crypto';
import { fail, ok, type InstantMs, type Random, type Result } from '@rukun/core/foundation';
import type { TokenAnswer } from '@rukun/core/protocol';
import { recordEvent } from '../audit/record.ts';
import type { EnrolledDevice, StoredSession } from '../storage/accounts.ts';
import { isRecovering } from '../storage/epoch.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { StorageReader, StorageWriter } from '../storage/storage.ts';
import { drawTokens, hashToken, readToken, SALT_BYTES, successorsOf, type TokenParts } from './token-form.ts';

/** An access token is good for so long: what a stolen one is worth at most. */
export const ACCESS_MS = 15 * 60_000;
/** Within it the answer to a spent refresh token is given again word for word: the first may be on a link that was cut. */
export const REPEAT_MS = 2 * 60_000;

/** The tokens of a device, without the flag that is its person's. */
export type Tokens = Omit<TokenAnswer, 'mustChangePassword'>;

/** What came of a refresh token. */
export type Renewal =
  | { readonly outcome: 'renewed'; readonly device: EnrolledDevice; readonly tokens: Tokens }
  /** A spent token came again: it is in two hands, and nobody can say which is the officer's. Both are shut out. */
  | { readonly outcome: 'reused'; readonly device: EnrolledDevice }
  | { readonly outcome: 'refused'; readonly code: 'unauthenticated' | 'revoked' };

/** Begins the session of a newly enrolled device. */
export function beginSession(
  writer: StorageWriter,
  random: Random,
  device: string,
  at: InstantMs,
  refreshMs: number,
): Tokens {
  const { refresh, access } = drawTokens(random);
  const previous = { previousHash: null, successorSalt: null };
  writer.accounts.putSession(sessionOf(device, refresh, access, at, refreshMs, previous));
  return { refreshToken: refresh, accessToken: access, expiresInMs: ACCESS_MS };
}

/**
 * Takes a refresh token and gives the next pair. The token before the present one counts until the present one was used:
 * its answer may never have arrived. Within {@link REPEAT_MS} it gets the same answer again, later a fresh one, and then
 * the one nobody fetched is spent. Any other token of the device is a spent one that somebody kept.
 */
export function renewSession(
  writer: StorageWriter,
  random: Random,
  token: string,
  at: InstantMs,
  refreshMs: number,
): Renewal {
  const parts = readToken(token);
  const session = parts && writer.accounts.sessionByFamily(hashToken(parts.common));
  const device = session && writer.accounts.enrolledDevice(session.device);
  if (!parts || !session || !device) return { outcome: 'refused', code: 'unauthenticated' };
  if (device.end) return { outcome: 'refused', code: codeOfEnd(device) };
  if (session.refreshUntil < at) return { outcome: 'refused', code: 'unauthenticated' };
  const hash = hashToken(parts.whole);
  const isPrevious = session.previousHash !== null && timingSafeEqual(hash, session.previousHash);
  const isKnown = isPrevious || timingSafeEqual(hash, session.refreshHash);
  if (!isKnown && !mayBeForgotten(writer, session, at)) {
    writer.accounts.endDevice(device.id, { at, reason: 'token-reused', by: '' });
    recordEvent(writer, { kind: 'token-reused', person: device.person, device: device.id });
    return { outcome: 'reused', device };
  }
  if (isPrevious && session.successorSalt !== null && isRepeat(session, at)) {
    const again = successorsOf(parts, session.successorSalt);
    return { outcome: 'renewed', device, tokens: answerOf(again, session.accessUntil - at) };
  }
  return { outcome: 'renewed', device, tokens: rotate(writer, random, parts, session, at, refreshMs) };
}

/** The device an access token belongs to; `expired` for one that has had its time, `revoked` for a device that is shut out. */
export function deviceOfAccess(reader: StorageReader, token: string, at: InstantMs): Result<string> {
  const parts = readToken(token);
  const session = parts && reader.accounts.sessionByHandle(hashToken(parts.common));
  const device = session && reader.accounts.enrolledDevice(session.device);
  if (!parts || !session || !device) return fail('unauthenticated');
  if (device.end) return fail(codeOfEnd(device));
  const isCurrent = timingSafeEqual(hashToken(parts.whole), session.accessHash);
  return isCurrent && at < session.accessUntil ? ok(device.id) : fail('expired');
}

/** The device a refresh token belongs to that is next to be used, or is the one before it, without using it; null for any other. */
export function deviceOfRefresh(reader: StorageReader, token: string): string | null {
  const parts = readToken(token);
  const session = parts && reader.accounts.sessionByFamily(hashToken(parts.common));
  if (!session) return null;
  const hash = hashToken(token);
  const isPrevious = session.previousHash !== null && timingSafeEqual(hash, session.previousHash);
  return isPrevious || timingSafeEqual(hash, session.refreshHash) ? session.device : null;
}

/**
 * The device a token belongs to that was shut out for good, or null. Any refresh token it ever had will do: all it opens is the
 * way to hand in what was not stored.
 */
export function deviceOfRevoked(reader: StorageReader, token: string): EnrolledDevice | null {
  const parts = readToken(token);
  const session = parts && reader.accounts.sessionByFamily(hashToken(parts.common));
  const device = session && reader.accounts.enrolledDevice(session.device);
  return device?.end?.reason === 'revoked' ? device : null;
}

function codeOfEnd({ end }: EnrolledDevice): 'unauthenticated' | 'revoked' {
  return end?.reason === 'revoked' ? 'revoked' : 'unauthenticated';
}

function isRepeat({ rotatedAt }: StoredSession, at: InstantMs): boolean {
  return Math.abs(at - rotatedAt) < REPEAT_MS;
}

/** A relay that was restored from a backup does not know the tokens it gave since; the first that comes is believed. */
function mayBeForgotten(reader: StorageReader, { rotatedAt }: StoredSession, at: InstantMs): boolean {
  return isRecovering(reader, at) && rotatedAt < Number(reader.setting(SETTINGS.epochBeganAt));
}

function rotate(
  writer: StorageWriter,
  random: Random,
  parts: TokenParts,
  session: StoredSession,
  at: InstantMs,
  refreshMs: number,
): Tokens {
  const salt = random.bytes(SALT_BYTES);
  const { refresh, access } = successorsOf(parts, salt);
  const previous = { previousHash: hashToken(parts.whole), successorSalt: salt };
  writer.accounts.putSession(sessionOf(session.device, refresh, access, at, refreshMs, previous));
  return answerOf({ refresh, access }, ACCESS_MS);
}

function answerOf(pair: { readonly refresh: string; readonly access: string }, expiresInMs: number): Tokens {
  return { refreshToken: pair.refresh, accessToken: pair.access, expiresInMs: Math.max(0, expiresInMs) };
}

function sessionOf(
  device: string,
  refresh: string,
  access: string,
  at: InstantMs,
  refreshMs: number,
  previous: Pick<StoredSession, 'previousHash' | 'successorSalt'>,
): StoredSession {
  const commonOf = (token: string) => token.slice(0, token.indexOf('.'));
  return {
    device,
    familyHash: hashToken(commonOf(refresh)),
    refreshHash: hashToken(refresh),
    ...previous,
    rotatedAt: at,
    refreshUntil: at + refreshMs,
    handleHash: hashToken(commonOf(access)),
    accessHash: hashToken(access),
    accessUntil: at + ACCESS_MS,
  };
}
