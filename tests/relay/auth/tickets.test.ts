import { describe, expect, it } from 'vitest';
import { LIMITS } from '@rukun/core/protocol';
import { Tickets } from '../../../packages/relay/src/auth/tickets.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const DOCUMENT = 'household/a1';

function open(): { tickets: Tickets; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { tickets: new Tickets(clock, seededRandom(7)), clock };
}

describe('a ticket', () => {
  it('[LV11] is good once, for its document, in its time', () => {
    const { tickets, clock } = open();
    const [once, other, late] = [1, 2, 3].map(() => tickets.issue('phone', DOCUMENT) ?? '');
    expect(tickets.redeem(once ?? '', DOCUMENT)).toBe('phone');
    expect(tickets.redeem(once ?? '', DOCUMENT)).toBeNull();
    expect(tickets.redeem(other ?? '', 'household/b2')).toBeNull();
    clock.advance(LIMITS.ticketMs + 1);
    expect(tickets.redeem(late ?? '', DOCUMENT)).toBeNull();
  });

  it('[LV42] is there for everybody, however many one device asks for; its latest stay good', () => {
    const { tickets } = open();
    const early = tickets.issue('greedy', DOCUMENT) ?? '';
    for (let count = 0; count < 60_000; count++) tickets.issue('greedy', DOCUMENT);
    const latest = tickets.issue('greedy', DOCUMENT) ?? '';
    const others = tickets.issue('phone', DOCUMENT) ?? '';
    expect(tickets.redeem(others, DOCUMENT)).toBe('phone');
    expect(tickets.redeem(latest, DOCUMENT)).toBe('greedy');
    expect(tickets.redeem(early, DOCUMENT)).toBeNull();
  });
});
