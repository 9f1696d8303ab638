import { Hono } from 'hono';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { LIMITS, type SignInAnswer, type SignInRequest } from '@rukun/core/protocol';
import { recordEvent } from '../../audit/record.ts';
import { enrolDevice } from '../../auth/enrolment.ts';
import { describeMe } from '../../auth/me.ts';
import { actorOf } from '../../auth/session.ts';
import type { RelayContext } from '../../context.ts';
import { readJson } from '../body.ts';
import { errorResponse } from '../error-response.ts';

const LONGEST = { userName: 64, password: 256, deviceLabel: 128 } as const;

/** `POST /api/sign-in`: user name and password → a newly enrolled device, its tokens and what it may know. */
export function signInRoute(
  parts: Pick<RelayContext, 'storage' | 'passwords' | 'clock' | 'random' | 'recoveryKeys' | 'refreshMs'>,
): Hono {
  const { storage, passwords, clock, random, recoveryKeys, refreshMs } = parts;
  return new Hono().post('/', async (context) => {
    const request = parse(await readJson(context.req.raw, LIMITS.jsonBytes));
    if (!request.ok) return errorResponse(request.failure);
    const { userName, password, deviceLabel } = request.value;
    const person = storage.read((reader) => reader.personByUserName(userName));
    // Who has left is nobody here any more, also by the time it takes.
    const fits = await passwords.check(password, person?.endedAt === null ? person.passwordHash : null);
    if (fits === 'busy') return errorResponse({ code: 'rate-limited' });
    if (!fits || !person) return errorResponse({ code: 'wrong-credentials' });
    const answer = storage.transact((writer): SignInAnswer => {
      const at = clock.now();
      const { device, tokens } = enrolDevice(writer, random, person.id, deviceLabel, at, refreshMs);
      recordEvent(writer, { kind: 'signed-in', person: person.id, device: device.id });
      const { mustChangePassword } = person;
      const session = { person, device, actor: actorOf(writer, person, device.tag) };
      return { ...tokens, mustChangePassword, me: describeMe(writer, session, recoveryKeys.current()) };
    });
    return context.json(answer);
  });
}

function parse(body: Result<Readonly<Record<string, unknown>>>): Result<SignInRequest> {
  if (!body.ok) return body;
  const { userName, password, deviceLabel } = body.value;
  const isText = (value: unknown, longest: number): value is string =>
    typeof value === 'string' && value !== '' && value.length <= longest;
  if (!isText(userName, LONGEST.userName)) return fail('malformed', ['userName']);
  if (!isText(password, LONGEST.password)) return fail('malformed', ['password']);
  if (!isText(deviceLabel, LONGEST.deviceLabel)) return fail('malformed', ['deviceLabel']);
  return ok({ userName, password, deviceLabel });
}
