import { afterEach, expect, test } from 'vitest';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { createApp } from '../../../packages/pwa/src/app/context.ts';
import { appParts, meOf, ScriptedNetwork } from '../../support/app-parts.ts';
import { freshName } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const [GIVEN, OWN] = ['mangga-sagu-79', 'ikan cakalang besar'];
const databasePrefix = freshName();

afterEach(async () => {
  for (const { name } of await indexedDB.databases())
    if (name?.startsWith(databasePrefix)) indexedDB.deleteDatabase(name);
});

/** A relay where somebody has a one-time password, on a link that loses what goes with the new one. */
class LossyCentre extends ScriptedNetwork {
  password = GIVEN;
  /** What is lost of the request for another password. */
  lost: 'request' | 'answer' = 'answer';

  override async json(method: string, path: string, _token = '', body?: unknown): Promise<Result<unknown>> {
    const sent = (body ?? {}) as Readonly<Record<string, unknown>>;
    if (path === '/api/sign-in') {
      if (sent['password'] !== this.password) return fail('wrong-credentials');
      const answer = await super.json(method, path);
      const mustChangePassword = this.password === GIVEN;
      return answer.ok ? ok({ ...(answer.value as object), mustChangePassword }) : answer;
    }
    if (path !== '/api/password') return super.json(method, path);
    if (this.lost === 'answer') this.password = String(sent['next']);
    return fail('unavailable');
  }
}

test.each([
  ['answer is lost is signed in with it', 'answer', { ok: true }, 'choose-pin'],
  [
    'request is lost is told to try again',
    'request',
    { ok: false, failure: { code: 'unavailable' } },
    'sign-in',
  ],
] as const)('who makes an own password and whose %s', async (_, lost, expected, at) => {
  const network = new LossyCentre(meOf());
  network.lost = lost;
  const app = await createApp(appParts({ network, databasePrefix }, new VirtualClock()));
  expect(await app.session.signIn('ani', GIVEN, OWN)).toMatchObject(expected);
  expect(app.lock.gate.get().at).toBe(at);
});
