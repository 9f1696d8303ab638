import { Hono } from 'hono';
import { LIMITS, type VaultKeyAnswer } from '@rukun/core/protocol';
import { TokenBucket, type Rate } from '../../auth/token-bucket.ts';
import type { RelayContext } from '../../context.ts';
import type { SessionEnv } from '../authenticate.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';

/** Of one person: some forgotten PINs in a row, then one every ten minutes. */
const RATE: Rate = { perSecond: 1 / 600, burst: 5 };
/** People with a bucket of their own; who is back to a full one is forgotten. */
const MOST_PEOPLE = 10_000;
/** Base64 of what an RSA key of 8192 bits makes. */
const LONGEST_SEALED = 1_400;

/**
 * `POST /api/vault-key`: a data key as a device sealed it for this person → the key itself. `not-found` where the recovery
 * key it was sealed to is no longer here, or it is another person's; `rate-limited` with how long to wait.
 */
export function vaultKeyRoute({
  recoveryKeys,
  clock,
  recorder,
}: Pick<RelayContext, 'recoveryKeys' | 'clock' | 'recorder'>): Hono<SessionEnv> {
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (person: string): TokenBucket => {
    const known = buckets.get(person);
    if (known) return known;
    const now = clock.now();
    if (buckets.size >= MOST_PEOPLE)
      for (const [other, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(other);
    const bucket = new TokenBucket(RATE, now);
    buckets.set(person, bucket);
    return bucket;
  };
  return new Hono<SessionEnv>().post('/', async (context) => {
    const body = await readJson(context.req.raw, LIMITS.jsonBytes);
    if (!body.ok) return errorResponse(body.failure);
    const { keyId, sealed } = body.value;
    if (typeof keyId !== 'string') return errorResponse({ code: 'malformed', paths: ['keyId'] });
    if (typeof sealed !== 'string' || sealed.length > LONGEST_SEALED || !/^[\w+/]+={0,2}$/.test(sealed))
      return errorResponse({ code: 'malformed', paths: ['sealed'] });
    const session = context.get('sessionNow')();
    if (!session.ok) return errorResponse(session.failure);
    const { person, device } = session.value;
    const bucket = bucketOf(person.id);
    const waitMs = bucket.waitMs(clock.now());
    if (waitMs > 0) return errorResponse({ code: 'rate-limited', waitMs });
    bucket.take(clock.now());
    const key = recoveryKeys.open(keyId, Buffer.from(sealed, 'base64'), person.id);
    if (key === null) return errorResponse({ code: 'not-found' });
    const event = { kind: 'vault-key-opened', person: person.id, device: device.id, keyId } as const;
    if (!(await recorder.record(event))) return errorResponse({ code: 'unavailable' });
    const answer: VaultKeyAnswer = { key: Buffer.from(key).toString('base64') };
    return context.json(answer);
  });
}
