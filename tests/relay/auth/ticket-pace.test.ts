import { describe, expect, test } from 'vitest';
import { TicketPace, type TicketLimits } from '../../../packages/relay/src/auth/ticket-pace.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { TestDevice } from '../support/test-device.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const SECOND = 1000;
const LIMITS: TicketLimits = {
  all: { perSecond: 200, burst: 300 },
  device: { perSecond: 2, burst: 5 },
  graceMs: 15 * SECOND,
};

interface Fleet {
  /** When each device got in, ms after the start. */
  readonly entered: number[];
  readonly tries: number;
}

/** Devices that all come within a second, and come back after the seconds they are told and up to two of their own. */
function comeBack(devices: number, pace: TicketPace, clock: VirtualClock, seed: number): Fleet {
  const random = seededRandom(seed);
  const start = clock.now();
  const entered: number[] = [];
  const due = new Map<number, number[]>();
  const plan = (device: number, at: number) => void due.set(at, [...(due.get(at) ?? []), device]);
  for (let device = 0; device < devices; device++) plan(device, random.below(SECOND));
  let tries = 0;
  for (let time = 0; entered.length < devices; time++) {
    if (time > 600 * SECOND) throw new Error(`only ${entered.length} got in`);
    for (const device of due.get(time) ?? []) {
      tries++;
      const waitMs = pace.admit(`d${device}`);
      if (waitMs === 0) entered.push(clock.now() - start);
      else plan(device, time + Math.ceil(waitMs / SECOND) * SECOND + random.below(2 * SECOND));
    }
    due.delete(time);
    clock.advance(1);
  }
  return { entered, tries };
}

describe('after a restart', () => {
  test.each([1, 2, 3])(
    '[EP7] 10,000 devices all get in, never more at once than the limit (seed %i)',
    (seed) => {
      const clock = new VirtualClock();
      const devices = 10_000;
      const { entered, tries } = comeBack(devices, new TicketPace(clock, LIMITS), clock, seed);
      const { perSecond, burst } = LIMITS.all;
      for (const lengthMs of [100, SECOND, 10 * SECOND]) {
        let first = 0;
        for (let last = 0; last < entered.length; last++) {
          while ((entered[last] ?? 0) - (entered[first] ?? 0) > lengthMs) first++;
          expect(last - first + 1).toBeLessThanOrEqual(burst + (perSecond * lengthMs) / SECOND + 1);
        }
      }
      expect(entered.at(-1)).toBeLessThan((devices / perSecond) * SECOND * 1.3);
      expect(tries).toBeLessThan(devices * 2.5);
    },
  );

  test('[EP7] the wait is as long as the queue ahead, and stays for who asks early', () => {
    const clock = new VirtualClock();
    const pace = new TicketPace(clock, LIMITS);
    for (let device = 0; device < LIMITS.all.burst; device++) expect(pace.admit(`early${device}`)).toBe(0);
    const waits = Array.from({ length: 2000 }, (_, device) => pace.admit(`late${device}`));
    expect(waits[0]).toBeLessThan(10);
    expect(waits[1999]).toBeGreaterThan(10 * SECOND);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(pace.admit('late1999')).toBe(waits[1999]);
    clock.advance(SECOND);
    expect(pace.admit('late1999')).toBe((waits[1999] ?? 0) - SECOND);
    expect(pace.admit('newcomer')).toBeGreaterThan((waits[1999] ?? 0) - SECOND);
    expect(pace.admit('late0')).toBe(0);
  });
});

test('[EP13] who did not come is not waited for', () => {
  const clock = new VirtualClock();
  const pace = new TicketPace(clock, LIMITS);
  for (let device = 0; device < 5000; device++) pace.admit(`gone${device}`);
  clock.advance(2 * SECOND);
  expect(pace.admit('newcomer')).toBe(0);
});

test('[LV42] one device that asks without end takes no more than its part', () => {
  const clock = new VirtualClock();
  const pace = new TicketPace(clock, LIMITS);
  let given = 0;
  for (let time = 0; time < 10 * SECOND; time++) {
    if (pace.admit('greedy') === 0) given++;
    clock.advance(1);
  }
  expect(given).toBeLessThanOrEqual(5 + 2 * 10);
  expect(pace.admit('phone')).toBe(0);
});

test('[EP13] a clock that is set back keeps nobody out', () => {
  const clock = new VirtualClock();
  const pace = new TicketPace(clock, LIMITS);
  for (let device = 0; device < 1000; device++) pace.admit(`d${device}`);
  clock.advance(-3600 * SECOND);
  expect(pace.admit('d999')).toBeLessThan(20 * SECOND);
  clock.advance(10 * SECOND);
  expect(pace.admit('d999')).toBe(0);
});

test('[EP7] over the limit the answer is 429 with the seconds to wait', async () => {
  const clock = new VirtualClock();
  const { url, relay } = await openRelay({ clock });
  const device = await TestDevice.signIn(url, 'ani');
  const ask = () =>
    device.fetch('/api/tickets', { method: 'POST', body: JSON.stringify({ document: HOUSEHOLD.ani1 }) });
  expect((await ask()).status).toBe(200);
  while (relay.context.ticketPace.admit(device.me.device.id) === 0);
  const busy = await ask();
  expect(busy.status).toBe(429);
  expect(busy.headers.get('retry-after')).toBe('1');
  expect(await busy.json()).toEqual({ code: 'rate-limited' });
  clock.advance(SECOND);
  expect((await ask()).status).toBe(200);
});
