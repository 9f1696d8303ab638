import { Hono } from 'hono';
import type { ErrorCode } from '@rukun/core/foundation';
import type { ImportLine } from '@rukun/core/people';
import { LIMITS } from '@rukun/core/protocol';
import { hashPassword } from '../../auth/password.ts';
import type { RelayContext } from '../../context.ts';
import { reportFault } from '../../monitoring/fault.ts';
import type { Doer } from '../../auth/management.ts';
import { checkFile } from '../../people/check-file.ts';
import { hashPasswords, ImportOutdated, ImportPasswords, writePeople } from '../../people/import-people.ts';
import { Staging } from '../../people/staging.ts';
import type { SessionEnv } from '../authenticate.ts';
import { BodyTooLarge, streamBody } from '../body.ts';
import { errorResponse } from '../error-response.ts';
import { shutOut } from '../shut-out.ts';

type Parts = Pick<RelayContext, 'storage' | 'clock' | 'random' | 'rooms' | 'tickets' | 'log'>;

/** Passwords hashed at a time: the threads they need are those of sign-ins. */
const AT_ONCE = 1;

/**
 * `POST /api/people/import?mode=check` or `apply`, administrators only: a CSV file as the body, read as it comes. The answer is one
 * {@link ImportLine} after the other. `apply` adds and changes everybody or nobody; whoever goes away while it hashes has called it
 * off. `rate-limited`: another import is under way.
 */
export function peopleImportRoute(parts: Parts): Hono<SessionEnv> {
  const gate: Gate = { isBusy: false };
  return new Hono<SessionEnv>().post('/', (context) => {
    const { person, device } = context.get('session');
    if (person.role !== 'administrator') return errorResponse({ code: 'forbidden' });
    const mode = context.req.query('mode');
    if (mode !== 'check' && mode !== 'apply') return errorResponse({ code: 'malformed', paths: ['mode'] });
    if (Number(context.req.header('content-length') ?? 0) > LIMITS.importBytes)
      return errorResponse({ code: 'too-large' });
    if (gate.isBusy) return errorResponse({ code: 'rate-limited' });
    const by = { person: person.id, device: device.id };
    const isStill = () => {
      const now = context.get('sessionNow')();
      return now.ok && now.value.person.role === 'administrator';
    };
    const lines = importLines(parts, context.req.raw, mode === 'apply', by, gate, isStill);
    return new Response(streamOf(lines), { headers: { 'content-type': 'application/x-ndjson' } });
  });
}

/** One import at a time, from its first line to its last or until nobody listens. */
interface Gate {
  isBusy: boolean;
}

async function* importLines(
  parts: Parts,
  request: Request,
  isApplied: boolean,
  by: Doer,
  gate: Gate,
  isStill: () => boolean,
): AsyncGenerator<ImportLine, void> {
  if (gate.isBusy) {
    yield { kind: 'failure', code: 'rate-limited' };
    return;
  }
  gate.isBusy = true;
  const staging = new Staging();
  try {
    const body = streamBody(request, LIMITS.importBytes);
    const report = await checkFile(body, parts.storage, staging, by);
    const isImported = isApplied && report.faultyRows === 0;
    if (isImported) {
      const passwords = new ImportPasswords(parts.random);
      const hash = (password: string) => hashPassword(password, parts.random);
      for await (const done of hashPasswords(staging, passwords, hash, AT_ONCE))
        yield { kind: 'progress', done, of: report.added };
      // Before they are stored: whose passwords did not arrive have not been added.
      for (const slip of passwords.slips(staging)) yield { kind: 'slip', ...slip };
      // Hashing takes a while: whoever was shut out meanwhile imports nothing.
      if (!isStill()) {
        yield { kind: 'failure', code: 'forbidden' };
        return;
      }
      for (const device of writePeople(parts, staging, by)) shutOut(parts, device, 'revoked');
      parts.rooms.checkAccess();
    }
    yield { kind: 'report', report, isImported };
  } catch (error) {
    yield { kind: 'failure', code: codeOf(parts, error) };
  } finally {
    staging.close();
    gate.isBusy = false;
  }
}

function codeOf({ log }: Parts, error: unknown): ErrorCode {
  if (error instanceof BodyTooLarge) return 'too-large';
  // The people were changed meanwhile: the same file can be tried again.
  if (error instanceof ImportOutdated) return 'unavailable';
  return reportFault(log, 'http.failed', error);
}

/** Lines as they are asked for; a reader that goes away ends their making. */
function streamOf(lines: AsyncGenerator<ImportLine, void>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(Buffer.from(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await lines.return();
    },
  });
}
