import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openRelay, PASSWORD } from '../support/open-relay.ts';

const UNKNOWN = 'tidak-ada';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

async function attempt(url: string, userName: string, password = 'salah sekali'): Promise<Answer> {
  const body = JSON.stringify({ userName, password, deviceLabel: 'd' });
  const response = await fetch(`${url}/api/sign-in`, { method: 'POST', body });
  const headers = Object.fromEntries(response.headers);
  delete headers['date'];
  return { status: response.status, headers, body: await response.json() };
}

test('a name that nobody has and a wrong password are the same to see, and the same work', async () => {
  const clock = new VirtualClock();
  const { url, relay } = await openRelay({ clock });
  const { passwords } = relay.context;
  const work: number[] = [];
  const answers: Record<string, Answer[]> = { ani: [], [UNKNOWN]: [] };
  for (const [name, seen] of Object.entries(answers)) {
    const before = passwords.done;
    for (let time = 0; time < 8; time++) seen.push(await attempt(url, name));
    work.push(passwords.done - before);
  }
  expect(answers[UNKNOWN]).toEqual(answers['ani']);
  expect(work).toEqual([5, 5]);
  expect(answers['ani']?.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  expect(answers['ani']?.[0]?.body).toEqual({ code: 'wrong-credentials' });
  expect(answers['ani']?.[7]).toMatchObject({
    headers: { 'retry-after': '10' },
    body: { code: 'rate-limited' },
  });
});

test('the wait holds for the right password too, then the officer gets in and starts anew', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  for (let time = 0; time < 5; time++) await attempt(url, 'ani');
  expect((await attempt(url, 'ani', PASSWORD)).status).toBe(429);
  clock.advance(10_000);
  expect((await attempt(url, 'ani', PASSWORD)).status).toBe(200);
  for (let time = 0; time < 5; time++) expect((await attempt(url, 'ani')).status).toBe(401);
});

test('who is signed in notices nothing while the name has to wait', async () => {
  const clock = new VirtualClock();
  const { url } = await openRelay({ clock });
  const signedIn = await attempt(url, 'ani', PASSWORD);
  const { accessToken, refreshToken } = signedIn.body as { accessToken: string; refreshToken: string };
  for (let time = 0; time < 9; time++) await attempt(url, 'ani');
  const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(me.status).toBe(200);
  const refresh = { method: 'POST', body: JSON.stringify({ refreshToken }) };
  expect((await fetch(`${url}/api/refresh`, refresh)).status).toBe(200);
});

test('a restart of the relay makes no wait shorter and signs nobody out', async () => {
  const clock = new VirtualClock();
  const folder = mkdtempSync(join(tmpdir(), 'rukun-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const open = (seed: number) =>
    openRelay({ clock, seed, database: new DatabaseSync(join(folder, 'rukun.sqlite')) });
  const first = await open(1);
  const { body } = await attempt(first.url, 'budi', PASSWORD);
  for (let time = 0; time < 5; time++) await attempt(first.url, UNKNOWN);
  await first.relay.close();
  const { url } = await open(2);
  const answer = await attempt(url, UNKNOWN);
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '10']);
  const { accessToken } = body as { accessToken: string };
  const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(me.status).toBe(200);
});
