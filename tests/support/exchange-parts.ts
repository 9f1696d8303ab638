import { LinkPace, type ExchangeParts } from '@rukun/core/sync';
import { seededRandom } from './seeded-random.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Time that stands still and seeded chance for a run of `exchangeAll`. */
export function exchangeParts(parts: Partial<ExchangeParts> = {}): ExchangeParts {
  return { clock: new VirtualClock(), random: seededRandom(1), pace: new LinkPace(), ...parts };
}
