import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { fail, ok, type ErrorCode, type Result } from '@rukun/core/foundation';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { storedTokens, Tokens } from '../../../packages/pwa/src/app/tokens.ts';
import type { StoredSession } from '../../../packages/pwa/src/stores/session-store.ts';
import { enrolDevice } from '../../../packages/relay/src/auth/enrolment.ts';
import { deviceOfAccess, renewSession } from '../../../packages/relay/src/auth/tokens.ts';
import { meOf, SharedTabs } from '../../support/app-parts.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const KEPT = 60 * 24 * 3_600_000;
const QUARTER = 15 * 60_000;

/** What becomes of one refresh. */
type Fate = 'arrives' | 'request lost' | 'answer lost' | 'not stored';

/** A phone with tabs over one store, and the relay's own rules for tokens behind a link that a test cuts. */
class PhoneWithTabs {
  readonly clock = new VirtualClock();
  readonly random = seededRandom(3);
  readonly storage: Storage = SqliteStorage.over(new DatabaseSync(':memory:'), this.random);
  readonly tabs = new SharedTabs();
  stored: StoredSession | null = null;
  fate: Fate = 'arrives';
  refreshes = 0;

  constructor() {
    onTestFinished(() => this.storage.close());
    const { tokens } = this.storage.transact((writer) => {
      const person = { id: 'p1', userName: 'ani', name: 'Ani', role: 'officer', code: '' } as const;
      writer.addPerson({ ...person, passwordHash: 'x' });
      return enrolDevice(writer, this.random, 'p1', 'd', this.clock.now(), KEPT);
    });
    const kept = storedTokens({ ...tokens, mustChangePassword: false }, this.clock.now());
    this.stored = { ...kept, me: meOf() };
  }

  /** A tab that takes up what is stored. */
  open(): Tokens {
    const tokens = new Tokens({
      clock: this.clock,
      tabs: this.tabs.open(),
      store: {
        read: () => Promise.resolve(this.stored),
        write: (session) => {
          if (this.fate === 'not stored') return Promise.reject(new Error('full'));
          this.stored = session;
          return Promise.resolve();
        },
      },
      network: { json: (_method, _path, _token, body) => Promise.resolve(this.#refresh(body)) },
    });
    tokens.use(this.stored);
    return tokens;
  }

  /** What the relay says to an access token. */
  ask(token: Result<string>): 'ok' | ErrorCode {
    if (!token.ok) return token.failure.code;
    const device = this.storage.read((reader) => deviceOfAccess(reader, token.value, this.clock.now()));
    return device.ok ? 'ok' : device.failure.code;
  }

  #refresh(body: unknown): Result<unknown> {
    if (this.fate === 'request lost') return fail('unavailable');
    this.refreshes++;
    const { refreshToken } = body as { refreshToken: string };
    const renewal = this.storage.transact((writer) =>
      renewSession(writer, this.random, refreshToken, this.clock.now(), KEPT),
    );
    if (this.fate === 'answer lost') return fail('unavailable');
    if (renewal.outcome === 'renewed') return ok({ ...renewal.tokens, mustChangePassword: false });
    return fail(renewal.outcome === 'reused' ? 'unauthenticated' : renewal.code);
  }
}

test('a token that is good is used as it is; one past its time is replaced before it is sent', async () => {
  const phone = new PhoneWithTabs();
  const tab = phone.open();
  expect(phone.ask(await tab.access())).toBe('ok');
  expect(phone.refreshes).toBe(0);
  phone.clock.advance(QUARTER);
  expect(phone.ask(await tab.access())).toBe('ok');
  expect(phone.refreshes).toBe(1);
});

test('whatever is asked at once waits for one refresh, in all tabs', async () => {
  const phone = new PhoneWithTabs();
  const tabs = [phone.open(), phone.open(), phone.open()];
  phone.clock.advance(QUARTER);
  const asked = tabs.flatMap((tab) => [tab.access(), tab.access(), tab.access()]);
  const tokens = await Promise.all(asked);
  expect(tokens.map((token) => phone.ask(token))).toEqual(Array.from({ length: 9 }, () => 'ok'));
  expect(phone.refreshes).toBe(1);
});

test('what another tab has fetched is taken up, also where the relay says expired before the clock does', async () => {
  const phone = new PhoneWithTabs();
  const [first, second] = [phone.open(), phone.open()];
  const spent = await second.access();
  phone.ask(await first.renew(phone.stored?.access ?? ''));
  expect(phone.ask(spent)).toBe('expired');
  expect(phone.ask(await second.renew(spent.ok ? spent.value : ''))).toBe('ok');
  expect(phone.refreshes).toBe(1);
});

test('the pair is stored before it is used', async () => {
  const phone = new PhoneWithTabs();
  const tab = phone.open();
  phone.clock.advance(QUARTER);
  const token = await tab.access();
  expect(token).toEqual(ok(phone.stored?.access));
  expect(phone.ask(await phone.open().access())).toBe('ok');
});

test('a device that cannot store goes on with what it has, and is still signed in afterwards', async () => {
  const phone = new PhoneWithTabs();
  const tab = phone.open();
  phone.fate = 'not stored';
  for (let round = 0; round < 4; round++) {
    phone.clock.advance(QUARTER);
    expect(phone.ask(await tab.access())).toBe('ok');
  }
  phone.fate = 'arrives';
  phone.clock.advance(QUARTER);
  expect(phone.ask(await tab.access())).toBe('ok');
  expect(phone.ask(await phone.open().access())).toBe('ok');
});

test('a session that ended at the relay is told as such', async () => {
  const phone = new PhoneWithTabs();
  const tab = phone.open();
  phone.clock.advance(KEPT + 1);
  const stored = phone.stored;
  expect(phone.ask(await tab.access())).toBe('unauthenticated');
  expect(phone.stored).toEqual(stored);
});

test('a tab that still stands for somebody else does not touch what is stored', async () => {
  const phone = new PhoneWithTabs();
  const tab = phone.open();
  const other = { ...meOf(), device: { id: 'another', tag: 'z9z' } };
  const session = phone.stored && { ...phone.stored, me: other };
  phone.stored = session;
  phone.clock.advance(QUARTER);
  expect(phone.ask(await tab.access())).toBe('unavailable');
  await tab.keep(meOf());
  expect(phone.stored).toBe(session);
  expect(phone.refreshes).toBe(0);
});

const SEED = 77;
test(`tabs that die and links that break at every step sign nobody out (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const fates: readonly Fate[] = ['arrives', 'request lost', 'answer lost', 'not stored'];
  for (let run = 0; run < 40; run++) {
    const phone = new PhoneWithTabs();
    let open = [phone.open(), phone.open()];
    for (let step = 0; step < 30; step++) {
      phone.fate = random.pick(fates);
      const asked = await Promise.all(open.map((tab) => tab.access()));
      expect(asked.map((token) => phone.ask(token))).not.toContain('unauthenticated');
      phone.clock.advance(random.below(3) === 0 ? random.below(KEPT / 4) : random.below(2 * QUARTER));
      // A tab that is killed takes with it what it had not stored.
      if (random.below(3) === 0) open = [phone.open(), ...open.slice(0, random.below(2))];
    }
    phone.fate = 'arrives';
    phone.clock.advance(QUARTER);
    for (const tab of open) expect(phone.ask(await tab.access()), `run ${run}`).toBe('ok');
  }
});
