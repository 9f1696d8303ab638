import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { enrolDevice } from '../../../packages/relay/src/auth/enrolment.ts';
import {
  ACCESS_MS,
  deviceOfAccess,
  renewSession,
  REPEAT_MS,
  type Renewal,
  type Tokens,
} from '../../../packages/relay/src/auth/tokens.ts';
import { hashToken } from '../../../packages/relay/src/auth/token-form.ts';
import { beginEpoch } from '../../../packages/relay/src/storage/epoch.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const DAY = 24 * 3_600_000;
const KEPT = 60 * DAY;
const START = Date.parse('2026-11-22T08:00:00+08:00');

/** A relay's storage with one signed-in device, at a moment the test moves on. */
class SignedIn {
  readonly storage: Storage;
  readonly random = seededRandom(11);
  readonly first: Tokens;
  readonly device: string;
  now = START;

  constructor() {
    this.storage = SqliteStorage.over(new DatabaseSync(':memory:'), this.random);
    onTestFinished(() => this.storage.close());
    const { tokens, device } = this.storage.transact((writer) => {
      const person = { id: 'p1', userName: 'ani', name: 'Ani', role: 'officer', code: '0101' } as const;
      writer.addPerson({ ...person, passwordHash: 'x' });
      return enrolDevice(writer, this.random, 'p1', 'Chrome', this.now, KEPT);
    });
    this.first = tokens;
    this.device = device.id;
  }

  renew(token: string): Renewal {
    return this.storage.transact((writer) => renewSession(writer, this.random, token, this.now, KEPT));
  }

  next(token: string): Tokens {
    const renewal = this.renew(token);
    if (renewal.outcome !== 'renewed') throw new Error(`not renewed: ${renewal.outcome}`);
    return renewal.tokens;
  }

  /** `ok`, or why the access token is not taken. */
  use({ accessToken }: Tokens): string {
    const device = this.storage.read((reader) => deviceOfAccess(reader, accessToken, this.now));
    return device.ok ? 'ok' : device.failure.code;
  }

  end(reason: 'revoked' | 'password-reset'): void {
    const end = { at: this.now, reason, by: 'p2' } as const;
    this.storage.transact((writer) => writer.accounts.endDevice(this.device, end));
  }
}

const unknown = (length: number) => 'a'.repeat(length);

test('an access token is good for a quarter of an hour, then it is expired', () => {
  const phone = new SignedIn();
  phone.now += ACCESS_MS - 1;
  expect(phone.use(phone.first)).toBe('ok');
  phone.now += 1;
  expect(phone.use(phone.first)).toBe('expired');
  const next = phone.next(phone.first.refreshToken);
  expect([phone.use(next), phone.use(phone.first)]).toEqual(['ok', 'expired']);
});

test('every refresh gives another pair, and none tells what the other tokens are', () => {
  const phone = new SignedIn();
  let tokens = phone.first;
  const seen = new Set<string>();
  for (let round = 0; round < 50; round++) {
    seen.add(tokens.accessToken).add(tokens.refreshToken);
    phone.now += ACCESS_MS;
    tokens = phone.next(tokens.refreshToken);
  }
  expect(seen.size).toBe(100);
  expect(tokens.accessToken).not.toContain(tokens.refreshToken.split('.')[0]);
});

test('an unknown token is unauthenticated, also one of the right form', () => {
  const phone = new SignedIn();
  for (const token of ['', 'x', unknown(43), `${unknown(32)}.${unknown(43)}`]) {
    expect(phone.use({ ...phone.first, accessToken: token })).toBe('unauthenticated');
    expect(phone.renew(token)).toEqual({ outcome: 'refused', code: 'unauthenticated' });
  }
  expect(phone.use(phone.first)).toBe('ok');
});

test('one kind of token is not taken for the other', () => {
  const phone = new SignedIn();
  const { accessToken, refreshToken } = phone.first;
  expect(phone.use({ ...phone.first, accessToken: refreshToken })).toBe('unauthenticated');
  expect(phone.renew(accessToken)).toEqual({ outcome: 'refused', code: 'unauthenticated' });
});

test('an answer that was lost is given again, the same one within two minutes', () => {
  const phone = new SignedIn();
  const lost = phone.next(phone.first.refreshToken);
  phone.now += REPEAT_MS - 1;
  const again = phone.next(phone.first.refreshToken);
  expect(again).toEqual({ ...lost, expiresInMs: ACCESS_MS - REPEAT_MS + 1 });
  expect(phone.use(lost)).toBe('ok');
});

