import { Hono } from 'hono';
import { passwordFaults } from '@rukun/core/access';
import { LIMITS } from '@rukun/core/protocol';
import { recordEvent } from '../../audit/record.ts';
import { attemptNotMade, attemptSucceeded, beginAttempt, ownAttemptKeys } from '../../auth/lock-out.ts';
import { recordAttempt, recordFailure } from '../../auth/failed-attempts.ts';
import { endDevicesOf } from '../../auth/management.ts';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';
import type { PeerEnv } from '../identify-peer.ts';
import { shutOut } from '../shut-out.ts';

const LONGEST = 256;

/**
 * `POST /api/password` `{ current, next }`: an own password in the place of the present one; 204. The person's other devices
 * have to sign in again, this one stays. `wrong-credentials` for a wrong present one, `bad-content` with the faults of the
 * new one (`next/short` …), `rate-limited` with how long to wait.
 */
export function passwordRoute(
  parts: Pick<RelayContext, 'storage' | 'passwords' | 'rooms' | 'tickets' | 'clock' | 'random'>,
): Hono<SessionEnv & PeerEnv> {
  const { storage, passwords, clock, random } = parts;
  return new Hono<SessionEnv & PeerEnv>().post('/', async (context) => {
    const body = await readJson(context.req.raw, LIMITS.jsonBytes);
    if (!body.ok) return errorResponse(body.failure);
    const { current, next } = body.value;
    if (typeof current !== 'string' || current.length > LONGEST)
      return errorResponse({ code: 'malformed', paths: ['current'] });
    if (typeof next !== 'string' || next.length > LONGEST)
      return errorResponse({ code: 'malformed', paths: ['next'] });
    const { person, device } = context.get('session');
    const keys = ownAttemptKeys(person.id, context.get('peer').address);
    const by = { person: person.id, source: context.get('peer').address };
    const waitMs = storage.transact((writer) => {
      const attempt = beginAttempt(writer, keys, clock.now());
      recordAttempt(writer, by, attempt);
      return attempt.waitMs;
    });
    if (waitMs > 0) return errorResponse({ code: 'rate-limited', waitMs });
    const fits = await passwords.check(current, person.passwordHash);
    if (fits === 'busy') storage.transact((writer) => attemptNotMade(writer, keys, clock.now()));
    if (fits === 'busy') return errorResponse({ code: 'rate-limited' });
    if (!fits) {
      storage.transact((writer) => recordFailure(writer, by, 'wrong-credentials'));
      return errorResponse({ code: 'wrong-credentials' });
    }
    storage.transact((writer) => attemptSucceeded(writer, keys, clock.now()));
    const faults: string[] = passwordFaults(next, person.userName);
    if (next.normalize('NFC') === current.normalize('NFC')) faults.push('same');
    if (faults.length > 0)
      return errorResponse({ code: 'bad-content', paths: faults.map((fault) => `next/${fault}`) });
    const hash = await passwords.hash(next, random);
    if (hash === null) return errorResponse({ code: 'rate-limited' });
    const ended = storage.transact((writer) => {
      // A reset that came meanwhile holds: the password it replaced is not the one that was shown.
      if (writer.person(person.id)?.passwordHash !== person.passwordHash) return null;
      writer.accounts.setPassword(person.id, hash, false);
      recordEvent(writer, { kind: 'password-changed', person: person.id, device: device.id });
      const end = { at: clock.now(), reason: 'password-changed', by: person.id } as const;
      return endDevicesOf(writer, person.id, end, device.id);
    });
    if (ended === null) return errorResponse({ code: 'wrong-credentials' });
    for (const id of ended) shutOut(parts, id, 'unauthenticated');
    return context.body(null, 204);
  });
}
