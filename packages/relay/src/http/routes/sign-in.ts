import { Hono } from 'hono';
import { fail, ok, type Failure, type Result } from '@rukun/core/foundation';
import { normalizeUserName } from '@rukun/core/people';
import { LIMITS, type SignInAnswer, type SignInRequest } from '@rukun/core/protocol';
import { recordEvent } from '../../audit/record.ts';
import { enrolDevice } from '../../auth/enrolment.ts';
import { recordAttempt, recordFailure } from '../../auth/failed-attempts.ts';
import {
  attemptKeys,
  attemptNotMade,
  attemptSucceeded,
  beginAttempt,
  type AttemptKeys,
} from '../../auth/lock-out.ts';
import { describeMe } from '../../auth/me.ts';
import { actorOf } from '../../auth/session.ts';
import type { RelayContext } from '../../context.ts';
import type { StoredPerson } from '../../storage/records.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';
import type { PeerEnv } from '../identify-peer.ts';

const LONGEST = { userName: 64, password: 256, deviceLabel: 128 } as const;

type Parts = Pick<RelayContext, 'storage' | 'passwords' | 'clock' | 'random' | 'recoveryKeys' | 'refreshMs'>;

/**
 * `POST /api/sign-in`: user name and password → a newly enrolled device, its tokens and what it may know.
 * `wrong-credentials` where they do not fit, the same answer after the same work whether there is such a person or not;
 * `rate-limited` with how long to wait after too many of those, for any name alike.
 */
export function signInRoute(parts: Parts): Hono<PeerEnv> {
  return new Hono<PeerEnv>().post('/', async (context) => {
    const request = parse(await readJson(context.req.raw, LIMITS.jsonBytes));
    if (!request.ok) return errorResponse(request.failure);
    const { address } = context.get('peer');
    const keys = attemptKeys(request.value.userName, address);
    const person = await personOf(parts, request.value, keys, address);
    if (!person.ok) return errorResponse(person.failure);
    const answer = enrol(parts, person.value, request.value.deviceLabel, keys);
    return answer.ok ? context.json(answer.value) : errorResponse(answer.failure);
  });
}

/** Who it is, if the password fits; every attempt counts as failed until it is known not to be. */
async function personOf(
  { storage, passwords, clock }: Parts,
  { userName, password }: SignInRequest,
  keys: AttemptKeys,
  source: string,
): Promise<Result<StoredPerson>> {
  const begun = storage.transact((writer) => {
    const found = writer.personByUserName(userName);
    // Who has left is nobody here any more, also by the time it takes.
    const known = found?.endedAt === null ? found : null;
    const attempt = beginAttempt(writer, keys, clock.now());
    recordAttempt(writer, { person: known?.id ?? '', source }, attempt);
    return { ...attempt, known };
  });
  if (begun.waitMs > 0) return failure({ code: 'rate-limited', waitMs: begun.waitMs });
  const { known } = begun;
  const fits = await passwords.check(password, known?.passwordHash ?? null);
  if (fits === 'busy') {
    storage.transact((writer) => attemptNotMade(writer, keys, clock.now()));
    return fail('rate-limited');
  }
  if (fits && known) return ok(known);
  storage.transact((writer) =>
    recordFailure(writer, { person: known?.id ?? '', source }, 'wrong-credentials'),
  );
  return fail('wrong-credentials');
}

/** Looking at the password takes a while: one that was replaced meanwhile, or a person who left, lets nobody in. */
function enrol(parts: Parts, checked: StoredPerson, label: string, keys: AttemptKeys): Result<SignInAnswer> {
  const { storage, clock, random, recoveryKeys, refreshMs } = parts;
  return storage.transact((writer) => {
    const person = writer.person(checked.id);
    if (person?.passwordHash !== checked.passwordHash || person.endedAt !== null)
      return fail('wrong-credentials');
    const at = clock.now();
    attemptSucceeded(writer, keys, at);
    const { device, tokens } = enrolDevice(writer, random, person.id, label, at, refreshMs);
    recordEvent(writer, { kind: 'signed-in', person: person.id, device: device.id });
    const session = { person, device, actor: actorOf(writer, person, device.tag) };
    const me = describeMe(writer, session, recoveryKeys.current());
    return ok({ ...tokens, mustChangePassword: person.mustChangePassword, me });
  });
}

function failure(of: Failure): Result<never> {
  return { ok: false, failure: of };
}

function parse(body: Result<Readonly<Record<string, unknown>>>): Result<SignInRequest> {
  if (!body.ok) return body;
  const { userName, password, deviceLabel } = body.value;
  const isText = (value: unknown, longest: number): value is string =>
    typeof value === 'string' && value !== '' && value.length <= longest;
  if (!isText(userName, LONGEST.userName)) return fail('malformed', ['userName']);
  if (!isText(password, LONGEST.password)) return fail('malformed', ['password']);
  if (!isText(deviceLabel, LONGEST.deviceLabel)) return fail('malformed', ['deviceLabel']);
  return ok({ userName: normalizeUserName(userName), password, deviceLabel });
}