test('three weeks after an answer was lost the phone still gets in, and the lost pair is spent', () => {
  const phone = new SignedIn();
  const lost = phone.next(phone.first.refreshToken);
  phone.now += 21 * DAY;
  const found = phone.next(phone.first.refreshToken);
  expect(found.refreshToken).not.toBe(lost.refreshToken);
  expect(phone.use(found)).toBe('ok');
  expect(phone.renew(lost.refreshToken).outcome).toBe('reused');
});

test('a spent token that comes again after its successor was used shuts the device out', () => {
  const phone = new SignedIn();
  const second = phone.next(phone.first.refreshToken);
  const third = phone.next(second.refreshToken);
  expect(phone.renew(phone.first.refreshToken).outcome).toBe('reused');
  expect(phone.use(third)).toBe('unauthenticated');
  expect(phone.renew(third.refreshToken)).toEqual({ outcome: 'refused', code: 'unauthenticated' });
  const end = phone.storage.read((reader) => reader.accounts.enrolledDevice(phone.device)?.end);
  expect(end).toEqual({ at: phone.now, reason: 'token-reused', by: '' });
});

test('a stolen token is found out when officer and thief have both used it', () => {
  const phone = new SignedIn();
  const stolen = phone.first.refreshToken;
  const officers = phone.next(stolen);
  phone.now += REPEAT_MS;
  const thiefs = phone.next(stolen);
  expect(thiefs.refreshToken).not.toBe(officers.refreshToken);
  phone.now += ACCESS_MS;
  expect(phone.renew(officers.refreshToken).outcome).toBe('reused');
  expect(phone.use(thiefs)).toBe('unauthenticated');
});

test('a phone that is used stays signed in; one that lies still for sixty days does not', () => {
  const phone = new SignedIn();
  phone.now += KEPT;
  const used = phone.next(phone.first.refreshToken);
  phone.now += KEPT + 1;
  expect(phone.renew(used.refreshToken)).toEqual({ outcome: 'refused', code: 'unauthenticated' });
});

test.each([
  ['revoked', 'revoked'],
  ['password-reset', 'unauthenticated'],
] as const)('all tokens of a device that was ended as %s are answered %s', (reason, code) => {
  const phone = new SignedIn();
  const second = phone.next(phone.first.refreshToken);
  phone.end(reason);
  expect([phone.use(phone.first), phone.use(second)]).toEqual([code, code]);
  for (const { refreshToken } of [phone.first, second])
    expect(phone.renew(refreshToken)).toEqual({ outcome: 'refused', code });
});

test('a relay that was restored from a backup believes the first token it forgot to have given, once', () => {
  const phone = new SignedIn();
  const kept = phone.storage.read((reader) => reader.accounts.sessionByFamily(hashOfFamily(phone.first)));
  if (!kept) throw new Error('no session');
  const second = phone.next(phone.first.refreshToken);
  const third = phone.next(second.refreshToken);
  phone.now += DAY;
  phone.storage.transact((writer) => {
    writer.accounts.putSession(kept);
    beginEpoch(writer, phone.random, { at: phone.now, isRecovery: true });
  });
  phone.now += 1;
  const fourth = phone.next(third.refreshToken);
  expect(phone.use(fourth)).toBe('ok');
  expect(phone.renew(second.refreshToken).outcome).toBe('reused');
});

/** What becomes of one request of a phone on a bad link. */
const FATES = ['arrives', 'answer lost', 'request lost', 'request late', 'tab dies'] as const;

/** The phone keeps what arrived; what it gave up on may still reach the relay. Throws where it is not let in. */
function onBadLink(phone: SignedIn, random: ReturnType<typeof seededRandom>): Tokens {
  let stored = phone.first;
  const underWay: { readonly token: string; readonly until: number }[] = [];
  for (let step = 0; step < 40; step++) {
    const fate = random.pick(FATES);
    if (fate === 'request late') underWay.push({ token: stored.refreshToken, until: phone.now + REPEAT_MS });
    else if (fate !== 'request lost') {
      const answer = phone.next(stored.refreshToken);
      // A tab that dies before it stored the pair is as good as an answer that was lost.
      if (fate === 'arrives') stored = answer;
      if (fate === 'arrives') phone.now += ACCESS_MS;
    }
    phone.now += random.below(3) === 0 ? random.below(20 * DAY) : random.below(REPEAT_MS);
    const late = underWay.shift();
    if (late && late.until > phone.now) phone.next(late.token);
  }
  return stored;
}

const SEED = 4242;
test(`on a bad link nobody is ever signed out, whatever is lost or comes late (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  for (let run = 0; run < 60; run++) {
    const phone = new SignedIn();
    const stored = onBadLink(phone, random);
    expect(phone.use(phone.next(stored.refreshToken)), `run ${run}`).toBe('ok');
  }
});

function hashOfFamily({ refreshToken }: Tokens): Uint8Array {
  return hashToken(refreshToken.split('.')[0] ?? '');
}
